"""Evaluates the `let`s of a file."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.diagnostics.reporter import Reporter
from ...grammar.keywords import KEYWORDS
from ..files.declarations import Declarations
from .budget import LET, Budget
from .evaluate import evaluate, known
from .free_names import used_names
from .scope import Scope
from .types import can_replace
from .value_size import value_size
from .values import UNKNOWN, Construction, Unknown, Value, Word, kind, show

SHOWN = 10  # the number of `let`s of a cycle that a message names


def evaluate_lets(
    declared: Declarations,
    defaults: Mapping[str, s.Expression],
    vocabulary: Set[str],
    budget: Budget,
    reporter: Reporter,
) -> Scope:
    """Return the scope with the values of all `let`s of a file.

    A `let` may use a later `let`, because a file that extends another may replace a `let` that earlier `let`s use.
    `defaults` holds the file's own value of each `let` with an override. A `let` without a value is reported once, and
    its value is then unknown.
    """
    own: dict[str, Value] = {}
    if defaults:  # an override must have the type of the file's own value, evaluated without overrides
        lets = {name: replace(let, value=defaults.get(name, let.value)) for name, let in declared.lets.items()}
        own = _Evaluation(lets, {}, _scope(declared, vocabulary, budget), Reporter()).all().values
    replaced = {name: own[name] for name in defaults}
    return _Evaluation(declared.lets, replaced, _scope(declared, vocabulary, budget), reporter).all()


def _scope(declared: Declarations, vocabulary: Set[str], budget: Budget) -> Scope:
    """Return the outermost scope. A name whose declaration could not be read has an unknown value in it."""
    scope = Scope(dict.fromkeys(declared.broken.difference(KEYWORDS), UNKNOWN), vocabulary=vocabulary, budget=budget)
    scope.origins.update((name, (let.value, scope)) for name, let in declared.lets.items())
    return scope


@dataclass
class _Evaluation:
    lets: Mapping[str, s.Let]
    defaults: Mapping[str, Value]
    """The file's own value of each `let` with an override."""
    scope: Scope
    reporter: Reporter
    started: dict[str, Iterator[str]] = field(default_factory=dict)
    """The `let`s whose values wait for another `let`, in their order, with the `let`s that they use."""

    def all(self) -> Scope:
        """Evaluate every `let`, and return the scope with the values."""
        for name in self.lets:
            self.evaluate(name)
        return self.scope

    def evaluate(self, name: str) -> None:
        """Put the values of the `let`s that a `let` uses into the scope, and then its own value.

        This is a loop, not a recursion, because a chain of `let`s may be longer than Python's recursion limit.
        """
        self.start(name)
        while self.started:
            last = next(reversed(self.started))
            used = next(self.started[last], None)
            if used is None:
                del self.started[last]
                self.finish(last)
            elif used in self.started and used not in self.scope.values:
                self.report_cycle(used)
            else:
                self.start(used)

    def start(self, name: str) -> None:
        """Begin with a `let`, unless its value is known."""
        if name not in self.scope.values:
            self.started[name] = (used for used in used_names(self.lets[name].value) if used in self.lets)

    def finish(self, name: str) -> None:
        """Evaluate a `let` after the `let`s that it uses. A `let` that uses itself has an unknown value already."""
        if name in self.scope.values:
            return
        value: Value = UNKNOWN
        with self.reporter.catch():
            value = self.value(self.lets[name])
        self.scope.values[name] = value

    def value(self, let: s.Let) -> Value:
        """Evaluate a `let`. The values of the `let`s that it uses must be in the scope.

        Raises:
            LabError: if the `let` has no value.
        """
        name = let.name.id
        value = value_of(let.value, self.scope)
        if name in self.defaults:
            _check_replacement(name, value, self.defaults[name], let.value)
        return value

    def report_cycle(self, name: str) -> None:
        """Report a `let` that uses itself, with the `let`s through which it does. Its value is then unknown."""
        started = list(self.started)
        names = [*started[started.index(name) :], name]
        if len(names) > SHOWN:
            names[SHOWN // 2 : -SHOWN // 2] = ["…"]
        message = f"the value of `{name}` uses itself: {' -> '.join(names)}"
        self.reporter.report(Diagnostic(Code.RECURSION, message, self.lets[name].name.span))
        self.scope.values[name] = UNKNOWN


def value_of(expression: s.Expression, scope: Scope) -> Value:
    """Evaluate the value of a `let`, which may also be a word of the language such as `relu`.

    Raises:
        LabError: in the cases of `evaluate`, and for an unknown name or function.
    """
    value = evaluate(expression, scope)
    scope.budget.spend(LET + value_size(value), expression.span)
    word = value.id if isinstance(value, Word) else value.call.name.id if isinstance(value, Construction) else None
    if word is None or word in scope.vocabulary:
        return value
    return known(expression, scope)


def wrong_replacement(name: str, value: Value, default: Value, place: s.Expression) -> Diagnostic:
    """Return the diagnostic of a value whose type does not match the file's own value of the `let`."""
    message = f"`{name}` must be {kind(default)}, as in its `let`, but is {kind(value)}"
    help = None
    if isinstance(default, int) and not isinstance(default, bool) and isinstance(value, float):
        help = f"write `let {name} = {show(float(default))}` in the file to allow decimal numbers"
    return Diagnostic(Code.BAD_OVERRIDE, message, place.span, help=help)


def _check_replacement(name: str, value: Value, default: Value, place: s.Expression) -> None:
    if isinstance(value, Unknown) or isinstance(default, Unknown) or default is None:
        return
    if not can_replace(value, default):
        raise LabError([wrong_replacement(name, value, default, place)])
