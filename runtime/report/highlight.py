"""The source of an experiment as highlighted HTML, with numbered lines."""

from markupsafe import Markup
from pygments import highlight as pygments_highlight
from pygments.formatters import HtmlFormatter

from ...grammar.pygments_lexer import LabLexer


def highlight(source: str) -> Markup:
    """The source as a `<div class="source">`.

    Line n is a span with the id `line-n`; the classes of the spans in it are Pygments's, which page.css gives colours.
    """
    formatter = HtmlFormatter(cssclass="source", linenos="inline", linespans="line", wrapcode=True)
    return Markup(pygments_highlight(source, LabLexer(stripnl=False), formatter))
