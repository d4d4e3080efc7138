"""Turns validation errors of pydantic into diagnostics in the terms of labc."""

from collections.abc import Iterator, Mapping, Set
from typing import TypeAlias

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.edit import Edit
from ...grammar.escapes import quoted_offset
from ...grammar.source import Span
from ..expressions.values import kind as value_kind
from ..expressions.values import show
from .arguments import Arguments
from .refusal import REFUSED

Written: TypeAlias = s.Expression | s.Settings


def validation_errors(
    cls: type[Arguments], error: ValidationError, given: Mapping[str, Written], silent: Set[str], whole: Span
) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each error of pydantic, at the exact location of the value.

    `given` holds the expression of each given field. `whole` is the location of a mistake about a missing field. Fields
    in `silent` are not reported again.
    """
    for detail in error.errors(include_url=False):
        name = str(detail["loc"][0]) if detail["loc"] else ""
        if name in silent:
            continue
        place = _place(given[name], detail) if name in given else whole
        yield _diagnostic(cls, name, detail, place)


def _place(value: Written, detail: ErrorDetails) -> Span:
    """Return the location of the wrong item of a list, or the wrong part of a string, if they are written out.

    Otherwise it is the location of the value.
    """
    for index in detail["loc"][1:]:
        if isinstance(value, s.Sequence) and isinstance(index, int) and index < len(value.items):
            value = value.items[index]
    part = detail.get("ctx", {}).get("part")
    if part and isinstance(value, s.String):
        start, end = (quoted_offset(value.span.text, offset) for offset in part)
        return value.span.source.span(value.span.start + start, value.span.start + end)
    return value.span


_BOUNDS = {
    "greater_than": ("gt", "above"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "below"),
    "less_than_equal": ("le", "at most"),
}


def _with_subject(name: str, is_item: bool, message: str) -> str:
    """Put the name of the field before the message of a validator: "must be …" becomes "`rate` must be …"."""
    if message.startswith(("must ", "cannot ")):
        return f"an item of `{name}` {message}" if is_item else f"`{name}` {message}"
    return f"`{name}`: {message}"


def _diagnostic(cls: type[Arguments], name: str, detail: ErrorDetails, place: Span) -> Diagnostic:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == REFUSED:
        instead = context["instead"]
        edits = (Edit(place, instead.text, instead.safe),) if instead else ()
        message = _with_subject(name, len(detail["loc"]) > 1, context["message"])
        return Diagnostic(context["code"], message, place, help=context["help"], edits=edits)
    if kind == "missing":
        by_name = list(cls.model_fields).index(name) >= cls.positional
        help = f"write `{name} = …`" if by_name else None
        return Diagnostic(Code.MISSING, f"missing `{name}` in `{cls.word()}`", place, help=help)
    if kind == "list_type":
        listed = "[]" if detail["input"] is None else f"[{place.text}]"
        help = f"write `{name} = {listed}`"
        message = f"`{name}` must be a list, but is {value_kind(detail['input'])}"
        return Diagnostic(Code.WRONG_TYPE, message, place, help=help, edits=(Edit(place, listed),))
    if kind == "too_short":
        message = f"`{name}` must have at least {context['min_length']} items, but has {context['actual_length']}"
        return Diagnostic(Code.OUT_OF_BOUNDS, message, place)
    if kind in _BOUNDS:
        key, words = _BOUNDS[kind]
        given = detail["input"]
        message = f"`{name}` must be {words} {context[key]:g}, but is {show(given)}"
        percent = key == "lt" and context[key] == 1 and 2 <= given <= 100
        help = f"did you mean `{given / 100:g}`, or `{given:g}%`?" if percent else None
        edits = (Edit(place, f"{given:g}%"),) if percent else ()
        return Diagnostic(Code.OUT_OF_BOUNDS, message, place, help=help, edits=edits)
    return Diagnostic(Code.WRONG_TYPE, f"`{name}`: {detail['msg'].lower()}", place)
