"""The findings of a finished run, as plain data.

`collect_findings.py` derives them from a run, `prose.py` puts them into sentences.
"""

from dataclasses import dataclass
from typing import Literal

from .trend import Improving, Overfitting


@dataclass(frozen=True)
class KeptEpoch:
    """The epoch whose weights were kept, the best one."""

    epoch: int
    trained: int
    """Epochs trained."""
    planned: int
    """Epochs asked for."""
    monitor: str
    """What "best" means, as it is written: `min(val_loss)`."""
    value: float
    """The monitored value in the best epoch."""
    final: float
    """The monitored value in the last epoch."""


@dataclass(frozen=True)
class Accuracy:
    """How often the best weights are right on one part, compared with always predicting its most frequent class."""

    part: str
    correct: int
    total: int
    interval: tuple[float, float]
    """95% interval of the share of correct predictions (Wilson)."""
    majority: str
    """The most frequent class among these images."""
    baseline: float
    """The share of images of that class."""
    constant: str | None = None
    """The predicted class, if it is the same for all images."""

    @property
    def verdict(self) -> Literal["better", "worse", "no difference"]:
        """Whether the interval is above the baseline, below it, or includes it."""
        low, high = self.interval
        return "better" if low > self.baseline else "worse" if high < self.baseline else "no difference"


@dataclass(frozen=True)
class Gap:
    """The same figure on the training and on the validation images, with the best weights."""

    measure: str
    train: float
    validation: float
    interval: tuple[float, float] | None
    """95% interval of the difference (Newcombe); None for a figure that is not a share of images."""

    @property
    def difference(self) -> float:
        """Train minus validation."""
        return self.train - self.validation

    @property
    def is_significant(self) -> bool:
        """Whether the interval excludes 0."""
        return self.interval is not None and (self.interval[0] > 0 or self.interval[1] < 0)


@dataclass(frozen=True)
class ConfusedPair:
    """Two classes that are confused with each other, counted over one part."""

    classes: tuple[str, str]
    counts: tuple[int, int]
    """Images of the first class predicted as the second, and of the second predicted as the first."""
    totals: tuple[int, int]
    """Images of each class."""
    is_significant: bool
    """With two classes: whether one is missed more often than the other. With more: whether this pair is confused
    more often than every other pair."""


@dataclass(frozen=True)
class LevelReached:
    """The first epochs with at least some accuracy; None where no epoch reached it."""

    level: float
    train: int | None
    validation: int | None


@dataclass(frozen=True)
class Findings:
    """All findings of one run."""

    classes: tuple[str, ...]
    quick: bool
    diverged: int | None
    """The first epoch with a loss that is not a finite number."""
    best: KeptEpoch
    accuracy: Accuracy | None
    """On the test part if there is one, else on the validation part; None without predictions of classes."""
    gaps: tuple[Gap, ...]
    overfitting: Overfitting
    improving: Improving
    """Of the validation loss."""
    training_improving: Improving
    confused: tuple[ConfusedPair, ...]
    """On the same part as `accuracy`, the most frequent pair first."""
    errors: int
    """All wrong predictions on that part."""
    reached: tuple[LevelReached, ...]
    missing: tuple[tuple[str, str], ...]
    """(part, class) for each class without images in a part."""
