"""Syntax mistakes in words: what stands there, what was expected, and what was probably meant."""

import re
import unicodedata
from collections.abc import Collection

from ..diagnostics.codes import Code
from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.suggest import nearest
from ..transformer import Word, unknown_escape

DECLARATION_WORDS = (
    "experiment", "extends", "use", "let", "block",
    "data", "model", "train", "sweep", "variants", "search", "expect", "report",
)  # fmt: skip
KEYWORDS = frozenset(DECLARATION_WORDS) | {
    "repeat", "for", "in", "if", "else", "as", "and", "or", "not", "true", "false", "none",
}  # fmt: skip

# What the parser could go on with, most telling first; operators are left out: they nearly always fit.
_EXPECTED = {
    "NUMBER": "a value",
    "NAME": "a name",
    "STRING": "a text in double quotes",
    "EQUAL": "`=`",
    "LBRACE": "`{`",
    "IN": "`in`",
    "ARROW": "`->`",
    "COMMA": "a comma",
    "RPAR": "`)`",
    "RSQB": "`]`",
    "_NL": "the end of the line",
    "RBRACE": "`}`",
}

_PATH = re.compile(r"(\.\w+)+")
_REMARK = re.compile(r"/\*|\*/")
_LETTERS = "fFrRbBuU"  # what other languages have before a text
_QUOTES = 'a text begins and ends with `"`'
_STRAY_HELP = {
    "'": _QUOTES,
    ";": "a new line ends a statement; there is no `;`",
    "%": "`%` only follows a number, as in `10%`; there is no remainder",
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
    "“": _QUOTES,
    "”": _QUOTES,
    "„": _QUOTES,
    "\N{LEFT SINGLE QUOTATION MARK}": _QUOTES,
    "\N{RIGHT SINGLE QUOTATION MARK}": _QUOTES,
}


def broken_token(word: Word) -> Diagnostic | None:
    """The mistake in a token that is wrong in itself, whatever stands around it; None if it is sound."""
    match word.type:
        case "STRAY":
            return _stray(word)
        case "UNFINISHED":
            message = 'this text has no closing `"` on its line'
            return Diagnostic(Code.BAD_STRING, message, word.span, help='a text begins and ends with `"`')
        case "UNCLOSED":
            closing = {"(": ")", "[": "]", "{": "}"}[str(word)]
            message = f"a `{closing}` is missing for the `{word}` on line {word.span.line}"
            return Diagnostic(Code.UNCLOSED, message, word.span, remark="opened here, never closed")
        case "NO_BRACE":
            return _no_brace(word)
        case "SEPARATOR":
            help = "a new line ends a statement"
            if word == ",":
                help += "; settings may stand side by side, and steps are joined by `->`"
            return Diagnostic(Code.STRAY, f"`{word}` means nothing at the end of a statement", word.span, help=help)
        case "FOREIGN":
            help = f"write `{_ELSEWHERE[str(word)]}`"
            return Diagnostic(Code.UNEXPECTED, f"`{word}` is no word of this language", word.span, help=help)
        case "REMARK":
            help = "`#` begins a comment, which ends with its line"
            return Diagnostic(Code.STRAY, "`/*` begins no comment", word.span, help=help)
        case "PREFIXED":
            message = "no letter stands before the quotes of a text"
            return Diagnostic(Code.BAD_STRING, message, word.span, help=f"write `{word.lstrip(_LETTERS)}`")
        case "QUOTED":
            help = f'write `"{word[1:-1]}"`'
            return Diagnostic(Code.BAD_STRING, "a text stands in double quotes", word.span, help=help)
        case "UNOPENED":
            message = f"this `{word}` closes nothing"
            return Diagnostic(Code.UNOPENED, message, word.span, help="remove it, or add its opening bracket")
        case "STRING" if (offset := unknown_escape(word)) is not None:
            start = word.span.start + offset
            span = word.span.source.span(start, start + 2)
            message = f"`{span.text}` is not an escape"
            help = r"the escapes are `\"`, `\\`, `\n` and `\t`; a backslash itself is `\\`"
            return Diagnostic(Code.BAD_STRING, message, span, help=help)
    return None


def _no_brace(word: Word) -> Diagnostic:
    """The mistake of a head without its brace, `word` being the sign that stands in its place, "" for none."""
    head = word.span.text.split("\n")[0]
    if word == "{":
        message = f"the `{{` of `{head}` stands on the next line"
        return Diagnostic(Code.UNOPENED, message, word.span, help=f"write `{head} {{` on one line")
    help = "a body stands in `{ }`" + (", not behind a `:`" if word == ":" else "")
    return Diagnostic(Code.UNOPENED, f"a `{{` is missing after `{head}`", word.span, help=help)


def unexpected(word: Word, expected: Collection[str], before: list[Word]) -> Diagnostic:
    """The mistake of a sound token that cannot stand where it does; `before` is its statement so far."""
    message = f"{_describe(word)} cannot stand here"
    wanted = _wanted(expected)
    if word.type == "_NL" and wanted:
        message = f"the line ends where {wanted} is expected"
    elif wanted:
        message += f": {wanted} is expected"
    span = word.span
    if word.type == "_NL" and before:
        span = before[-1].span
    return Diagnostic(Code.UNEXPECTED, message, span, help=_help(word, expected, before))


