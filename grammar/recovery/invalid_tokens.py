"""Diagnostics of tokens that are wrong in every context: stray characters, mistyped strings, unmatched brackets."""

import re
import unicodedata
from dataclasses import replace

from ..diagnostics.codes import Code
from ..diagnostics.diagnostic import Diagnostic, Label
from ..diagnostics.edit import Edit
from ..escapes import unknown_escape
from ..tokens import SpanToken
from .foreign_keywords import COUNTERPARTS

COMMENT_HELP = "start a comment with `#`; a comment ends at the end of the line"
_CLOSE_HELP = 'start and end a string with `"` on the same line'
_SOURCE = re.compile(r"(folder|files|csv|npz)\($")  # before the path of a source
_RANGE = re.compile(r"([0-9]{1,9})\.{2,3}=?([0-9]{1,9})")  # `0..3`
_PREFIX_LETTERS = "fFrRbBuU"  # the letters that Python allows before the quotes of a string
_NO_ARGUMENTS = re.compile(r"\(\)[ \t]*,?[ \t]*")
_ABBREVIATED = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)([kKMG])")
_POWERS = {"k": 10**3, "K": 10**3, "M": 10**6, "G": 10**9}
_JOIN_HELP = "write `->` to join steps on one line, or each step on its own line"
_STRAY_HELP = {
    "'": _CLOSE_HELP,
    ";": "remove it: the end of the line ends a statement",
    "%": "write `%` only after a number, for example `10%`; there is no remainder operator; comments start with `#`",
    "%>%": _JOIN_HELP,
    "|>": _JOIN_HELP,
    "!": "write `not` for negation, or `!=` for inequality",
    "~": "write `not` for negation",
    "&": "write `and`",
    "&&": "write `and`",
    "|": "write `or`",
    "||": "write `or`",
    "^": "write `**` for a power",
    "\N{MULTIPLICATION SIGN}": "write the letter `x` in a size, for example `3x3`, or `*` to multiply",
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
    "%>%": "->", "|>": "->", "!": "not", "~": "not",
    "&": "and", "&&": "and", "|": "or", "||": "or", "^": "**", "→": "->", "⇒": "->",
    "\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "≤": "<=", "≥": ">=", "≠": "!=",
}  # fmt: skip
"""What the author certainly meant by a sign that labc does not have."""


def check_token(token: SpanToken, closes: int | None) -> Diagnostic | None:
    """Return the diagnostic of a token that is wrong in every context, None for a valid token.

    `closes` is the offset at which the closing bracket of an unclosed bracket is inserted.
    """
    match token.type:
        case "STRAY":
            return _stray(token)
        case "UNCLOSED":
            return _unclosed(token, closes)
        case "UNOPENED" | "NO_BRACE":
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
            message, word = f"unknown keyword `{token}`", COUNTERPARTS[str(token)]
            edits = (Edit(token.span, word, safe=True),)
            return Diagnostic(Code.UNEXPECTED, message, token.span, help=f"write `{word}`", edits=edits)
        case "SPACED":
            message = "a size must be written without spaces, and with the letter `x`"
            edits = (Edit(token.span, str(token), safe="\N{MULTIPLICATION SIGN}" not in token.span.text),)
            return Diagnostic(Code.UNEXPECTED, message, token.span, help=f"write `{token}`", edits=edits)
        case "UNQUOTED":
            text, start = token.span.source.text, token.span.start
            edits = (Edit(token.span, str(token), safe=bool(_SOURCE.search(text[:start][-8:]))),)
            message = "a path must be in double quotes"
            return Diagnostic(Code.BAD_STRING, message, token.span, help=f"write `{token}`", edits=edits)
        case "DOTTED":
            return _dotted(token)
        case "REMARK":
            sign = token[:2]
            mark = () if sign == "/*" else (Edit(token.span, "#", safe=True),)
            return Diagnostic(Code.STRAY, f"unexpected `{sign}`", token.span, help=COMMENT_HELP, edits=mark)
    return None


def _dotted(token: SpanToken) -> Diagnostic:
    message, last = f"unexpected `.` in the name `{token}`", token.rpartition(".")[2]
    called = _NO_ARGUMENTS.match(token.span.source.text, token.span.end)
    if token.startswith("model.") and called:
        whole = token.span.source.span(token.span.start, called.end())
        help = f"remove `{token}()`: the file has only one model"
        return Diagnostic(Code.UNEXPECTED, message, token.span, help=help, edits=(Edit(whole, "", safe=True),))
    edits = (Edit(token.span, last),)
    return Diagnostic(Code.UNEXPECTED, message, token.span, help=f"write only the last name, `{last}`", edits=edits)


def _without_separator(token: SpanToken) -> Edit:
    """Return the edit that removes the separator and moves what follows on the line to the next line."""
    text = token.span.source.text
    line_end = text.find("\n", token.span.end)
    rest = text[token.span.end : line_end if line_end >= 0 else len(text)].partition("#")[0]
    return Edit(token.span, "\n" if rest.strip(" \t}") else "", safe=True)


def both(keyword: Diagnostic, brace: Diagnostic) -> Diagnostic:
    """Return one diagnostic for a foreign keyword whose body has no `{`."""
    return replace(brace, help=f"{keyword.help}, and {brace.help}", edits=keyword.edits)


