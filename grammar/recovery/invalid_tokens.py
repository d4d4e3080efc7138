"""Describes tokens that are wrong in themselves: stray characters, mistyped strings, brackets that do not match."""

import unicodedata

from ..diagnostics.codes import Code
from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.edit import Edit
from ..escapes import unknown_escape
from ..tokens import SpanToken
from .foreign_keywords import COUNTERPARTS

COMMENT_HELP = "a comment starts with `#` and ends with the line"
_CLOSE_HELP = 'a string starts and ends with `"`'
_PREFIX_LETTERS = "fFrRbBuU"  # what other languages have before the quotes
_STRAY_HELP = {
    "'": _CLOSE_HELP,
    ";": "remove it: the end of the line ends a statement",
    "%": "`%` is allowed only after a number, as in `10%`; there is no remainder operator",
    "!": "write `not` for negation, `!=` for inequality",
    "&": "write `and`",
    "&&": "write `and`",
    "|": "write `or`",
    "||": "write `or`",
    "^": "write `**` for a power",
    "\N{MULTIPLICATION SIGN}": "write `x` in a size, as in `3x3`, and `*` to multiply",
    "→": "write `->`",
    "⇒": "write `->`",
    "\N{MINUS SIGN}": "write `-`",
    "\N{EN DASH}": "write `-`",
    "≤": "write `<=`",
    "≥": "write `>=`",
    "≠": "write `!=`",
    "“": _CLOSE_HELP,
    "”": _CLOSE_HELP,
    "„": _CLOSE_HELP,
    "\N{LEFT SINGLE QUOTATION MARK}": _CLOSE_HELP,
    "\N{RIGHT SINGLE QUOTATION MARK}": _CLOSE_HELP,
}
_REPLACEMENTS = {
    "&": "and", "&&": "and", "|": "or", "||": "or", "^": "**", "→": "->", "⇒": "->",
    "\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "≤": "<=", "≥": ">=", "≠": "!=",
}  # fmt: skip
"""What is plainly meant by characters of other languages."""


def check_token(token: SpanToken) -> Diagnostic | None:
    """The mistake in a token, whatever the tokens around it; None for a valid one."""
    match token.type:
        case "STRAY":
            return _stray(token)
        case "UNCLOSED" | "UNOPENED" | "NO_BRACE":
            return _bracket(token)
        case "STRING" | "UNFINISHED" | "PREFIXED" | "QUOTED":
            return _string(token)
        case "SEPARATOR":
            help = "remove it: the end of the line ends a statement"
            if token == ",":
                help += "; several settings may be on one line, and `->` joins steps"
            message = f"unexpected `{token}` after a statement"
            return Diagnostic(Code.STRAY, message, token.span, help=help, edits=(_without_separator(token),))
        case "FOREIGN":
            message, word = f"`{token}` is not a keyword of this language", COUNTERPARTS[str(token)]
            edits = (Edit(token.span, word, safe=True),)
            return Diagnostic(Code.UNEXPECTED, message, token.span, help=f"write `{word}`", edits=edits)
        case "REMARK":
            return Diagnostic(Code.STRAY, "`/*` does not start a comment", token.span, help=COMMENT_HELP)
    return None


def _without_separator(token: SpanToken) -> Edit:
    """The line without the separator; what follows it goes on a line of its own."""
    rest = token.span.source.text[token.span.end :].partition("\n")[0].partition("#")[0]
    return Edit(token.span, "\n" if rest.strip(" \t}") else "", safe=True)


def _bracket(token: SpanToken) -> Diagnostic:
    if token.type == "UNCLOSED":
        closing = {"(": ")", "[": "]", "{": "}"}[str(token)]
        message = f"a `{closing}` is missing for the `{token}` on line {token.span.line}"
        return Diagnostic(Code.UNCLOSED, message, token.span, remark="opened here, never closed")
    if token.type == "UNOPENED":
        message, help = f"this `{token}` closes nothing", "remove it, or add the opening bracket"
        return Diagnostic(Code.UNOPENED, message, token.span, help=help, edits=(Edit(token.span, ""),))
    head = token.span.text.split("\n")[0]
    if token == "{":
        message = f"the `{{` of `{head}` is on the next line"
        return Diagnostic(Code.UNOPENED, message, token.span, help=f"write `{head} {{` on one line")
    help = "write the body in `{ }`" + (", not after a `:`" if token == ":" else "")
    return Diagnostic(Code.UNOPENED, f"a `{{` is missing after `{head}`", token.span, help=help)


def _string(token: SpanToken) -> Diagnostic | None:
    if token.type == "UNFINISHED":
        message = 'this string has no closing `"` on its line'
        return Diagnostic(Code.BAD_STRING, message, token.span, help=_CLOSE_HELP)
    if token.type == "PREFIXED":
        message = "no letter is allowed before the quotes of a string"
        return _replacement(Code.BAD_STRING, message, token, token.lstrip(_PREFIX_LETTERS))
    if token.type == "QUOTED":
        return _replacement(Code.BAD_STRING, "a string must be in double quotes", token, f'"{token[1:-1]}"')
    offset = unknown_escape(token)
    if offset is None:
        return None
    start = token.span.start + offset
    span = token.span.source.span(start, start + 2)
    help = r"the escape sequences are `\"`, `\\`, `\n` and `\t`; for a backslash write `\\`"
    return Diagnostic(Code.BAD_STRING, f"`{span.text}` is not an escape sequence", span, help=help)


def _replacement(code: Code, message: str, token: SpanToken, text: str) -> Diagnostic:
    """The diagnostic of a token that another text plainly stands for."""
    return Diagnostic(code, message, token.span, help=f"write `{text}`", edits=(Edit(token.span, text, safe=True),))


def _stray(token: SpanToken) -> Diagnostic:
    text = str(token)
    if text[0].isdigit() or text[0] == ".":
        message = f"`{text}` is neither a number nor a name"
        help = "numbers look like 8, 0.4, 1e-4, 10%, 10deg; sizes like 3x3"
        return Diagnostic(Code.STRAY, message, token.span, help=help)
    if not text.isprintable():
        name = unicodedata.name(text, "control character").lower()
        message = f"invisible character U+{ord(text):04X} ({name}) is not allowed"
        help, instead = ("write an ordinary space", " ") if text.isspace() else ("remove it", "")
        edits = (Edit(token.span, instead, safe=True),)
        return Diagnostic(Code.STRAY, message, token.span, help=help, edits=edits)
    meant = _REPLACEMENTS.get(text)
    edit = Edit(token.span, _spaced(token, meant), safe=True) if meant else None
    message = f"`{text}` is not allowed here"
    return Diagnostic(Code.STRAY, message, token.span, help=_STRAY_HELP.get(text), edits=(edit,) if edit else ())


def _spaced(token: SpanToken, word: str) -> str:
    """A replacement with spaces around it where it is a word and there are none."""
    if not word.isalpha():
        return word
    text, span = token.span.source.text, token.span
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    return (" " if before.strip() else "") + word + (" " if after.strip() else "")
