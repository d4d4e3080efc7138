"""Arguments as written to `Arguments` as validated, with a diagnostic at the exact place of whatever does not fit."""

from collections.abc import Iterable
from typing import TypeVar, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from ..grammar import syntax as s
from ..grammar.codes import Code
from ..grammar.diagnostic import Diagnostic, LabError
from ..grammar.source import Span
from ..grammar.suggest import did_you_mean
from .arguments import Arguments
from .assign import Given, Signature, assign, given_by
from .belongs import where_it_belongs
from .evaluate import evaluate, known
from .fields import Choice, choice_of, group_of
from .scope import Scope
from .values import UNKNOWN, Unbound, Value, is_unknown, show

A = TypeVar("A", bound=Arguments)


def bind(cls: type[A], given: list[Given], scope: Scope, whole: Span, found: list[Diagnostic]) -> A | None:
    """Make a `cls` of what was given; `whole` is the place for what is missing.

    Mistakes go to `found`; with any of them, or with a value that is unknown because of an earlier one, the result
    is None.
    """
    count = len(found)
    fields = list(cls.model_fields)
    signature = Signature(cls.word(), fields, min(cls.positional, len(fields)))
    by_field = assign(signature, given, found, lambda name: where_it_belongs(cls, name))
    values: dict[str, Value] = {}
    for name, one in by_field.items():
        try:
            value = _value(cls.model_fields[name], one, scope, found)
        except LabError as error:
            found.extend(error.diagnostics)
        else:
            values |= {} if is_unknown(value) else {name: value}
    unread = set(by_field) - set(values)
    if cls.one_of and not by_field.keys() & set(cls.one_of):
        found.append(_none_given(cls, whole))
    try:
        made = cls(**values)
    except ValidationError as error:
        found.extend(_diagnostics(cls, error, by_field, unread, whole))
        return None
    if unread or len(found) > count:
        return None
    made._places.update({name: one.value.span for name, one in by_field.items()}, **{"": whole})
    return made


def _none_given(cls: type[A], whole: Span) -> Diagnostic:
    message = f"`{cls.word()}` needs " + " or ".join(f"`{name}`" for name in cls.one_of)
    return Diagnostic(Code.MISSING, message, whole, help=f"write `{cls.one_of[0]} = …`")


def _value(field: FieldInfo, one: Given, scope: Scope, found: list[Diagnostic]) -> Value:
    """What a field is given: a nested group or a made object where it takes one, else what the text evaluates to."""
    group = group_of(field)
    if group and isinstance(one.value, s.Settings):
        assert one.name
        return bind_settings(group, one.value, scope, one.name.span, found) or UNKNOWN
    if isinstance(one.value, s.Settings) or group:
        assert one.name
        shape = f"`{one.name.id} {{ … }}`" if group else f"`{one.name.id} = …`"
        message = f"`{one.name.id}` is written {shape}"
        raise LabError([Diagnostic(Code.WRONG_TYPE, message, one.name.span)])
    choice = choice_of(field)
    if choice:
        return _chosen(choice, one.value, scope, found)
    return evaluate(one.value, scope) if _takes_words(field) else known(one.value, scope)


def _takes_words(field: FieldInfo) -> bool:
    """Whether the field's own validator looks at bare names; for the others a bare name must have a value."""
    return field.annotation is str or get_origin(field.annotation) is list


def _chosen(choice: Choice, expression: s.Expression, scope: Scope, found: list[Diagnostic]) -> Value:
    """A word, or the object that a call (or a bare word) makes."""
    while isinstance(expression, s.Group):
        expression = expression.inner
    if isinstance(expression, s.Call) and expression.name.id in choice.made:
        value: Value = Unbound(expression)
    else:
        value = evaluate(expression, scope)
    if isinstance(value, Unbound):
        return _made(choice, value.call, scope, found)
    word = getattr(value, "id", None)
    if word in choice.made:
        return bind(choice.made[word], [], scope, expression.span, found) or UNKNOWN
    return value


