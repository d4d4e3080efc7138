"""Syntax mistakes in words: what stands there, what was expected, and what was probably meant."""

from collections.abc import Collection

from .codes import Code
from .diagnostic import Diagnostic
from .suggest import nearest
from .tree import Word, unknown_escape

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

_STRAY_HELP = {
    "'": "a text stands in double quotes",
    ";": "a new line ends a statement; there is no `;`",
    "%": "`%` only follows a number, as in `10%`; there is no remainder",
    "!": "write `not` for negation, `!=` for inequality",
    "&": "write `and`",
    "&&": "write `and`",
    "|": "write `or`",
    "||": "write `or`",
    "^": "write `**` for a power",
    "@": None,
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
