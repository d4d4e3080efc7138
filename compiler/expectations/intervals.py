"""Interval arithmetic over conditions: find out if a condition can be true or false while metrics vary in their ranges.

The result may contain a truth value that is impossible, but never lacks a possible one. Moore, "Interval Analysis"
(1966).
"""

from collections.abc import Mapping
from math import inf, isnan

from ...grammar import syntax as s
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.value_class import value_class
from ..expressions.evaluate import known
from ..expressions.free_names import used_names
from ..expressions.scope import Scope
from ..expressions.values import is_number


@value_class
class Interval:
    """All numbers from `low` to `high`, both included."""

    low: float
    high: float


ANY_NUMBER = Interval(-inf, inf)
EITHER = frozenset({True, False})


@value_class
class Ranges:
    """The range of every metric, and the scope that gives all other names their values."""

    figures: Mapping[str, Interval]
    scope: Scope

    def truths(self, node: s.Expression) -> frozenset[bool]:
        """Return the truth values that a condition can have."""
        match node:
            case s.Group():
                return self.truths(node.inner)
            case s.Unary(operator="not"):
                return frozenset(not truth for truth in self.truths(node.operand))
            case s.Binary(operator="and" | "or"):
                combine = all if node.operator == "and" else any
                left, right = self.truths(node.left), self.truths(node.right)
                return frozenset(combine((one, other)) for one in left for other in right)
            case s.Comparison():
                return self._comparison(node)
            case s.Conditional():
                options = {True: node.then, False: node.otherwise}
                chosen = (self.truths(options[truth]) for truth in self.truths(node.test))
                return frozenset[bool]().union(*chosen)
        return self._known_truth(node)

    def _comparison(self, node: s.Comparison) -> frozenset[bool]:
        result = frozenset({True})
        left = self.numbers(node.first)
        for sign, expression in node.rest:
            right = self.numbers(expression)
            truths = _compared(sign, left, right)
            result = frozenset(one and other for one in result for other in truths)
            left = right
        return result

    def _known_truth(self, node: s.Expression) -> frozenset[bool]:
        """Return the truth values of a condition that is no comparison: of a name, a constant or a call."""
        if self._varies(node):
            return EITHER
        try:
            value = known(node, self.scope)
        except LabError:
            return EITHER
        return frozenset({value}) if isinstance(value, bool) else EITHER

    def numbers(self, node: s.Expression) -> Interval:
        """Return an interval that contains all numbers that an expression can have as its value."""
        if not self._varies(node):
            return self._constant(node)
        match node:
            case s.Name():
                return self.figures[node.id]
            case s.Group():
                return self.numbers(node.inner)
            case s.Unary(operator="-"):
                inner = self.numbers(node.operand)
                return Interval(-inner.high, -inner.low)
            case s.Unary(operator="+"):
                return self.numbers(node.operand)
            case s.Binary():
                return _computed(node.operator, self.numbers(node.left), self.numbers(node.right))
            case s.Conditional():
                one, other = self.numbers(node.then), self.numbers(node.otherwise)
                return Interval(min(one.low, other.low), max(one.high, other.high))
        return ANY_NUMBER

    def _varies(self, node: s.Expression) -> bool:
        return any(name in self.figures for name in used_names(node))

    def _constant(self, node: s.Expression) -> Interval:
        try:
            value = known(node, self.scope)
        except LabError:
            return ANY_NUMBER
        return Interval(value, value) if is_number(value) else ANY_NUMBER


def _compared(sign: str, left: Interval, right: Interval) -> frozenset[bool]:
    """Return the truth values that the comparison `left sign right` can have."""
    match sign:
        case "<":
            can, must = left.low < right.high, left.high < right.low
        case "<=":
            can, must = left.low <= right.high, left.high <= right.low
        case ">":
            return _compared("<", right, left)
        case ">=":
            return _compared("<=", right, left)
        case "==":
            can = left.low <= right.high and right.low <= left.high
            must = left.low == left.high == right.low == right.high
        case _:  # !=
            return frozenset(not truth for truth in _compared("==", left, right))
    return frozenset(truth for truth, possible in ((True, can), (False, not must)) if possible)


def _computed(operator: str, left: Interval, right: Interval) -> Interval:
    """Return an interval that contains all results of `left operator right`."""
    ends = [(one, other) for one in (left.low, left.high) for other in (right.low, right.high)]
    match operator:
        case "+":
            return Interval(left.low + right.low, left.high + right.high)
        case "-":
            return Interval(left.low - right.high, left.high - right.low)
        case "*":
            return _around([one * other for one, other in ends])
        case "/" if not right.low <= 0 <= right.high:
            return _around([one / other for one, other in ends])
    return ANY_NUMBER


def _around(results: list[float]) -> Interval:
    """Return the smallest interval that contains the results; all numbers if a result is NaN, as 0 * infinity is."""
    return ANY_NUMBER if any(map(isnan, results)) else Interval(min(results), max(results))