def _stray(word: Word) -> Diagnostic:
    text = str(word)
    if text[0].isdigit() or text[0] == ".":
        message = f"`{text}` is neither a number nor a name"
        help = "numbers look like 8, 0.4, 1e-4, 10%, 10deg; sizes like 3x3"
        return Diagnostic(Code.STRAY, message, word.span, help=help)
    if not text.isprintable():
        sign = f"{unicodedata.name(text, 'a control character').lower()} (U+{ord(text):04X})"
        help = "write an ordinary blank" if text.isspace() else "remove it"
        return Diagnostic(Code.STRAY, f"a sign that does not show, {sign}, means nothing here", word.span, help=help)
    return Diagnostic(Code.STRAY, f"`{text}` means nothing here", word.span, help=_STRAY_HELP.get(text))


def _describe(word: Word) -> str:
    if word.type == "_NL":
        return "the end of the line"
    return f"the word `{word}` of the language" if str(word) in KEYWORDS else f"`{word}`"


def _wanted(expected: Collection[str]) -> str:
    if "NUMBER" in expected:
        return "a value"
    options = [words for kind, words in _EXPECTED.items() if kind in expected][:3]
    return " or ".join([", ".join(options[:-1]), options[-1]] if len(options) > 1 else options)


def _help(word: Word, expected: Collection[str], before: list[Word]) -> str | None:
    if not before and "LET" in expected:
        return _declaration_help(word)
    if before and before[0].type in ("EXTENDS", "USE", "EXPERIMENT") and "STRING" in expected:
        return f'a text stands in double quotes: `{before[0]} "{_rest_of_line(word)}"`'
    if word.type == "_NL" and before and before[-1].type == "ARROW":
        return "a step follows `->`; without one, leave it out"
    if word.type in ("SLASH", "STAR") and _REMARK.match(word.span.source.text, word.span.start):
        return "`#` begins a comment, which ends with its line"
    if help := _group_help(word, expected, before) or _dotted_help(word, expected, before):
        return help
    if word == "==" and "EQUAL" in expected:
        return "`=` gives a value to a name; `==` compares"
    if word.type == "COLON" and "EQUAL" in expected:
        return "a value is given by `=`"
    if word.type in ("EQUAL", "FLOORDIV") and "ARROW" in expected:
        return "`as` names what a step gives; `->` joins steps" if word.type == "EQUAL" else "`#` begins a comment"
    if word == "x" and before and before[-1].type == "NUMBER":
        return "a size is written without spaces, as in `3x3`"
    if word.type == "EQUAL" and "COMPARISON" in expected:
        return "`=` gives a value to a name; to compare, write `==`"
    if str(word) in KEYWORDS and "NAME" in expected and not before:
        return f"`{word}` stands at the top level of the file, outside all braces"
    if str(word) in KEYWORDS and "NAME" in expected:
        return f"`{word}` is a word of the language; choose another name"
    if "ARROW" in expected and word.type in ("NAME", "REPEAT", "FOR"):
        return "steps are joined by `->`, or stand on lines of their own"
    return None


def _group_help(word: Word, expected: Collection[str], before: list[Word]) -> str | None:
    """For a group of settings that is written as another language would: `split = {`, `split(`."""
    if word.type == "LBRACE" and [one.type for one in before[-2:]] == ["NAME", "EQUAL"] and before[0].type != "LET":
        return f"a group of settings is written `{before[-2]} {{ … }}`"
    if word.type == "LPAR" and before and {"EQUAL", "LBRACE"} <= set(expected):
        return f"a setting is written `{before[-1]} = …`, a group of them `{before[-1]} {{ … }}`"
    return None


def _dotted_help(word: Word, expected: Collection[str], before: list[Word]) -> str | None:
    """For what Python's Keras writes with dots: `model.add(…)`, `keras.layers.Name(…)`."""
    first, text = [*before, word][0], word.span.source.text
    if first.type == "MODEL" and text.startswith(".", first.span.end):
        return "the steps of a model stand one below the other in `model { … }`, each by its name, as in `dense(3)`"
    if word.type == "DOT" and "ARROW" in expected:
        path = _PATH.match(text, word.span.start)
        return f"a layer of Keras is written `keras.{path[0].rpartition('.')[2]}`" if path else None
    return None


def _rest_of_line(word: Word) -> str:
    rest = word.span.source.line(word.span.line)[word.span.column - 1 :]
    return rest.partition("#")[0].strip().strip("'\"")


_ELSEWHERE = {"elif": "else if", "def": "block", "function": "block", "class": "model", "var": "let", "const": "let"}


def _declaration_help(word: Word) -> str:
    if str(word) in _ELSEWHERE:
        return f"that is another language's word: here it would be `{_ELSEWHERE[word]}`"
    if word in ("import", "from"):
        return "all layers are there without being imported; `use` takes blocks from another .lab file"
    match = nearest(str(word), DECLARATION_WORDS)
    if match:
        return f"did you mean `{match}`?"
    if word.type == "NAME":
        return "a value is given a name by `let`; a setting stands in its section"
    return "a declaration begins with one of " + ", ".join(DECLARATION_WORDS)
