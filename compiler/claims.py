"""`expect`: claims, of which those about the model alone are decided by checking."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..grammar import syntax as s
from ..grammar.codes import Code
from ..grammar.diagnostic import Diagnostic, LabError
from ..grammar.inline import expression
from ..grammar.suggest import did_you_mean
from .evaluate import truth
from .graph import Graph
from .meaning import Meaning
from .scope import Scope
from .usage import used_names

COUNTS = ("params", "trainable", "frozen")


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


def read_claims(expect: s.Expect | None, meaning: Meaning, found: list[Diagnostic]) -> tuple[Claim, ...]:
    """The claims of a file.

    A claim is about the number of weights (COUNTS), decided here, or also about figures that training measures: those
    of the history (`val_accuracy`) and those of the test images (`test_auc`). A claim that does not hold, or speaks of
    anything else, goes to `found`.
    """
    claims = []
    for entry in expect.entries if expect else ():
        if isinstance(entry, s.Claim):
            try:
                claims.append(_read(entry, meaning))
            except LabError as error:
                found.extend(error.diagnostics)
    return tuple(claims)


def _read(entry: s.Claim, meaning: Meaning) -> Claim:
    lets, graph = meaning.lets, meaning.graph
    measured = _figures(meaning)
    names = [name for name in dict.fromkeys(used_names(entry.condition)) if lets.find(name) is None]
    unknown = [name for name in names if name not in COUNTS and name not in measured]
    if unknown:
        message = f"`{unknown[0]}` is neither a count of weights nor measured in this experiment"
        help = did_you_mean(unknown[0], [*measured, *COUNTS])
        raise LabError([Diagnostic(Code.MONITOR, message, entry.condition.span, help=help)])
    label = entry.label.value if entry.label else expression(entry.condition)
    claim = Claim(label, entry.condition, tuple(name for name in names if name in measured), lets)
    if graph and not claim.figures:
        counts = counts_of(graph)
        if not claim.holds(counts):
            notes = tuple(f"{name} = {counts[name]:_}" for name in names)
            message = f'the claim "{claim.label}" does not hold'
            raise LabError([Diagnostic(Code.CLAIM_FAILS, message, entry.condition.span, notes=notes)])
    return claim


def counts_of(graph: Graph) -> dict[str, int]:
    """The value of each of COUNTS."""
    return dict(zip(COUNTS, (graph.parameters, graph.trainable, graph.frozen), strict=True))


def _figures(meaning: Meaning) -> list[str]:
    """What training measures; on test images only where the split has some."""
    if meaning.train is None:
        return []
    tested = meaning.data is not None and meaning.data.split.test
    test = [f"test_{name}" for name in ("loss", *meaning.train.metrics)] if tested else []
    return [*meaning.train.figures, *test]
