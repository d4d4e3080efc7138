"""Turns the arguments of a file into validated `Arguments`, with a diagnostic at the exact location of each mistake."""

from dataclasses import replace
from functools import partial
from typing import TypeVar, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.edit import Edit
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.diagnostics.reporter import Reporter
from ...grammar.source import Span
from ..expressions.evaluate import evaluate, known
from ..expressions.scope import Scope
from ..expressions.value_size import value_size
from ..expressions.values import Construction, Word, is_unknown
from .arguments import Arguments, SettingsGroup
from .call_arguments import Given, Hint, Signature, assign, given_by, meant_names
from .choice import Choice, choice_of, group_of, groups_of
from .errors import validation_errors

A = TypeVar("A", bound=Arguments)


def bind_call(cls: type[A], given: list[Given], scope: Scope, whole: Span) -> A:
    """Make a `cls` from the arguments of a call. `whole` is the location of a mistake about a missing argument.

    Raises:
        LabError: with every mistake; without diagnostics if a value is unknown because of an earlier mistake.
    """
    return _bind(cls, given, scope, whole, settings=False, incomplete=False)


def bind_settings(cls: type[A], settings: s.Settings, scope: Scope, keyword: Span) -> A:
    """Make a `cls` from the settings between braces. `keyword` is the location of a mistake about a missing setting.

    If a setting could not be parsed, no setting is reported as missing, because it may be the unparsed setting.

    Raises:
        LabError: in the cases of `bind_call`.
    """
    given = [Given(entry.key, entry.value) for entry in settings.entries if isinstance(entry, s.Setting)]
    incomplete = any(isinstance(entry, s.Invalid) for entry in settings.entries)
    return _bind(cls, given, scope, keyword, settings=True, incomplete=incomplete)


def _bind(cls: type[A], given: list[Given], scope: Scope, whole: Span, *, settings: bool, incomplete: bool) -> A:
    own = Reporter()
    fields = list(cls.model_fields)
    required = [name for name, field in cls.model_fields.items() if field.is_required()]
    signature = Signature(cls.word(), fields, min(cls.positional, len(fields)), settings, required)
    hint = partial(_where_it_belongs, cls)
    by_field = assign(signature, given, own, hint)
    values = _values(cls, by_field, scope, own)
    unread = set(by_field) - set(values)
    if cls.one_of and not incomplete and not by_field.keys() & set(cls.one_of):
        own.report(_none_given(cls, whole))
    values |= {name: _left_out(group, whole) for name, group in groups_of(cls) if name not in by_field}
    try:
        made = cls(**values)
    except ValidationError as error:
        silent = unread | meant_names(signature, given, by_field, hint)
        silent |= set(fields) - by_field.keys() if incomplete else set()
        written = {name: one.value for name, one in by_field.items()}
        own.report(*validation_errors(cls, error, written, silent, whole, scope))
        raise LabError(own.diagnostics) from None
    if unread or incomplete or own.diagnostics:
        raise LabError(own.diagnostics)
    made._places.update({name: one.value.span for name, one in by_field.items()}, **{"": whole})
    return made


def _where_it_belongs(cls: type[Arguments], name: str) -> Hint | None:
    from .hints.misplaced import where_it_belongs  # only imported for a file with a mistake

    return where_it_belongs(cls, name)


def _values(cls: type[Arguments], by_field: dict[str, Given], scope: Scope, own: Reporter) -> dict[str, object]:
    """Return the values of the fields, and report the mistake of every field without a valid value."""
    values: dict[str, object] = {}
    for name, one in by_field.items():
        try:
            value = _value(cls.model_fields[name], one, scope)
        except LabError as error:
            from .hints.no_value import without_none  # only imported for a file with a mistake
            from .hints.unquoted import with_quotes

            field = _field_of_word(cls, one.value)
            named = [_with_field(each, field) if field else each for each in error.diagnostics]
            quoted = [with_quotes(each, one.value, cls.model_fields[name]) for each in named]
            own.report(*(without_none(each, cls.model_fields[name]) for each in quoted))
        else:
            scope.budget.spend(value_size(value), one.value.span)
            values |= {} if is_unknown(value) else {name: value}
    return values


