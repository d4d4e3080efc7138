"""A Pygments lexer for `.lab` files, for syntax highlighting in the report, in documentation and in notebooks.

The lexer is registered as an entry point, so that Pygments finds it by the name "labc" and for `*.lab` files. No other
module of the grammar imports this module, so that Pygments is only loaded to highlight text.
"""

from typing import ClassVar

from pygments.lexer import RegexLexer, bygroups, words
from pygments.token import Comment, Keyword, Name, Number, Operator, Punctuation, String, Whitespace

from .keywords import CONSTANTS, CONTROL, DECLARATIONS, OPERATORS, SECTIONS

_NAME = r"[^\W\d]\w*"
_DIGITS = r"(?:[0-9][0-9_]*(?:\.[0-9][0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9]+)?"
_ASSIGNED = r"(?=[ \t]*=(?!=))"  # the name of a setting, an argument or a default


class LabLexer(RegexLexer):  # type: ignore[misc]
    """Splits the text of a `.lab` file into tokens. Characters that labc does not have become `Error` tokens."""

    name = "labc"
    aliases: ClassVar = ["labc", "lab"]
    filenames: ClassVar = ["*.lab"]
    tokens: ClassVar = {
        "root": [
            (r"\s+", Whitespace),
            (r"#[^\n]*", Comment.Single),
            (r'"', String, "string"),
            (r"[0-9]+(?:x[0-9]+)+(?!\w)", Number),
            (rf"{_DIGITS}(?:(?:%|deg)(?!\w)|(?![\w.]))", Number),
            (rf"(let)(\s+)({_NAME})", bygroups(Keyword.Declaration, Whitespace, Name.Variable)),
            (rf"train{_ASSIGNED}", Name.Attribute),
            (words((*DECLARATIONS, *SECTIONS), suffix=r"\b"), Keyword.Declaration),
            (words(CONTROL, suffix=r"\b"), Keyword),
            (words(OPERATORS, suffix=r"\b"), Operator.Word),
            (words(tuple(CONSTANTS), suffix=r"\b"), Keyword.Constant),
            (rf"{_NAME}{_ASSIGNED}", Name.Attribute),
            (rf"{_NAME}(?=\()", Name.Function),
            (_NAME, Name),
            (r"->|//|\*\*|==|!=|<=|>=|[-+*/<>=]", Operator),
            (r"[{}()\[\],.:]", Punctuation),
        ],
        "string": [
            (r"\\.", String.Escape),
            (r'"|$', String, "#pop"),
            (r'[^"\\\n]+', String),
        ],
    }
