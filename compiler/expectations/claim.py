"""One claim of `expect`, and whether it can hold at all, before anything is measured."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ..expressions.evaluate import truth
from ..expressions.free_names import used_names
from ..expressions.scope import Scope
from ..expressions.values import is_number
from ..sections.train.train import METRICS

_STAND_INS = (0.5, 0.02, 0.98)  # for figures: a claim may look at one side of an `and` only for some
_STEPS = 1_000  # of the grid from 0 to 1


@dataclass(frozen=True)
class Claim:
    """One claim; `figures` are the measured figures that it speaks of, none if checking has decided it."""

    label: str
    condition: s.Expression
    figures: tuple[str, ...]
    lets: Scope

    def holds(self, values: Mapping[str, float]) -> bool:
        """Whether it holds, with a value for each of its figures and each of COUNTS."""
        return truth(self.condition, Scope(dict(values), self.lets))


def check_condition(claim: Claim, counts: Mapping[str, float]) -> None:
    """Evaluate with values that figures may have; what fails only for some of them is left to the measured ones.

    Raises:
        LabError: where it cannot be evaluated, or is neither true nor false.
    """
    failed = []
    for start in _STAND_INS:
        figures = {figure: start + index / 1_000 for index, figure in enumerate(claim.figures)}
        try:
            claim.holds({**counts, **figures})
        except LabError as error:
            failed.append(error)
    of_kind = [error for error in failed if not any(one.code is Code.BAD_EXPRESSION for one in error.diagnostics)]
    if of_kind or len(failed) == len(_STAND_INS):
        raise (of_kind or failed)[0]


def check_possible(claim: Claim, counts: Mapping[str, float]) -> None:
    """Where a claim speaks of one figure that lies from 0 to 1, look for a value that it holds for.

    Raises:
        LabError: where there is none.
    """
    figure = claim.figures[0]
    share = figure.removeprefix("val_").removeprefix("test_") in METRICS
    if len(claim.figures) > 1 or not share or "==" in _signs(claim.condition):  # a grid may miss a single value
        return
    numbers = set(_numbers(claim))
    if any(_holds(claim, {**counts, figure: value}) for value in _values(numbers)):
        return
    named = [name for name in dict.fromkeys(used_names(claim.condition)) if name in counts]
    percent = None if named else min((number for number in numbers if 1 < number <= 100), default=None)
    help = f"figures are shares: write `{percent:g}%` or `{percent / 100:g}`" if percent else None
    message = f"no `{figure}` makes this true: it lies from 0 to 1"
    notes = tuple(f"{name} = {counts[name]:_}" for name in named)
    raise LabError([Diagnostic(Code.CLAIM_FAILS, message, claim.condition.span, help=help, notes=notes)])


def _holds(claim: Claim, values: Mapping[str, float]) -> bool:
    try:
        return claim.holds(values)
    except LabError:
        return False  # a division by zero, for this value


def _values(numbers: set[float]) -> Iterator[float]:
    """From 0 to 1: both ends, a grid with the claim's own numbers, and a value between each two of them."""
    yield from (1.0, 0.0)
    grid = sorted({step / _STEPS for step in range(_STEPS + 1)} | {one for one in numbers if 0 <= one <= 1})
    yield from grid
    yield from ((low + high) / 2 for low, high in pairwise(grid))


def _numbers(claim: Claim) -> Iterator[float]:
    """The numbers that stand in a claim, and those of its `let`s."""
    for node in _nodes(claim.condition):
        if isinstance(node, s.Number):
            yield node.value / 100 if node.unit == "%" else node.value
    lets = claim.lets.values
    values = (lets.get(name) for name in used_names(claim.condition))
    yield from (value for value in values if is_number(value))


def _signs(condition: s.Expression) -> set[str]:
    comparisons = [node for node in _nodes(condition) if isinstance(node, s.Comparison)]
    return {sign for node in comparisons for sign, _ in node.rest}


def _nodes(value: object) -> Iterator[s.Node]:
    """A node and all below it."""
    if isinstance(value, s.Node):
        yield value
        for _, inner in value.fields():
            yield from _nodes(inner)
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)
