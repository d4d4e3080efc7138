"""The values of a file's `let`s."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, LabError
from ..analysis.vocabulary import VALUE_WORDS
from ..files.declarations import Declarations
from .evaluate import evaluate, known
from .free_names import used_names
from .scope import Scope
from .values import UNKNOWN, Unbound, Value, Word, is_number, kind, show


def evaluate_lets(declared: Declarations, defaults: Mapping[str, s.Expression], found: list[Diagnostic]) -> Scope:
    """Every `let` of a file, in any order: an extending file may put one in the place of one that others use.

    `defaults` holds, for each `let` with an override, the value that the file itself gives. What has no value is
    unknown from there on, and mentioned in `found` once.
    """
    own: dict[str, Value] = {}
    if defaults:  # kinds are those of the file as it stands, whatever else is replaced
        lets = {name: let.replace(value=defaults.get(name, let.value)) for name, let in declared.lets.items()}
        own = _Evaluation(lets, {}, Scope(dict.fromkeys(declared.broken, UNKNOWN)), []).all().values
    kinds = {name: own[name] for name in defaults}
    return _Evaluation(declared.lets, kinds, Scope(dict.fromkeys(declared.broken, UNKNOWN)), found).all()


@dataclass
class _Evaluation:
    lets: Mapping[str, s.Let]
    kinds: Mapping[str, Value]
    """A value of the kind that a `let` must have, where it is replaced."""
    scope: Scope
    found: list[Diagnostic]
    begun: list[str] = field(default_factory=list)

    def all(self) -> Scope:
        """The scope with the value of every `let`."""
        for name in self.lets:
            self.evaluate(name)
        return self.scope

    def evaluate(self, name: str) -> None:
        """Put the value of a `let` into the scope, and before it those of the `let`s it uses."""
        if name in self.scope.values:
            return
        let = self.lets[name]
        try:
            if name in self.begun:
                chain = " -> ".join([*self.begun[self.begun.index(name) :], name])
                message = f"the value of `{name}` uses itself: {chain}"
                raise LabError([Diagnostic(Code.RECURSION, message, let.name.span)])
            self.begun.append(name)
            for used in used_names(let.value):
                if used in self.lets:
                    self.evaluate(used)
            self.begun.pop()
            if name in self.scope.values:  # found to use itself, and reported
                return
            value = value_of(let.value, self.scope)
            if name in self.kinds:
                _check_kind(name, value, self.kinds[name], let.value)
        except LabError as error:
            self.found.extend(error.diagnostics)
            value = UNKNOWN
        self.scope.values.setdefault(name, value)


def value_of(expression: s.Expression, scope: Scope) -> Value:
    """A value, or a word of the language standing for itself.

    Raises:
        LabError: as `evaluate`, and for a name or function that does not exist.
    """
    value = evaluate(expression, scope)
    word = value.id if isinstance(value, Word) else value.call.name.id if isinstance(value, Unbound) else None
    if word is None or word in VALUE_WORDS:
        return value
    return known(expression, scope)


def other_kind(name: str, value: Value, default: Value, place: s.Expression) -> Diagnostic:
    """What is said where a value cannot take the place of a `let`'s own."""
    message = f"`{name}` is {kind(default)} in the file, and {kind(value)} here"
    whole = type(default) is int and isinstance(value, float)
    help = f"if `{name}` may be a fraction, write `let {name} = {show(float(default))}` in the file" if whole else None
    return Diagnostic(Code.BAD_OVERRIDE, message, place.span, help=help)


def _check_kind(name: str, value: Value, default: Value, place: s.Expression) -> None:
    if value is UNKNOWN or default is UNKNOWN or default is None or _sort(value) == _sort(default):
        return
    if _sort(default) == "number" and is_number(value):
        return
    raise LabError([other_kind(name, value, default, place)])


def _sort(value: Value) -> str:
    """Kinds that may replace each other: a whole number is not replaced by a fraction, but the reverse is fine."""
    if isinstance(value, float):
        return "number"
    return "word" if isinstance(value, Word | Unbound) else type(value).__name__
