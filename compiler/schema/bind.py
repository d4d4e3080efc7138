"""Arguments as written to `Arguments` as validated, with a diagnostic at the exact place of whatever does not fit."""

from dataclasses import replace
from typing import TypeVar, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, LabError
from ...grammar.diagnostics.suggest import did_you_mean, nearest
from ...grammar.source import Span
from ..expressions.evaluate import evaluate, known
from ..expressions.scope import Scope
from ..expressions.values import UNKNOWN, Unbound, Value, is_unknown
from .arguments import Arguments
from .call_arguments import Given, Signature, assign, given_by
from .errors import misfits
from .field_types import Choice, choice_of, group_of, groups_of
from .hints.misplaced import where_it_belongs

A = TypeVar("A", bound=Arguments)


def bind(
    cls: type[A], given: list[Given], scope: Scope, whole: Span, found: list[Diagnostic], settings: bool = False
) -> A | None:
    """Make a `cls` of what was given; `whole` is the place for what is missing, `settings` says that it is a section.

    Mistakes go to `found`; with any of them, or with a value that is unknown because of an earlier one, the result
    is None.
    """
    count = len(found)
    fields = list(cls.model_fields)
    signature = Signature(cls.word(), fields, min(cls.positional, len(fields)), settings)
    by_field = assign(signature, given, found, lambda name: where_it_belongs(cls, name))
    values: dict[str, Value] = {}
    for name, one in by_field.items():
        try:
            value = _value(cls.model_fields[name], one, scope, found)
        except LabError as error:
            help = _word_of_another(cls, one.value)
            found.extend(replace(one, help=help or one.help) for one in error.diagnostics)
        else:
            values |= {} if is_unknown(value) else {name: value}
    unread = set(by_field) - set(values)
    if cls.one_of and not by_field.keys() & set(cls.one_of):
        found.append(_none_given(cls, whole))
    values |= {name: _left_out(group, whole) for name, group in groups_of(cls) if name not in by_field}
    try:
        made = cls(**values)
    except ValidationError as error:
        meant = {nearest(one.name.id, fields) for one in given if one.name and one.name.id not in fields}
        silent = unread | (meant - by_field.keys())
        found.extend(misfits(cls, error, {name: one.value for name, one in by_field.items()}, silent, whole))
        return None
    if unread or len(found) > count:
        return None
    made._places.update({name: one.value.span for name, one in by_field.items()}, **{"": whole})
    return made


def _word_of_another(cls: type[Arguments], value: s.Expression | s.Settings) -> str | None:
    """The way out for a word in the wrong place, `conv(8, relu)`: the field that takes it."""
    for name, field in cls.model_fields.items():
        choice = choice_of(field)
        if choice and isinstance(value, s.Name) and value.id in choice.words():
            return f"it is a value of `{name}`: `{name} = {value.id}`"
    return None


def _left_out(group: type[Arguments], whole: Span) -> Arguments:
    """A group with all its defaults, whose place is that of the settings it is missing in."""
    made = group()
    made._places[""] = whole
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
    made = bind(cls, given, scope, keyword, found, settings=True)
    if broken:
        found[before:] = [diagnostic for diagnostic in found[before:] if diagnostic.code is not Code.MISSING]
        return None
    return made