def _unclosed(token: SpanToken, closes: int | None) -> Diagnostic:
    closing = {"(": ")", "[": "]", "{": "}"}[str(token)]
    message = f"missing `{closing}` for the `{token}` on line {token.span.line}"
    if closes is None:
        return Diagnostic(Code.UNCLOSED, message, token.span, remark="opened here, never closed")
    place = token.span.source.span(closes, closes)
    replaced = closing != "}" and token.span.source.text.startswith("}", closes)
    edits = () if replaced else (Edit(place, f" {closing}" if closing == "}" else closing),)
    labels, help = (Label(place, f"`{closing}` expected here"),), f"close it with `{closing}`"
    return Diagnostic(Code.UNCLOSED, message, token.span, help, "opened here, never closed", labels, edits=edits)


def _bracket(token: SpanToken) -> Diagnostic:
    if token.type == "UNOPENED":
        message, help = f"unexpected `{token}` without an opening bracket", "remove it, or add the opening bracket"
        return Diagnostic(Code.UNOPENED, message, token.span, help=help, edits=(Edit(token.span, ""),))
    head = token.span.text.split("\n")[0]
    if token == "{":
        message = f"the `{{` must be on the line of `{head}`, but is on the next line"
        return Diagnostic(Code.UNOPENED, message, token.span, help=f"write `{head} {{` on one line")
    help = "write the body in `{ }`" + (", not after a `:`" if token == ":" else "")
    return Diagnostic(Code.UNOPENED, f"missing `{{` after `{head}`", token.span, help=help)


def _string(token: SpanToken) -> Diagnostic | None:
    if token.type == "UNFINISHED":
        return missing_quote(token)
    if token.type == "PREFIXED":
        message = "unexpected letter before the quotes of a string"
        return _replacement(Code.BAD_STRING, message, token, token.lstrip(_PREFIX_LETTERS))
    if token.type == "QUOTED":
        return _replacement(Code.BAD_STRING, "a string must be in double quotes", token, f'"{token[1:-1]}"')
    offset = unknown_escape(token)
    if offset is None:
        return None
    start = token.span.start + offset
    span = token.span.source.span(start, start + 2)
    help = r"write `\\` for a backslash; the escape sequences are `\"`, `\\`, `\n` and `\t`"
    return Diagnostic(Code.BAD_STRING, f"unknown escape sequence `{span.text}`", span, help=help)


def missing_quote(string: SpanToken) -> Diagnostic:
    """Return the diagnostic of a string that has no closing quote of its own.

    The edit adds the quote, unless it is not clear where the string ends.
    """
    content = string.rstrip('"').rstrip(" \t,)]}") if string.type == "STRING" else str(string)
    end = string.span.start + len(content)
    edits = () if re.search("[,={]", content) else (Edit(string.span.source.span(end, end), '"'),)
    return Diagnostic(Code.BAD_STRING, 'missing `"` at the end of the string', string.span, _CLOSE_HELP, edits=edits)


def _replacement(code: Code, message: str, token: SpanToken, text: str) -> Diagnostic:
    """Return the diagnostic of a token in whose place the author certainly meant `text`."""
    return Diagnostic(code, message, token.span, help=f"write `{text}`", edits=(Edit(token.span, text, safe=True),))


def _stray(token: SpanToken) -> Diagnostic:
    text = str(token)
    if text[0].isdigit() or text[0] == ".":
        message = f"`{text}` is neither a number nor a name"
        if found := _ABBREVIATED.fullmatch(text):
            return _replacement(Code.STRAY, message, token, f"{round(float(found[1]) * _POWERS[found[2]]):_}")
        help = "write a number, for example 8, 0.4, 1e-4, 10% or 10deg, or a size, for example 3x3"
        if bounds := _RANGE.fullmatch(text):
            start, end = int(bounds[1]), int(bounds[2])
            help = f"write `range({start}, {end + 1})` for the integers from {start} to {end}"
        return Diagnostic(Code.STRAY, message, token.span, help=help)
    if not text.isprintable():
        name = unicodedata.name(text, "control character").lower()
        message = f"unexpected invisible character U+{ord(text):04X} ({name})"
        help, instead = ("write an ordinary space", " ") if text.isspace() else ("remove it", "")
        edits = (Edit(token.span, instead, safe=True),)
        return Diagnostic(Code.STRAY, message, token.span, help=help, edits=edits)
    before, after = _neighbours(token)
    advice, meant = _STRAY_HELP.get(text), _REPLACEMENTS.get(text)
    if text in ("!", "~") and not (after.isalnum() or after in ("_", "(")):
        meant = None
    if text == "'" and (before.isalnum() or before in (")", "]")):
        advice = "remove it: there is no transposition, and a string is in double quotes"
    written = (Edit(token.span, _spaced(token, meant), safe=True),) if meant else ()
    return Diagnostic(Code.STRAY, f"unexpected `{text}`", token.span, help=advice, edits=written)


def _spaced(token: SpanToken, word: str) -> str:
    """Return the replacement: a word with the missing spaces before and after it, no `->` at the end of a line."""
    before, after = _neighbours(token)
    if word == "->" and after in ("", "\n"):
        return ""
    return (" " if before.strip() else "") + word + (" " if after.strip() else "") if word.isalpha() else word


def _neighbours(token: SpanToken) -> tuple[str, str]:
    """Return the characters before and after a token, "" at the start and the end of the text."""
    text, span = token.span.source.text, token.span
    return text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
