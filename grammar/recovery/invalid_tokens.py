"""Describes tokens that are wrong in themselves: stray characters, mistyped texts, brackets that do not match."""

import unicodedata

from ..diagnostics.codes import Code
from ..diagnostics.diagnostic import Diagnostic
from ..escapes import unknown_escape
from ..tokens import SpanToken
from .foreign_keywords import COUNTERPARTS

COMMENT_HELP = "a comment starts with `#` and ends with the line"
_CLOSE_HELP = 'a text starts and ends with `"`'
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


def check_token(token: SpanToken) -> Diagnostic | None:
    """The mistake in a token, whatever the tokens around it; None for a valid one."""
    match token.type:
        case "STRAY":
            return _stray(token)
        case "UNCLOSED" | "UNOPENED" | "NO_BRACE":
            return _bracket(token)
        case "STRING" | "UNFINISHED" | "PREFIXED" | "QUOTED":
            return _text(token)
        case "SEPARATOR":
            help = "remove it: the end of the line ends a statement"
            if token == ",":
                help += "; several settings may be on one line, and `->` joins steps"
            return Diagnostic(Code.STRAY, f"a statement does not end with `{token}`", token.span, help=help)
        case "FOREIGN":
            message = f"`{token}` is not a keyword of this language"
            return Diagnostic(Code.UNEXPECTED, message, token.span, help=f"write `{COUNTERPARTS[str(token)]}`")
        case "REMARK":
            return Diagnostic(Code.STRAY, "`/*` does not start a comment", token.span, help=COMMENT_HELP)
    return None


def _bracket(token: SpanToken) -> Diagnostic:
    if token.type == "UNCLOSED":
        closing = {"(": ")", "[": "]", "{": "}"}[str(token)]
        message = f"a `{closing}` is missing for the `{token}` on line {token.span.line}"
        return Diagnostic(Code.UNCLOSED, message, token.span, remark="opened here, never closed")
    if token.type == "UNOPENED":
        message = f"this `{token}` closes nothing"
        return Diagnostic(Code.UNOPENED, message, token.span, help="remove it, or add the opening bracket")
    head = token.span.text.split("\n")[0]
    if token == "{":
        message = f"the `{{` of `{head}` is on the next line"
        return Diagnostic(Code.UNOPENED, message, token.span, help=f"write `{head} {{` on one line")
    help = "write the body in `{ }`" + (", not after a `:`" if token == ":" else "")
    return Diagnostic(Code.UNOPENED, f"a `{{` is missing after `{head}`", token.span, help=help)


def _text(token: SpanToken) -> Diagnostic | None:
    if token.type == "UNFINISHED":
        message = 'this text has no closing `"` on its line'
        return Diagnostic(Code.BAD_STRING, message, token.span, help=_CLOSE_HELP)
    if token.type == "PREFIXED":
        message = "no letter is allowed before the quotes of a text"
        return Diagnostic(Code.BAD_STRING, message, token.span, help=f"write `{token.lstrip(_PREFIX_LETTERS)}`")
    if token.type == "QUOTED":
        help = f'write `"{token[1:-1]}"`'
        return Diagnostic(Code.BAD_STRING, "a text is written in double quotes", token.span, help=help)
    offset = unknown_escape(token)
    if offset is None:
        return None
    start = token.span.start + offset
    span = token.span.source.span(start, start + 2)
    help = r"the escape sequences are `\"`, `\\`, `\n` and `\t`; for a backslash write `\\`"
    return Diagnostic(Code.BAD_STRING, f"`{span.text}` is not an escape sequence", span, help=help)


def _stray(token: SpanToken) -> Diagnostic:
    text = str(token)
    if text[0].isdigit() or text[0] == ".":
        message = f"`{text}` is neither a number nor a name"
        help = "numbers look like 8, 0.4, 1e-4, 10%, 10deg; sizes like 3x3"
        return Diagnostic(Code.STRAY, message, token.span, help=help)
    if not text.isprintable():
        name = unicodedata.name(text, "control character").lower()
        message = f"invisible character U+{ord(text):04X} ({name}) is not allowed"
        help = "write an ordinary space" if text.isspace() else "remove it"
        return Diagnostic(Code.STRAY, message, token.span, help=help)
    return Diagnostic(Code.STRAY, f"`{text}` is not allowed here", token.span, help=_STRAY_HELP.get(text))
