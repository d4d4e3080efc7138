"""Decides the claims of `expect` with the measured figures."""

from collections.abc import Mapping, Sequence

from ...compiler.expectations.claim import Claim
from ...compiler.expectations.read_claims import counts_of
from ...compiler.model.graph import Graph
from ..runs.run_metrics import ClaimResult

_PREFIXES = {"train": "", "validation": "val_", "test": "test_"}


def judge_claims(
    claims: Sequence[Claim], graph: Graph, figures: Mapping[str, Mapping[str, float]]
) -> tuple[ClaimResult, ...]:
    """Whether each claim holds, with the figures in it.

    Input: `figures`, those of each part with the best epoch's weights, by the name of the part.
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
