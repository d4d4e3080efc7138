"""The values of a file's `let`s."""

from collections.abc import Mapping

from ..grammar import syntax as s
from ..grammar.codes import Code
from ..grammar.diagnostic import Diagnostic, LabError
from .declarations import Declarations
from .evaluate import evaluate, known
from .scope import Scope
from .values import UNKNOWN, Unbound, Value, Word, is_number, kind
from .vocabulary import VALUE_WORDS


def evaluate_lets(declared: Declarations, defaults: Mapping[str, s.Expression], found: list[Diagnostic]) -> Scope:
    """Every `let` in the order of the file; each may use those before it.

    `defaults` holds, for each `let` with an override, the value that the file itself gives. What has no value is
    unknown from there on, and mentioned in `found` once.
    """
    scope = Scope(dict.fromkeys(declared.broken, UNKNOWN))
    for name, let in declared.lets.items():
        try:
            value = _value(let.value, scope)
            if name in defaults:
                _check_kind(name, value, _value(defaults[name], scope), let.value)
        except LabError as error:
            found.extend(error.diagnostics)
            value = UNKNOWN
        scope.values[name] = value
    return scope


def _value(expression: s.Expression, scope: Scope) -> Value:
    """A value, or a word of the language standing for itself."""
    value = evaluate(expression, scope)
    word = value.id if isinstance(value, Word) else value.call.name.id if isinstance(value, Unbound) else None
    if word is None or word in VALUE_WORDS:
        return value
    return known(expression, Scope({**dict.fromkeys(VALUE_WORDS), **scope.values}))


def _check_kind(name: str, value: Value, default: Value, place: s.Expression) -> None:
    if default is UNKNOWN or default is None or _sort(value) == _sort(default):
        return
    if _sort(default) == "number" and is_number(value):
        return
    message = f"`{name}` is {kind(default)} in the file, and {kind(value)} here"
    raise LabError([Diagnostic(Code.BAD_OVERRIDE, message, place.span)])


def _sort(value: Value) -> str:
    """Kinds that may replace each other: a whole number is not replaced by a fraction, but the reverse is fine."""
    if isinstance(value, float):
        return "number"
    return "word" if isinstance(value, Word | Unbound) else type(value).__name__
