"""Distinct values that a comparison gives to a `let`, with their source text."""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.formatting.inline import expression
from ...grammar.source import Source, Span
from ..expressions.evaluate import evaluate
from ..expressions.free_names import used_names
from ..expressions.lets import value_of
from ..expressions.scope import Scope
from ..expressions.values import UNKNOWN, Construction, Value, kind, show
from .points import Change, Point


@dataclass(frozen=True)
class SweepValue:
    """A value for a `let`: its source text and its expression. Two with one `identity` are the same value."""

    name: s.Name
    text: str
    value: s.Expression
    identity: Hashable

    @property
    def point(self) -> Point:
        """The experiment with this value."""
        return Point(f"{self.name.id} = {self.text}", (Change(self.name, self.value),))


@dataclass(frozen=True)
class SweepValues:
    """Reads the values that a comparison gives to a `let`; `varied` has every name that it varies."""

    lets: Mapping[str, s.Let]
    values: Scope
    varied: Collection[str]

    def written(self, name: s.Name, items: Iterable[s.Expression]) -> Iterator[SweepValue]:
        """Values that are written out one by one, each in its own spelling."""
        for item in items:
            yield SweepValue(name, expression(item), item, self._identity(item))

    def listed(self, name: s.Name, value: s.Expression) -> list[SweepValue]:
        """The values of a list, written out or computed.

        Raises:
            LabError: where this is no list, or another one at each point; with no diagnostic if that follows from a
                mistake reported before.
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
        """By its value where that is the same at every point and can be had, else by its words."""
        if not self._dependency(item):
            try:
                return identity(value_of(item, self.values))
            except LabError:
                pass  # reported when the point is compiled
        return "as written", expression(item)

    def _dependency(self, node: s.Node) -> str | None:
        """A varied name that the value comes from, also by way of other `let`s."""
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
    """Values that an earlier one is equal to, each place once."""
    seen: set[Hashable] = set()
    reported: set[Span] = set()
    for one in values:
        if one.identity in seen and one.value.span not in reported:
            reported.add(one.value.span)
            yield one
        seen.add(one.identity)


def identity(value: Value) -> Hashable:
    """The same for the same value: 8 and 8.0 are, 1 and true are not."""
    if isinstance(value, list | tuple):
        return (type(value).__name__, *map(identity, value))
    if isinstance(value, Construction):
        return "call", expression(value.call)
    return ("truth", value) if isinstance(value, bool) else value


def setting_identity(value: s.Expression | s.Settings, scope: Scope) -> Hashable:
    """The same for two values of a setting that read the same in the scope."""
    if isinstance(value, s.Settings):
        given = [entry for entry in value.entries if isinstance(entry, s.Setting)]
        return frozenset((one.key.id, setting_identity(one.value, scope)) for one in given)
    try:
        return identity(evaluate(value, scope))
    except LabError:
        return "as written", expression(value)  # reported when the point is compiled


def _item(value: s.Expression, index: int) -> s.Expression:
    """The item of a list as an expression, which stands where the list does."""
    whole = value if isinstance(value, s.Name | s.Call | s.Group) else s.Group(value.span, value)
    digits = str(index)
    number = s.Number(Source("an index", digits).span(0, len(digits)), index, "")
    return s.Index(value.span, whole, number)


def no_list(name: s.Name, value: s.Expression | s.Settings, items: Value = None) -> Diagnostic:
    """What is said where a sweep is given something else; `items` is what it evaluates to."""
    found = ", but is empty" if items == [] else "" if items is None else f", but is {kind(items)}"
    message = f"`{name.id}` in `sweep` must be a list of values{found}"
    listed = "[first, second]"
    if isinstance(value, s.Sequence) and value.items:
        listed = f"[{', '.join(map(expression, value.items))}]"
    elif isinstance(items, tuple):
        listed = show(list(items))
    return Diagnostic(Code.WRONG_TYPE, message, value.span, help=f"write `{name.id} = {listed}`")
