"""Turns validation errors of pydantic into diagnostics in the terms of labc."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from typing import TypeAlias

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.edit import Edit
from ...grammar.escapes import quoted_offset
from ...grammar.source import Span
from ..expressions.origin import at_origin, is_written, origin_of
from ..expressions.scope import Scope
from ..expressions.values import Construction, Value, is_number, show
from ..expressions.values import kind as value_kind
from .arguments import Arguments
from .refusal import REFUSED

Written: TypeAlias = s.Expression | s.Settings


def validation_errors(
    cls: type[Arguments],
    error: ValidationError,
    given: Mapping[str, Written],
    silent: Set[str],
    whole: Span,
    scope: Scope,
) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each error of pydantic, at the exact location where the value is written.

    `given` holds the expression of each given field, and `scope` the names in it. `whole` is the location of a mistake
    about a missing field. Fields in `silent` are not reported again.
    """
    for detail in error.errors(include_url=False):
        name = str(detail["loc"][0]) if detail["loc"] else ""
        if name in silent:
            continue
        if name not in given:
            yield _diagnostic(cls, name, detail, whole)
            continue
        value = _item(given[name], detail["loc"][1:], scope)
        one = _diagnostic(cls, name, detail, value.span)
        if isinstance(value, s.Settings):
            yield one
            continue
        [moved] = at_origin([one], value, scope, f"used here as `{name}`")
        origin = origin_of(value, scope)
        is_item = not isinstance(origin, s.Sequence) or len(detail["loc"]) == 1
        edits = moved.edits if is_item and is_written(origin, scope) else ()
        yield replace(moved, span=_part(origin, detail), edits=edits)


def _item(value: Written, loc: tuple[int | str, ...], scope: Scope) -> Written:
    """Return the item at the path `loc`, or the list if its items are not written out."""
    for index in loc:
        listed = origin_of(value, scope) if not isinstance(value, s.Settings) else value
        if isinstance(listed, s.Sequence) and isinstance(index, int) and index < len(listed.items):
            value = listed.items[index]
    return value


def _part(value: s.Expression, detail: ErrorDetails) -> Span:
    """Return the location of the wrong part of a string, if the string is written out; else that of the value."""
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


def _as_list(field: FieldInfo, value: Value, place: Span) -> str | None:
    """Return the text of a list for a field that takes one, with the given value as its item; None if it cannot be."""
    if value is None:
        return "[]"
    if isinstance(value, Construction):  # `c("a", "b")` in R
        items = [argument.value.span.text for argument in value.call.arguments if not argument.name]
        return f"[{', '.join(items)}]" if items else None
    try:
        assert field.annotation
        TypeAdapter(field.annotation).validate_python([value])
    except ValidationError as error:
        instead = error.errors()[0].get("ctx", {}).get("instead")
        return f"[{instead.text}]" if instead else None
    return f"[{place.text}]"


def _range(field: FieldInfo) -> str | None:
    """Return the range of a number with two bounds, else None."""
    bounds = {
        key: getattr(item, key) for item in field.metadata for key in ("ge", "gt", "lt", "le") if hasattr(item, key)
    }
    low, high = bounds.get("ge", bounds.get("gt")), bounds.get("le", bounds.get("lt"))
    if low is None or high is None:
        return None
    least, most = ("of at least" if "ge" in bounds else "above"), ("at most" if "le" in bounds else "below")
    return f"write a number {least} {low:g} and {most} {high:g}"


def _diagnostic(cls: type[Arguments], name: str, detail: ErrorDetails, place: Span) -> Diagnostic:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == REFUSED:
        instead = context["instead"]
        edits = (Edit(place, instead.text, instead.safe),) if instead else ()
        message = _with_subject(name, len(detail["loc"]) > 1, context["message"])
        help = context["help"]
        if help is None and context["code"] is Code.OUT_OF_BOUNDS and is_number(cls.model_fields[name].default):
            help = f"the default is `{show(cls.model_fields[name].default)}`"
        return Diagnostic(context["code"], message, place, help=help, edits=edits)
    if kind == "missing":
        by_name = list(cls.model_fields).index(name) >= cls.positional
        help = f"write `{name} = …`" if by_name else None
        return Diagnostic(Code.MISSING, f"missing `{name}` in `{cls.word()}`", place, help=help)
    if kind == "list_type":
        listed = _as_list(cls.model_fields[name], detail["input"], place)
        help, edits = (f"write `{name} = {listed}`", (Edit(place, listed),)) if listed else (None, ())
        message = f"`{name}` must be a list, but is {value_kind(detail['input'])}"
        return Diagnostic(Code.WRONG_TYPE, message, place, help=help, edits=edits)
    if kind == "too_short":
        message = f"`{name}` must have at least {context['min_length']} items, but has {context['actual_length']}"
        return Diagnostic(Code.OUT_OF_BOUNDS, message, place)
    if kind in _BOUNDS:
        key, words = _BOUNDS[kind]
        given = detail["input"]
        message = f"`{name}` must be {words} {context[key]:g}, but is {show(given)}"
        percent = key == "lt" and context[key] == 1 and 2 <= given <= 100
        help = f"did you mean `{given / 100:g}`, or `{given:g}%`?" if percent else _range(cls.model_fields[name])
        edits = (Edit(place, f"{given:g}%"),) if percent else ()
        return Diagnostic(Code.OUT_OF_BOUNDS, message, place, help=help, edits=edits)
    return Diagnostic(Code.WRONG_TYPE, f"`{name}`: {detail['msg'].lower()}", place)