def _field_of_word(cls: type[Arguments], value: s.Expression | s.Settings) -> str | None:
    """Return the field that takes a word given to another argument, as in `conv(8, relu)`, None if there is none."""
    for name, field in cls.model_fields.items():
        choice = choice_of(field)
        if choice and isinstance(value, s.Name) and value.id in choice.words():
            return name
    return None


def _with_field(diagnostic: Diagnostic, field: str) -> Diagnostic:
    """Add a help that names the field to the diagnostic of an unknown name, and return other diagnostics unchanged."""
    if diagnostic.code is not Code.UNKNOWN_NAME:
        return diagnostic
    named = f"{field} = {diagnostic.span.text}"
    help = f"write `{named}`: `{diagnostic.span.text}` is a value of `{field}`"
    return replace(diagnostic, help=help, edits=(Edit(diagnostic.span, named),))


def _left_out(group: type[Arguments], whole: Span) -> Arguments:
    """Return a group with default values. Its location is `whole`, because the group is not in the file."""
    made = group()
    made._places[""] = whole
    return made


def _none_given(cls: type[Arguments], whole: Span) -> Diagnostic:
    message = "missing " + " or ".join(f"`{name}`" for name in cls.one_of) + f" in `{cls.word()}`"
    return Diagnostic(Code.MISSING, message, whole, help=f"write `{cls.one_of[0]} = …`")


def _value(field: FieldInfo, one: Given, scope: Scope) -> object:
    """Return the value for a field: a group of settings, a chosen word or object, or the value of the expression."""
    group = group_of(field)
    if group:
        return _group(group, one, scope)
    if isinstance(one.value, s.Settings):
        raise _written_otherwise(one, "`{} = …`")
    choice = choice_of(field)
    if choice:
        return _chosen(choice, one.value, scope)
    return evaluate(one.value, scope) if _takes_words(field) else known(one.value, scope)


def _group(group: type[Arguments], one: Given, scope: Scope) -> Arguments:
    """Return a group from its settings, or from the value of the one setting that may stand for the group."""
    assert one.name
    if isinstance(one.value, s.Settings):
        return bind_settings(group, one.value, scope, one.name.span)
    alone = group.alone if issubclass(group, SettingsGroup) else None
    choice = choice_of(group.model_fields[alone]) if alone else None
    value = _chosen(choice, one.value, scope) if choice else None
    if not alone or not isinstance(value, Arguments):
        from .hints.group_values import as_group  # only imported for a file with a mistake

        other = "".join(" or `{} = " + f"{word}(…)`" for word in choice.made) if choice else ""
        raise _written_otherwise(one, "`{} { … }`" + other, *as_group(one.name, group, one.value))
    made = group(**{alone: value})
    made._places.update({alone: one.value.span, "": one.value.span})
    return made


def _written_otherwise(one: Given, shape: str, help: str | None = None, edits: tuple[Edit, ...] = ()) -> LabError:
    assert one.name
    message = f"`{one.name.id}` must be written as {shape.replace('{}', one.name.id)}"
    return LabError([Diagnostic(Code.WRONG_TYPE, message, one.name.span, help=help, edits=edits)])


def _takes_words(field: FieldInfo) -> bool:
    """Check whether the validator of the field accepts a word. In all other fields, a name must have a value."""
    return field.annotation is str or get_origin(field.annotation) is list


def _chosen(choice: Choice, expression: s.Expression, scope: Scope) -> object:
    """Return the object that a call or a word makes, else the value of the expression."""
    while isinstance(expression, s.Group):
        expression = expression.inner
    if isinstance(expression, s.Call) and expression.name.id in choice.made:
        return _made(choice, expression, scope)
    value = evaluate(expression, scope)
    if isinstance(value, Construction):
        return _made(choice, value.call, scope)
    if isinstance(value, Word) and value.id in choice.made:
        return bind_call(choice.made[value.id], [], scope, expression.span)
    return value


def _made(choice: Choice, call: s.Call, scope: Scope) -> Arguments:
    name = call.name
    if name.id in choice.made:
        return bind_call(choice.made[name.id], given_by(call.arguments), scope, call.span)
    from .hints.foreign_calls import unknown_call, without_arguments  # only imported for a file with a mistake

    if name.id in choice.words():
        raise LabError([without_arguments(name.id, call)])
    raise LabError(unknown_call(choice, call, lambda cls, given: bind_call(cls, given, scope, call.span)))
