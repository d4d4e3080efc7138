"""Formats the source text of an experiment as HTML with syntax colours and line numbers."""

from markupsafe import Markup
from pygments import highlight as pygments_highlight
from pygments.formatters import HtmlFormatter

from ...grammar.pygments_lexer import LabLexer


def highlight(source: str) -> Markup:
    """Return the source text as an HTML element `<div class="source">`.

    Line n is a span with the id `line-n`. The spans inside a line have the class names of Pygments; page.css sets
    their colours.
    """
    formatter = HtmlFormatter(cssclass="source", linenos="inline", linespans="line", wrapcode=True)
    return Markup(pygments_highlight(source, LabLexer(stripnl=False), formatter))
