"""The values that a comparison lists for a `let`, with their source text."""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.edit import Edit
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.formatting.inline import expression
from ...grammar.source import Source, Span
from ...grammar.value_class import value_class
from ..expressions.evaluate import evaluate
from ..expressions.free_names import used_names
from ..expressions.lets import value_of
from ..expressions.scope import Scope
from ..expressions.values import UNKNOWN, Construction, Value, kind, show
from .points import Change, Point

_REPEATS = {"seed", "seeds", "run", "runs", "repeat", "repetitions", "replicates", "trials", "repeats"}


@value_class
class SweepValue:
    """A value of a `let` in a comparison. Two equal values have the same `identity`, however they are written."""

    name: s.Name
    text: str
    value: s.Expression
    identity: Hashable

    @property
    def point(self) -> Point:
        """Return the point with this value."""
        return Point(f"{self.name.id} = {self.text}", (Change(self.name, self.value),))


@value_class
class SweepValues:
    """Read the values that a comparison lists for a `let`. `varied` are all names that the comparison varies."""

    lets: Mapping[str, s.Let]
    values: Scope
    varied: Collection[str]

    def written(self, name: s.Name, items: Iterable[s.Expression]) -> Iterator[SweepValue]:
        """Yield the values of expressions in the file; the source text of each value is its own expression."""
        for item in items:
            yield SweepValue(name, expression(item), item, self._identity(item))

    def listed(self, name: s.Name, value: s.Expression) -> list[SweepValue]:
        """Return the values of a list that is written out, or the result of an expression.

        Raises:
            LabError: if the value is not a list, is an empty list, or depends on a name that is varied. The error has
                no diagnostics if the value is unknown because of a mistake that is already reported.
        """
        if isinstance(value, s.Sequence) and value.brackets == "[]" and value.items:
            return list(self.written(name, value.items))
        items = value_of(value, self.values)
        if items is UNKNOWN:
            raise LabError([])
        if not isinstance(items, list) or not items:
            raise LabError([no_list(name, value, items)])
        if dependency := self._dependency(value):
            what = f"`{dependency}` itself" if dependency == name.id else f"`{dependency}`, which is varied too"
            message = f"the values of `{name.id}` depend on {what}"
            help = f"list the values themselves: `{name.id} = {show(items)}`"
            raise LabError([Diagnostic(Code.WRONG_TYPE, message, value.span, help=help)])
        return [SweepValue(name, show(item), _item(value, index), identity(item)) for index, item in enumerate(items)]

    def _identity(self, item: s.Expression) -> Hashable:
        """Return the value's identity; if the value differs between points or has an error, that of its source text."""
        if not self._dependency(item):
            try:
                return identity(value_of(item, self.values))
            except LabError:
                pass  # reported when the point is compiled
        return "as written", expression(item)

    def _dependency(self, node: s.Node) -> str | None:
        """Return a varied name that the value uses, directly or through other `let`s; None if there is none."""
        waiting, seen = list(used_names(node)), set[str]()
        while waiting:
            name = waiting.pop()
            if name in self.varied:
                return name
            if name in self.lets and name not in seen:
                seen.add(name)
                waiting.extend(used_names(self.lets[name].value))
        return None


def repeated_values(values: Iterable[SweepValue]) -> Iterator[SweepValue]:
    """Yield the values that are equal to an earlier value, at most one for each location."""
    seen: set[Hashable] = set()
    reported: set[Span] = set()
    for one in values:
        if one.identity in seen and one.value.span not in reported:
            reported.add(one.value.span)
            yield one
        seen.add(one.identity)


def identity(value: Value) -> Hashable:
    """Return a key that is equal for equal values: 8 and 8.0 are equal, but 1 and true are not."""
    if isinstance(value, list | tuple):
        return (type(value).__name__, *map(identity, value))
    if isinstance(value, Construction):
        return "call", expression(value.call)
    return ("truth", value) if isinstance(value, bool) else value


def setting_identity(value: s.Expression | s.Settings, scope: Scope) -> Hashable:
    """Return a key that is equal for two expressions of a setting with the same value in the scope."""
    if isinstance(value, s.Settings):
        given = [entry for entry in value.entries if isinstance(entry, s.Setting)]
        return frozenset((one.key.id, setting_identity(one.value, scope)) for one in given)
    try:
        return identity(evaluate(value, scope))
    except LabError:
        return "as written", expression(value)  # reported when the point is compiled


def _item(value: s.Expression, index: int) -> s.Expression:
    """Return an expression for one item of a list, with the location of the list."""
    whole = value if isinstance(value, s.Name | s.Call | s.Group) else s.Group(value.span, value)
    digits = str(index)
    number = s.Number(Source("an index", digits).span(0, len(digits)), index, "")
    return s.Index(value.span, whole, number)


def is_repeats(name: str) -> bool:
    """Check whether a name in `sweep` probably means the repeats of a training with several seeds."""
    return name.strip("_").casefold().removeprefix("n_").removeprefix("num_") in _REPEATS


def no_list(name: s.Name, value: s.Expression | s.Settings, items: Value = None) -> Diagnostic:
    """Return the diagnostic for a value in `sweep` that is not a list; `items` is the value of the expression."""
    found = ", but is empty" if items == [] else "" if items is None else f", but is {kind(items)}"
    message = f"`{name.id}` in `sweep` must be a list of values{found}"
    if type(items) is int and items > 0 and is_repeats(name.id):
        help = f"write `repeats = {items}` to train each combination {items} times"
        edits = (Edit(name.span, "repeats", safe=name.id != "seed"),)
        return Diagnostic(Code.WRONG_TYPE, message, value.span, help=help, edits=edits)
    listed = "[first, second]"
    if isinstance(value, s.Sequence) and value.items:
        listed = f"[{', '.join(map(expression, value.items))}]"
    elif isinstance(items, tuple):
        listed = show(list(items))
    return Diagnostic(Code.WRONG_TYPE, message, value.span, help=f"write `{name.id} = {listed}`")
