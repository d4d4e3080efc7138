"""`keras.Name(…)`: a step that is a layer of Keras. Its arguments have the names that Keras gives them."""

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
from ..layers import MERGES
from ..layers.keras_classes import layer_word
from ..layers.keras_layer import PREFIX, KerasLayer, ask, keras_layer_class
from ..schema.call_arguments import Given, Signature, assign, given_by, meant_names


def foreign_layer(step: s.Layer, scope: Scope) -> KerasLayer:
    """Return the layer of a step `keras.Name(…)`. Keras itself checks the arguments.

    Raises:
        LabError: if Keras has no such layer, if the layer cannot be a step, or if Keras refuses the arguments.
    """
    name = step.name.id.removeprefix(PREFIX)
    taken = _taken(name, step, scope)
    own = Reporter()
    parameters: list[str] = taken["parameters"]
    required: list[str] = taken["required"]
    signature = Signature(step.name.id, parameters, len(parameters), required=required)
    arguments = given_by(step.arguments)
    given = assign(signature, arguments, own)
    missing = [one for one in required if one not in given.keys() | meant_names(signature, arguments, given)]
    own.report(*(_missing(one, step) for one in missing))
    values = _values(given, scope, own)
    if own.diagnostics or len(values) < len(given):
        raise LabError(own.diagnostics)
    answer = ask(name, values)
    if "error" in answer:
        raise LabError([_refused(answer["error"], given, step)])
    layer = keras_layer_class(name)(arguments=values)
    layer._places.update({key: one.value.span for key, one in given.items()}, **{"": step.span})
    return layer


def _taken(name: str, step: s.Layer, scope: Scope) -> dict[str, Any]:
    """Return the parameters of a Keras layer: `parameters` has all names, `required` those without a default.

    Raises:
        LabError: if Keras is not installed or has no such layer, or if the layer cannot be a step.
        LimitExceeded: if the budget is spent.
    """
    if keras_framework() is None:
        message = f"cannot check `{step.name.id}`: Keras or its framework is not installed"
        raise LabError([Diagnostic(Code.NO_BACKEND, message, step.name.span, help=install_help())])
    answer = ask(name)
    if "classes" in answer:
        scope.budget.spend(2 * len(answer["classes"]), step.name.span)
        match = nearest(name.rpartition(".")[2], answer["classes"])
        help = f"did you mean `{PREFIX}{match}`?" if match else None
        raise LabError([Diagnostic(Code.UNKNOWN_LAYER, f"Keras has no layer `{name}`", step.name.span, help=help)])
    if "unfit" in answer:
        message = f"`{step.name.id}` cannot be a step: it {answer['unfit']}"
        raise LabError([Diagnostic(Code.KERAS_CLASS, message, step.name.span, help=_instead(name))])
    if "error" in answer:
        raise LabError([Diagnostic(Code.KERAS_REFUSES, answer["error"], step.name.span)])
    return answer


_INSTEAD = {
    "InputLayer": "use the step `input`, for example `input(128x128x1)`",
    "Normalization": "set `scale = standard` in `data`",
}


def _instead(name: str) -> str | None:
    word = layer_word(name)
    return f"name a tensor with `as skip`, then write `{word}(skip)`" if word in MERGES else _INSTEAD.get(name)


def _missing(parameter: str, step: s.Layer) -> Diagnostic:
    return Diagnostic(Code.MISSING, f"missing argument `{parameter}` of `{step.name.id}`", step.span)


def _values(given: dict[str, Given], scope: Scope, reporter: Reporter) -> dict[str, Any]:
    """Return the arguments as plain Python values. Arguments without such a value are reported and left out."""
    values: dict[str, Any] = {}
    for name, one in given.items():
        assert not isinstance(one.value, s.Settings)
        with reporter.catch():
            value = evaluate(one.value, scope)
            try:
                values |= {} if isinstance(value, Unknown) else {name: _plain(value)}
            except _NotPlain as error:
                message = f"`{name}` must be a number, a string, a word, or a list of them, but is {error}"
                reporter.report(Diagnostic(Code.WRONG_TYPE, message, one.value.span))
    return values


class _NotPlain(Exception):
    """Raised for a value that Keras has no equivalent for."""


def _plain(value: Value) -> Any:
    """Return a value as a plain Python value. A word becomes a string."""
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
    """Return Keras's reason as a diagnostic. It underlines the argument that the reason names, or the only argument.

    If neither exists, the diagnostic underlines the whole step.
    """
    named = [one.value.span for name, one in given.items() if f"`{name}`" in reason or f"{name}=" in reason]
    named = named or [one.value.span for one in given.values()]
    return Diagnostic(Code.KERAS_REFUSES, reason, named[0] if len(named) == 1 else step.span)