def _made(choice: Choice, call: s.Call, scope: Scope, found: list[Diagnostic]) -> Value:
    name = call.name
    if name.id in choice.made:
        return bind(choice.made[name.id], given_by(call.arguments), scope, call.span, found) or UNKNOWN
    if name.id in choice.words():
        raise LabError([Diagnostic(Code.WRONG_TYPE, f"`{name.id}` takes no arguments", call.span)])
    help = did_you_mean(name.id, choice.words())
    raise LabError([Diagnostic(Code.UNKNOWN_WORD, f"`{name.id}` is not known here", name.span, help=help)])


def bind_settings(cls: type[A], settings: s.Settings, scope: Scope, keyword: Span, found: list[Diagnostic]) -> A | None:
    """Make a `cls` of the settings between braces; `keyword` is the place for what is missing.

    Nothing is called missing where a setting could not even be parsed: it may be the one.
    """
    entries = [entry for entry in settings.entries if isinstance(entry, s.Setting)]
    broken = {entry.declares for entry in settings.entries if isinstance(entry, s.Invalid)}
    given = [Given(entry.key, entry.value) for entry in entries]
    before = len(found)
    made = bind(cls, given, scope, keyword, found)
    if broken:
        found[before:] = [diagnostic for diagnostic in found[before:] if diagnostic.code is not Code.MISSING]
        return None
    return made


def _diagnostics(
    cls: type[A], error: ValidationError, by_field: dict[str, Given], unread: set[str], whole: Span
) -> Iterable[Diagnostic]:
    """Pydantic's errors as diagnostics; nothing about a field whose value could not be read."""
    for detail in error.errors(include_url=False):
        name = str(detail["loc"][0]) if detail["loc"] else ""
        if name in unread:
            continue
        place = _place(by_field[name].value, detail["loc"][1:]) if name in by_field else whole
        yield _diagnostic(cls, name, detail, place)


def _place(value: s.Expression | s.Settings, loc: tuple[int | str, ...]) -> Span:
    """The place of the item that `loc` leads to, as far as the text spells it out."""
    for index in loc:
        if isinstance(value, s.Sequence) and isinstance(index, int) and index < len(value.items):
            value = value.items[index]
    return value.span


_BOUNDS = {
    "greater_than": ("gt", "above"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "below"),
    "less_than_equal": ("le", "at most"),
}


def _diagnostic(cls: type[A], name: str, detail: ErrorDetails, place: Span) -> Diagnostic:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind in Code._value2member_map_:
        subject = f"`{name}`: " if name else ""
        return Diagnostic(Code(kind), subject + context["message"], place, help=context.get("help"))
    if kind == "missing":
        by_name = list(cls.model_fields).index(name) >= cls.positional
        help = f"write `{name} = …`" if by_name else None
        return Diagnostic(Code.MISSING, f"`{cls.word()}` needs `{name}`", place, help=help)
    if kind == "list_type":
        help = f"write `{name} = [{place.text}]`"
        return Diagnostic(Code.WRONG_TYPE, f"`{name}` takes a list", place, help=help)
    if kind == "too_short":
        return Diagnostic(Code.OUT_OF_BOUNDS, f"`{name}` needs at least {context['min_length']} items", place)
    if kind in _BOUNDS:
        key, words = _BOUNDS[kind]
        given = detail["input"]
        message = f"`{name}` must be {words} {context[key]:g}, and is {show(given)}"
        percent = key == "lt" and context[key] == 1 and 1 < given <= 100
        help = f"did you mean `{given / 100:g}`, or `{given:g}%`?" if percent else None
        return Diagnostic(Code.OUT_OF_BOUNDS, message, place, help=help)
    return Diagnostic(Code.WRONG_TYPE, f"`{name}`: {detail['msg'].lower()}", place)
