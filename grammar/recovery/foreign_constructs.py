"""Constructs of Python, R, MATLAB and C that the grammar does not have: what to write instead."""

import re
from collections.abc import Collection
from typing import NamedTuple

from ..diagnostics.edit import Edit
from ..tokens import SpanToken

_VALUES = {"NUMBER", "QUANTITY", "SIZE", "STRING", "TRUE", "FALSE", "NONE", "NAME"}  # tokens that are whole values
_ENDS = _VALUES | {"RPAR", "RSQB"}  # tokens that can end a value
_BEFORE_RANGE = {"IN", "EQUAL", "COMMA", "LPAR"}
_BOUNDS = re.compile(r"(?P<sign>[:=])\s*(?:(?P<start>[0-9]{1,9})\s*:\s*)?(?P<end>[0-9]{1,9})(?![ \t]*[\w.:])")
_FOR_IN = re.compile(r"\(\s*(?P<head>\w{1,40}\s+in\s[^(){}\n]{1,80})\)")
_FOR_COUNT = re.compile(
    r"\(\s*(?:\w{1,20}\s+)?(?P<name>\w{1,40})\s*=\s*(?P<start>[0-9]{1,9})\s*;\s*(?P=name)\s*(?P<until><=?)\s*"
    r"(?P<end>[0-9]{1,9})\s*;\s*(?:(?P=name)\s*\+\+|\+\+\s*(?P=name)|(?P=name)\s*\+=\s*1)\s*\)"
)
_DICTIONARY = re.compile(r"\{\s*(?:[\"'0-9]|\}|\w{1,40}\s*:)")
_REPEATED = re.compile(
    r"(?P<count>[0-9]{1,9})\s*\*\s*(?P<step>\w{1,40}(?:\([^(){}\n#]{0,200}\))?)(?P<end>(?=[ \t]*([}\n#]|$)))?"
)
_TIMES = re.compile(r"\*\s*(?P<count>[0-9]{1,9})(?=[ \t]*([}\n#]|$))")
_CALL = re.compile(r"\([^(){}\n]{0,80}\)")
_STEP = re.compile(r"=\s*[^\W\d]\w*\s*[(\n.]")


class Instead(NamedTuple):
    """The help for a construct, and the edits that replace it."""

    help: str
    edits: tuple[Edit, ...] = ()


def instead_of(token: SpanToken, expected: Collection[str], before: list[SpanToken]) -> Instead | None:
    """Return what to write for the construct in which the parser cannot read `token`; None if it is not known.

    `expected` holds the types of the tokens that the parser accepts, `before` the tokens of the statement before.
    """
    if (before[0] if before else token) == "while" and len(before) < 2:
        return Instead("there is no `while`: write `repeat 3 { … }`, or `for n in range(3) { … }`")
    if before and before[0].type == "FOR" and "IN" not in [one.type for one in before]:
        return _loop(token, before)
    if before and before[-1] == "lambda":
        return Instead("there are no functions in a .lab file; a `block` is a stack with parameters")
    if token.type == "LBRACE" and "NUMBER" in expected:
        return _dictionary(token, before)
    if "ARROW" in expected or "REPEAT" in expected:
        return _step(token, before)
    return _in_expression(token, expected, before)


def _loop(token: SpanToken, before: list[SpanToken]) -> Instead | None:
    """Return the head of a loop of MATLAB, `for n = 1:3`, of R, `for (n in x)`, or of C in the syntax of labc."""
    text, span = token.span.source.text, token.span
    if token.type == "EQUAL" and len(before) == 2:
        bounds = _BOUNDS.match(text, span.start)
        end, items = span.end, ""
        if bounds and bounds["start"]:
            end, items = bounds.end(), " " + _range(int(bounds["start"]), int(bounds["end"]))
        space = "" if text[span.start - 1].isspace() else " "
        edit = Edit(span.source.span(span.start, end), f"{space}in{items or ' ' * (text[end : end + 1] != ' ')}", True)
        return Instead(f"write `for {before[1]} in{items or ' …'} {{ … }}`", (edit,))
    if token.type != "LPAR" or len(before) > 1:
        return None
    if counted := _FOR_COUNT.match(text, span.start):
        last = int(counted["end"]) - (counted["until"] == "<")
        return _head(token, counted.end(), f"{counted['name']} in {_range(int(counted['start']), last)}")
    if listed := _FOR_IN.match(text, span.start):
        return _head(token, listed.end(), listed["head"].strip())
    return Instead("write the head of a loop without brackets, for example `for n in range(3) { … }`")


def _head(token: SpanToken, end: int, head: str) -> Instead:
    edit = Edit(token.span.source.span(token.span.start, end), head, safe=True)
    return Instead(f"write the head of a loop without brackets: `for {head} {{ … }}`", (edit,))


