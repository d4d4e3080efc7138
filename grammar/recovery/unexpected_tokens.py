"""Diagnostics of valid tokens in a wrong location: what was expected, and what the author probably meant."""

import re
from collections.abc import Collection

from ..diagnostics.codes import Code
from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.edit import Edit
from ..diagnostics.suggest import listing, nearest, renaming
from ..keywords import DECLARATIONS, KEYWORDS, SECTIONS, token_types
from ..tokens import SpanToken
from .foreign_constructs import instead_of
from .foreign_keywords import COUNTERPARTS
from .foreign_values import foreign_value
from .invalid_tokens import COMMENT_HELP

# The tokens that a message lists as expected, the most helpful first. Operators are left out: they fit almost anywhere.
_EXPECTED = {
    "NUMBER": "a value",
    "NAME": "a name",
    "STRING": "a string in double quotes",
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
_DECLARATION_WORDS = (*DECLARATIONS, *SECTIONS)
_BODY = re.compile(r"=[ \t]*(?=\{)")
_PATH = re.compile(r"(\.\w+)+")
_REMARK = re.compile(r"/\*|\*/|//|--")


def unexpected(token: SpanToken, expected: Collection[str], before: list[SpanToken]) -> Diagnostic:
    """Return the diagnostic of a token that the parser cannot continue with.

    `expected` holds the types of the tokens that the parser accepts, `before` the tokens of the same statement before
    the token.
    """
    span = before[-1].span if token.type == "_NL" and before else token.span
    wanted = _wanted(expected)
    message = f"unexpected {_description(token)}" + (f", expected {wanted}" if wanted else "")
    found = foreign_value(token, expected, before) or instead_of(token, expected, before)
    help, edits = found or (_help(token, expected, before), _edits(token, expected, before))
    return Diagnostic(Code.UNEXPECTED, message, span, help=help, edits=edits)


def _description(token: SpanToken) -> str:
    if token.type == "_NL":
        return "end of line"
    return f"keyword `{token}`" if str(token) in KEYWORDS else f"`{token}`"


def _wanted(expected: Collection[str]) -> str:
    if "NUMBER" in expected:
        return "a value"
    options = [words for kind, words in _EXPECTED.items() if kind in expected][:3]
    return " or ".join([", ".join(options[:-1]), options[-1]] if len(options) > 1 else options)


def _help(token: SpanToken, expected: Collection[str], before: list[SpanToken]) -> str | None:
    if _remark(token, expected, before):
        return COMMENT_HELP
    if not before and "LET" in expected:
        return _declaration_help(token)
    if before and before[0].type in ("EXTENDS", "USE", "EXPERIMENT") and "STRING" in expected:
        return f"write the string in double quotes: `{before[0]} {_quoted_rest(token, before[0].type).text}`"
    return (
        _group_help(token, expected, before)
        or _dotted_help(token, expected, before)
        or _sign_help(token, expected)
        or _keyword_help(token, expected, before)
        or _step_help(token, expected, before)
    )


def _edits(token: SpanToken, expected: Collection[str], before: list[SpanToken]) -> tuple[Edit, ...]:
    """Return the replacement that the help proposes, an empty tuple if the help proposes none."""
    if before and before[0].type in ("EXTENDS", "USE", "EXPERIMENT") and "STRING" in expected:
        edit = _quoted_rest(token, before[0].type)
        return (edit,) if len(edit.text) > len('".lab"') else ()
    text = token.span.source.text
    if _remark(token, expected, before) in ("//", "--"):
        start = token.span.start
        return (Edit(token.span.source.span(start, start + 2), "#", safe=True),)
    if not before and "LET" in expected:
        if str(token) in COUNTERPARTS:
            return (Edit(token.span, COUNTERPARTS[str(token)], safe=True),)
        return renaming(token.span, str(token), _DECLARATION_WORDS) if token.type == "NAME" else ()
    if _is_arrow(token, expected):
        return (Edit(token.span.source.span(token.span.start, token.span.start + 2), "=", safe=True),)
    if token == "==" and "EQUAL" in expected:
        return (Edit(token.span, "=", safe=True),)
    if token.type == "COLON" and "EQUAL" in expected:
        return (Edit(token.span, " =", safe=True),)
    if token.type == "EQUAL" and "COMPARISON" in expected and "ARROW" not in expected:
        return (Edit(token.span, "==", safe=True),)
    if token.type == "EQUAL" and _group_help(token, expected, before) and (body := _BODY.match(text, token.span.start)):
        return (Edit(token.span.source.span(token.span.start, body.end()), "", safe=True),)
    last = _last_name(token, before) if "ARROW" not in expected else None
    return (last,) if last else ()


def _remark(token: SpanToken, expected: Collection[str], before: list[SpanToken]) -> str | None:
    """Return the sign of a comment of another language that begins with the token, after a statement or alone."""
    sign = _REMARK.match(token.span.source.text, token.span.start)
    operator = token.type in ("FLOORDIV", "MINUS")
    return sign[0] if sign and (not operator or not before or "_NL" in expected) else None


def _declaration_help(token: SpanToken) -> str:
    word, rest = str(token), token.span.source.text[token.span.end : token.span.end + 80]
    if word in COUNTERPARTS:
        return f"write `{COUNTERPARTS[word]}` instead"
    if word in ("import", "from"):
        return "remove this line: layers need no import; `use` imports blocks from another .lab file"
    if match := nearest(word, _DECLARATION_WORDS):
        return f"did you mean `{match}`?"
    if token.type == "NAME" and rest.lstrip(" \t").startswith("{"):
        return f"there is no section `{word}`; the sections are {listing(SECTIONS)}"
    if word == "end":
        return "remove it: a `}` ends a body"
    if token.type == "NAME" and rest.startswith("."):
        return f"remove this line: `{word}` has no methods, and keeps the value of its `let`"
    if token.type == "NAME" and not rest.lstrip(" \t").startswith("="):
        return "write a step in `model { … }`; there are no commands: `labc run` trains and evaluates the model"
    if token.type == "NAME":
        return f"write `let {word} = …` to define a value; write a setting in a section, for example `train {{ … }}`"
    return f"start a declaration with one of {listing(_DECLARATION_WORDS)}"


def _group_help(token: SpanToken, expected: Collection[str], before: list[SpanToken]) -> str | None:
    """Return the help for a group of settings in the syntax of another language: `split = {`, `split(`."""
    if token.type == "LBRACE" and [one.type for one in before[-2:]] == ["NAME", "EQUAL"] and before[0].type != "LET":
        return f"write a group of settings as `{before[-2]} {{ … }}`"
    if token.type in ("EQUAL", "LPAR") and len(before) == 1 and before[0].type in token_types(*SECTIONS):
        without = f"write `{before[0]} {{ … }}` without `{token}`"
        return (
            without if before[0].type != "MODEL" else f"{without}, with one layer on each line, for example `dense(3)`"
        )
    if token.type == "LPAR" and before and {"EQUAL", "LBRACE"} <= set(expected):
        return f"write a setting as `{before[-1]} = …`, a group of settings as `{before[-1]} {{ … }}`"
    return None


def _dotted_help(token: SpanToken, expected: Collection[str], before: list[SpanToken]) -> str | None:
    """Return the help for Python code that calls Keras: `model.add(…)`, `keras.layers.Name(…)`."""
    first, text = [*before, token][0], token.span.source.text
    if first.type == "MODEL" and text.startswith(".", first.span.end):
        return "list the layers in `model { … }`, one on each line and without `model.add`, for example `dense(3)`"
    if token.type == "DOT" and "ARROW" in expected:
        path = _PATH.match(text, token.span.start)
        return f"write a layer of Keras as `keras.{path[0].rpartition('.')[2]}`" if path else None
    if token.type == "DOT" and before and before[-1].type != "NAME":
        return "a value has no methods: `+` joins two lists, and a function is called as `len(values)`"
    last = _last_name(token, before)
    return f"write only the last name, `{last.text}`" if last else None


def _last_name(token: SpanToken, before: list[SpanToken]) -> Edit | None:
    """Return the edit that leaves only the last of several names with dots between them, as in `nn.ReLU`."""
    path = _PATH.match(token.span.source.text, token.span.start)
    if token.type != "DOT" or not path or not before or before[-1].type != "NAME":
        return None
    whole = token.span.source.span(before[-1].span.start, token.span.start + len(path[0]))
    return Edit(whole, path[0].rpartition(".")[2])


def _is_arrow(token: SpanToken, expected: Collection[str]) -> bool:
    """Check whether the token begins the `<-` that assigns a value in R."""
    return "EQUAL" in expected and token.span.source.text.startswith("<-", token.span.start)


def _sign_help(token: SpanToken, expected: Collection[str]) -> str | None:
    """Return the help for a sign that has another meaning in this language than the author meant."""
    if token == "==" and "EQUAL" in expected:
        return "write `=` to assign a value; `==` compares"
    if (token.type == "COLON" and "EQUAL" in expected) or _is_arrow(token, expected):
        return "write `=` to assign a value"
    if token.type == "EQUAL" and "ARROW" in expected:
        return "write `as NAME` after a step to name its output; `->` joins steps"
    if token.type == "EQUAL" and "COMPARISON" in expected:
        return "write `==` to compare; `=` assigns a value"
    return None


def _keyword_help(token: SpanToken, expected: Collection[str], before: list[SpanToken]) -> str | None:
    if str(token) not in KEYWORDS or "NAME" not in expected:
        return None
    rest = token.span.source.text[token.span.end : token.span.end + 9].lstrip(" \t")
    if not before and (not rest or rest.startswith(("(", "\n", "->"))):
        return f"`{token}` is a keyword, and cannot be the name of a step"
    if not before:
        return f"write `{token}` at the top level of the file, outside all braces"
    return f"choose another name: `{token}` is a keyword"


def _step_help(token: SpanToken, expected: Collection[str], before: list[SpanToken]) -> str | None:
    if token.type == "_NL" and before and before[-1].type == "ARROW":
        return "add a step after `->`, or remove the `->`"
    if "ARROW" in expected and token.type in ("NAME", "REPEAT", "FOR"):
        return "join steps with `->`, or write each step on its own line"
    return None


def _quoted_rest(token: SpanToken, keyword: str) -> Edit:
    """Return the edit that writes the rest of the line in quotes. The name of a file gets its ending, `.lab`."""
    rest = token.span.source.line(token.span.line)[token.span.column - 1 :].partition("#")[0].rstrip()
    text = rest.strip("'\"")
    if keyword != "EXPERIMENT" and not text.endswith(".lab"):
        text += ".lab"
    place = token.span.source.span(token.span.start, token.span.start + len(rest))
    return Edit(place, f'"{text}"', safe=bool(re.fullmatch(r"[\w/ -]+(\.lab)?", rest)))
