"""The claims of `expect` against what was measured."""

from collections.abc import Mapping
from typing import Any

from ...compiler.expectations.read_claims import counts_of
from ...compiler.experiment import Experiment

_PARTS = {"train": "", "validation": "val_", "test": "test_"}


def judge_claims(experiment: Experiment, metrics: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each claim with its verdict and the figures it rests on, all with the best epoch's weights.

    Input: `metrics`, the figures of each part, as in `metrics.json`.
    """
    values: dict[str, float] = dict(counts_of(experiment.graph))
    for part, prefix in _PARTS.items():
        values |= {prefix + name: value for name, value in metrics.get(part, {}).items()}
    return [
        {
            "claim": claim.label,
            "holds": claim.holds(values),
            "figures": {name: values[name] for name in claim.figures},
        }
        for claim in experiment.claims
    ]
