"""`keras.Name(…)`: a step that is a layer of Keras, its arguments as Keras names them."""

from typing import Any

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.diagnostics.reporter import Reporter
from ...grammar.diagnostics.suggest import nearest
from ..expressions.evaluate import evaluate
from ..expressions.scope import Scope
from ..expressions.values import Angle, Construction, Unknown, Value, Word, kind
from ..frameworks import install_help, keras_framework
from ..layers import MERGES, PlainValue
from ..layers.keras_classes import layer_word
from ..layers.keras_layer import PREFIX, KerasLayer, ask, keras_layer_class
from ..schema.call_arguments import Given, Signature, assign, given_by


def foreign_layer(step: s.Layer, scope: Scope) -> KerasLayer:
    """The layer of a step `keras.Name(…)`, which Keras has agreed to make.

    Raises:
        LabError: if Keras has no such layer, if it cannot be a step, and for arguments that Keras does not take.
    """
    name = step.name.id.removeprefix(PREFIX)
    taken = _taken(name, step)
    own = Reporter()
    parameters: list[str] = taken["parameters"]
    given = assign(Signature(step.name.id, parameters, len(parameters)), given_by(step.arguments), own)
    own.report(*(_missing(one, step) for one in taken["required"] if one not in given))
    values = _values(given, scope, own)
    if own.diagnostics or len(values) < len(given):
        raise LabError(own.diagnostics)
    answer = ask(name, values)
    if "error" in answer:
        raise LabError([_refused(answer["error"], given, step)])
    layer = keras_layer_class(name)(arguments=values)
    layer._places.update({key: one.value.span for key, one in given.items()}, **{"": step.span})
    return layer


def _taken(name: str, step: s.Layer) -> dict[str, Any]:
    """What a layer of Keras takes."""
    if keras_framework() is None:
        message = f"only Keras can check `{step.name.id}`, and Keras or its framework is not installed"
        raise LabError([Diagnostic(Code.NO_BACKEND, message, step.name.span, help=install_help())])
    answer = ask(name)
    if "classes" in answer:
        match = nearest(name.rpartition(".")[2], answer["classes"])
        help = f"did you mean `{PREFIX}{match}`?" if match else None
        raise LabError([Diagnostic(Code.UNKNOWN_LAYER, f"Keras has no layer `{name}`", step.name.span, help=help)])
    if "unfit" in answer:
        message = f"`{step.name.id}` cannot be a step: it {answer['unfit']}"
        raise LabError([Diagnostic(Code.KERAS_CLASS, message, step.name.span, help=_instead(name))])
    if "error" in answer:
        raise LabError([Diagnostic(Code.KERAS_REFUSES, answer["error"], step.name.span)])
    return answer


_INSTEAD = {"InputLayer": "write `input(128x128x1)`", "Normalization": "`scale = standard` in `data` does this"}


def _instead(name: str) -> str | None:
    word = layer_word(name)
    return f"name a tensor with `as skip`, then write `{word}(skip)`" if word in MERGES else _INSTEAD.get(name)


def _missing(parameter: str, step: s.Layer) -> Diagnostic:
    return Diagnostic(Code.MISSING, f"`{step.name.id}` needs `{parameter}`", step.span)


def _values(given: dict[str, Given], scope: Scope, reporter: Reporter) -> dict[str, PlainValue]:
    """The arguments as Python's own values; those that have none are reported and left out."""
    values: dict[str, PlainValue] = {}
    for name, one in given.items():
        assert not isinstance(one.value, s.Settings)
        with reporter.catch():
            value = evaluate(one.value, scope)
            try:
                values |= {} if isinstance(value, Unknown) else {name: _plain(value)}
            except _NotPlain as error:
                message = f"`{name}`: Keras takes numbers, texts, words, tuples and lists of them, and this is {error}"
                reporter.report(Diagnostic(Code.WRONG_TYPE, message, one.value.span))
    return values


class _NotPlain(Exception):
    """A value that Keras has no equivalent of."""


def _plain(value: Value) -> PlainValue:
    """A value as Python has it; a word is a text."""
    match value:
        case list():
            return [_plain(item) for item in value]
        case tuple():
            return tuple(_plain(item) for item in value)
        case Word():
            return value.id
        case bool() | int() | str() | None:
            return value
        case float():
            return float(value)
        case Angle() | Construction():
            raise _NotPlain(kind(value))
    raise _NotPlain("unknown")


def _refused(reason: str, given: dict[str, Given], step: s.Layer) -> Diagnostic:
    """What Keras says, at the argument that it names, or at the only one."""
    named = [one.value.span for name, one in given.items() if f"`{name}`" in reason or f"{name}=" in reason]
    named = named or [one.value.span for one in given.values()]
    return Diagnostic(Code.KERAS_REFUSES, reason, named[0] if len(named) == 1 else step.span)
