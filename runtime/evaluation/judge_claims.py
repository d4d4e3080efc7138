"""Decides the claims of the section `expect` with the measured values."""

from collections.abc import Mapping, Sequence

from ...compiler.expectations.claim import Claim
from ...compiler.expectations.read_claims import counts_of
from ...compiler.model.graph import Graph
from ..runs.run_metrics import ClaimResult

_PREFIXES = {"train": "", "validation": "val_", "test": "test_"}


def judge_claims(
    claims: Sequence[Claim], graph: Graph, figures: Mapping[str, Mapping[str, float]]
) -> tuple[ClaimResult, ...]:
    """Return for each claim whether it holds, and the values in it.

    Input: `figures`, the loss and the metrics of each part with the best weights, by the name of the part.
    """
    values: dict[str, float] = dict(counts_of(graph))
    for part, measured in figures.items():
        values |= {_PREFIXES[part] + name: value for name, value in measured.items()}
    return tuple(
        ClaimResult(
            claim=claim.label, holds=claim.holds(values), figures={name: values[name] for name in claim.figures}
        )
        for claim in claims
    )