def _range(first: int, last: int) -> str:
    """Return the call that gives the integers from `first` to `last`."""
    return f"range({first}, {last + 1})" if first else f"range({last + 1})"


def _dictionary(token: SpanToken, before: list[SpanToken]) -> Instead | None:
    """Return the help for a dictionary. `split = { train = 80% }` is a group of settings instead."""
    if not _DICTIONARY.match(token.span.source.text, token.span.start):
        return None
    sets = before and before[0].type == "NAME"
    return Instead(
        "there are no dictionaries: write a list, for example `[8, 16]`"
        + (f", or a group of settings, `{before[0]} {{ … }}`" if sets else "")
    )


def _step(token: SpanToken, before: list[SpanToken]) -> Instead | None:
    """Return the help for a step that is written as an expression or as a statement of Python."""
    text, span = token.span.source.text, token.span
    if token.type == "LPAR" and before and before[-1].type == "RPAR":
        call = _CALL.match(text, span.start)
        edits = (Edit(span.source.span(span.start, call.end()), ""),) if call else ()
        what = f"`{call[0]}`" if call else "the second `( )`"
        return Instead(f"remove {what}: the input of a step is the output of the step before", edits)
    if token.type == "EQUAL" and [one.type for one in before] == ["NAME"]:
        name = before[0]
        if _STEP.match(text, span.start):
            return Instead(
                f"remove `{name} =`: the input of a step is the output of the step before; "
                f"`as {name}` after the step names its output"
            )
        return Instead(f"write a setting in its section, and a value as `let {name} = …` outside all braces")
    if not before and (repeated := _REPEATED.match(text, span.start)):
        count, step = repeated["count"], repeated["step"]
        edit = Edit(span.source.span(span.start, repeated.end()), f"repeat {count} {{ {step} }}", safe=True)
        return Instead(f"write `repeat {count} {{ {step} }}`", () if repeated["end"] is None else (edit,))
    if token.type == "STAR" and before and before[-1].type != "ARROW":
        return _times(token, before)
    return None


def _times(token: SpanToken, before: list[SpanToken]) -> Instead:
    kinds = [one.type for one in before]
    first = before[len(kinds) - kinds[::-1].index("ARROW") if "ARROW" in kinds else 0]
    times = _TIMES.match(token.span.source.text, token.span.start)
    if not times:
        return Instead("write `repeat 3 { … }` to repeat a step")
    written = f"repeat {times['count']} {{ {first.span.to(before[-1].span).text} }}"
    edit = Edit(token.span.source.span(first.span.start, times.end()), written, safe=True)
    return Instead(f"write `{written}`", (edit,))


def _in_expression(token: SpanToken, expected: Collection[str], before: list[SpanToken]) -> Instead | None:
    in_brackets = bool({"RPAR", "RSQB"} & set(expected))
    if token.type == "FOR" and in_brackets:
        return Instead("there are no list comprehensions: write the items, or a loop of the model, `for n in … { … }`")
    if token.type == "COLON" and len(before) > 1:
        return _colon(token, before)
    if token.type in _VALUES and in_brackets and "COMMA" in expected and before and before[-1].type in _ENDS:
        end = before[-1].span.end
        edit = Edit(token.span.source.span(end, end), ",", safe=before[-1].span.line == token.span.line)
        return Instead(f"write a comma before `{token}`", (edit,))
    return None


def _colon(token: SpanToken, before: list[SpanToken]) -> Instead | None:
    """Return the help for a range, `1:3`, or for a slice, `items[0:2]`."""
    opened = _innermost(before)
    if opened is not None and before[opened].type == "LSQB" and opened and before[opened - 1].type in _ENDS:
        return Instead("there are no slices: write the items, for example `[items[0], items[1]]`")
    if before[-1].type not in _ENDS:
        return None
    help = "write `range(a, b + 1)` for the integers from `a` to `b`"
    bounds = _BOUNDS.match(token.span.source.text, token.span.start)
    if opened is not None and before[opened].type == "LSQB":
        return Instead(f"{help}, instead of a list")
    if not bounds or bounds["start"] or not before[-1].isdecimal() or before[-2].type not in _BEFORE_RANGE:
        return Instead(help)
    first, last = int(before[-1][:9]), int(bounds["end"])
    edit = Edit(token.span.source.span(before[-1].span.start, bounds.end()), _range(first, last), safe=True)
    return Instead(f"write `{edit.text}` for the integers from {first} to {last}", (edit,))


def _innermost(tokens: list[SpanToken]) -> int | None:
    """Return the index of the innermost round or square bracket that is open after the tokens."""
    depth = 0
    for index in range(len(tokens) - 1, -1, -1):
        depth += (tokens[index].type in ("RPAR", "RSQB")) - (tokens[index].type in ("LPAR", "LSQB"))
        if depth < 0:
            return index
    return None
