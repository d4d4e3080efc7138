"""The result of cross-validation: the run of each fold, and the mean of each figure."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import fmean, stdev

from ...compiler.experiment import Experiment
from ...grammar.diagnostics.lab_error import LabError
from ..evaluation.judge_claims import judge_claims
from ..runs.run_info import FoldInfo
from ..runs.run_metrics import ClaimResult
from .run_result import Run


@dataclass(frozen=True)
class FoldResult:
    """One fold: its run, or the error for which it has none."""

    fold: FoldInfo
    folder: Path
    run: Run | None
    error: LabError | None = None


@dataclass(frozen=True)
class Spread:
    """The mean of a figure over the finished folds, and its standard deviation between them (n - 1 in the divisor).

    Both are nan if the figure is undefined in a fold; the deviation also with less than two finished folds.
    """

    mean: float
    deviation: float


@dataclass(frozen=True)
class CrossValidation:
    """The result of `labc.cross_validate`: one run for each fold.

    Two folds share most of their training images, so the deviation between folds is less than that of trainings on
    independent images (Bengio and Grandvalet, 2004, "No unbiased estimator of the variance of k-fold
    cross-validation").
    """

    experiment: Experiment
    folds: tuple[FoldResult, ...]

    @property
    def runs(self) -> tuple[Run, ...]:
        """The finished runs, in the order of the folds."""
        return tuple(fold.run for fold in self.folds if fold.run)

    @property
    def failed(self) -> dict[int, LabError]:
        """The error of each fold that has no finished run, by the number of the fold."""
        return {fold.fold.number: fold.error for fold in self.folds if fold.error}

    @cached_property
    def spread(self) -> Mapping[str, Mapping[str, Spread]]:
        """The mean and the deviation of each figure: by the name of the part, then by the name of the figure.

        Each figure is measured with the best weights of its fold. An empty dictionary if no fold is finished.
        """
        measured = [run.record.metrics.parts for run in self.runs]
        return {
            part: {name: _spread([one[part][name] for one in measured]) for name in figures}
            for part, figures in (measured[0] if measured else {}).items()
        }

    def mean(self, figure: str, part: str = "validation") -> float:
        """Return the mean of a figure over the finished folds, for example of `accuracy`; nan if it is undefined.

        Raises:
            KeyError: if there is no such figure or part.
        """
        return self.spread[part][figure].mean

    @property
    def claims(self) -> tuple[ClaimResult, ...]:
        """Whether each claim of `expect` holds for the means over all folds; empty if a fold has failed."""
        if self.failed:
            return ()
        means = {part: {name: one.mean for name, one in figures.items()} for part, figures in self.spread.items()}
        return judge_claims(self.experiment.claims, self.experiment.graph, means)


def _spread(values: list[float | None]) -> Spread:
    defined = [value for value in values if value is not None]
    if len(defined) < len(values):
        return Spread(math.nan, math.nan)
    return Spread(fmean(defined), stdev(defined) if len(defined) > 1 else math.nan)
