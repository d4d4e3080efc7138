"""One claim of `expect` (a condition that should be true), and checks of it before training."""

from collections.abc import Iterator, Mapping
from itertools import pairwise, product

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.diagnostics.suggest import listing
from ...grammar.value_class import value_class
from ..expressions.evaluate import truth
from ..expressions.free_names import used_names
from ..expressions.scope import Scope
from ..expressions.values import Value, is_number
from ..metrics import METRICS
from .intervals import ANY_NUMBER, Interval, Ranges

_SAMPLES = (0.5, 0.02, 0.98)  # values of metrics: the right side of an `and` may be evaluated for some of them only


@value_class
class Claim:
    """One claim. `figures` are the metrics that its condition names, empty if it names only numbers of weights."""

    label: str
    condition: s.Expression
    figures: tuple[str, ...]
    lets: Scope

    def holds(self, values: Mapping[str, float]) -> bool:
        """Return True if the claim is true. `values` has the value of each of its metrics and of each of COUNTS."""
        return truth(self.condition, self.scope(values))

    def scope(self, values: Mapping[str, float]) -> Scope:
        """Return the scope of the condition, with the given values for some of its names."""
        return Scope(dict[str, Value](values), self.lets)


def check_condition(claim: Claim, counts: Mapping[str, float]) -> None:
    """Evaluate the claim with some possible values of its metrics.

    An operation without a result for some of these values, such as a division by zero, is not reported: the measured
    values decide.

    Raises:
        LabError: if the claim cannot be evaluated, or its value is neither true nor false.
    """
    failed = []
    for start in _SAMPLES:
        figures = {figure: start + index / 1_000 for index, figure in enumerate(claim.figures)}
        try:
            claim.holds({**counts, **figures})
        except LabError as error:
            failed.append(error)
    of_kind = [error for error in failed if not any(one.code is Code.BAD_EXPRESSION for one in error.diagnostics)]
    if of_kind or len(failed) == len(_SAMPLES):
        raise (of_kind or failed)[0]


def check_possible(claim: Claim, counts: Mapping[str, float]) -> None:
    """Check that some values of the metrics make the claim true. A metric is from 0 to 1, a loss any number.

    Raises:
        LabError: if no values make the claim true.
    """
    scope = claim.scope(counts)
    pieces = [_pieces(claim, figure) for figure in claim.figures]
    if len(pieces) > 1:  # there would be too many combinations of the intervals of several metrics
        pieces = [[Interval(ranges[0].low, ranges[-1].high)] for ranges in pieces]
    for ranges in product(*pieces):
        figures = dict(zip(claim.figures, ranges, strict=True))
        if True in Ranges(figures, scope).truths(claim.condition):
            return
    raise LabError([_impossible(claim, counts)])


def _pieces(claim: Claim, figure: str) -> list[Interval]:
    """Return the range of a metric, divided at the numbers in the claim.

    In each interval, a comparison of the metric with one of these numbers has only one result.
    """
    if figure.removeprefix("val_").removeprefix("test_") not in METRICS:
        return [ANY_NUMBER]
    cuts = sorted({0.0, 1.0, *(number for number in _numbers(claim) if 0 < number < 1)})
    return [Interval(low, high) for low, high in pairwise(cuts)]


def _impossible(claim: Claim, counts: Mapping[str, float]) -> Diagnostic:
    named = [name for name in dict.fromkeys(used_names(claim.condition)) if name in counts]
    percent = None if named else min((number for number in _numbers(claim) if 1 < number <= 100), default=None)
    help = f"write `{percent:g}%` or `{percent / 100:g}`" if percent else None
    message = f"no value of {listing(claim.figures)} makes this claim true: metrics are from 0 to 1"
    notes = tuple(f"{name} = {counts[name]:_}" for name in named)
    return Diagnostic(Code.CLAIM_FAILS, message, claim.condition.span, help=help, notes=notes)


def _numbers(claim: Claim) -> Iterator[float]:
    """Yield the numbers in a claim, and the values of the `let`s that it names if they are numbers."""
    for node in _nodes(claim.condition):
        if isinstance(node, s.Number):
            yield node.value / 100 if node.unit == "%" else node.value
    values = (claim.lets.values.get(name) for name in used_names(claim.condition))
    yield from (value for value in values if is_number(value))


def _nodes(value: object) -> Iterator[s.Node]:
    """Yield a node and all nodes below it."""
    if isinstance(value, s.Node):
        yield value
        for _, inner in value.fields():
            yield from _nodes(inner)
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)
