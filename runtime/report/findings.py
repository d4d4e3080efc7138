"""The findings of a finished run, as plain data.

`collect_findings.py` derives the findings from a run; `prose.py` writes them as sentences.
"""

from dataclasses import dataclass
from typing import Literal

from .label_findings import LabelQuality
from .mask_findings import MaskQuality
from .number_findings import NumberQuality
from .trend import Improving, Overfitting


@dataclass(frozen=True)
class KeptEpoch:
    """The best epoch, whose weights were kept."""

    epoch: int
    trained: int
    """The number of trained epochs."""
    planned: int
    """The number of epochs in the setting `epochs`."""
    monitor: str
    """The monitored value that defines the best epoch, written as in the file, for example `min(val_loss)`."""
    value: float
    """The monitored value in the best epoch."""
    final: float
    """The monitored value in the last epoch."""


@dataclass(frozen=True)
class Accuracy:
    """The accuracy of the best weights on one part, and that of always predicting the part's most frequent class."""

    part: str
    correct: int
    total: int
    interval: tuple[float, float]
    """95% interval of the share of correct predictions (Wilson)."""
    majority: str
    """The most frequent class among these images."""
    baseline: float
    """The share of the images that belong to the most frequent class."""
    constant: str | None = None
    """The predicted class, if all images are predicted as the same class; otherwise None."""

    @property
    def verdict(self) -> Literal["better", "worse", "no difference"]:
        """Whether the interval is above the baseline, below it, or includes it."""
        low, high = self.interval
        return "better" if low > self.baseline else "worse" if high < self.baseline else "no difference"


@dataclass(frozen=True)
class Gap:
    """The loss or a metric on the training images and on the validation images, with the best weights."""

    measure: str
    train: float
    validation: float
    interval: tuple[float, float] | None
    """95% interval of the difference (Newcombe); None if the value is not a share of images."""

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
    """Two classes that are confused with each other, and how often in one part."""

    classes: tuple[str, str]
    counts: tuple[int, int]
    """The number of images of the first class predicted as the second, and of the second predicted as the first."""
    totals: tuple[int, int]
    """The number of images of each of the two classes."""
    is_significant: bool
    """In a run with two classes: whether one class is missed significantly more often than the other class. In a run
    with more classes: whether this pair is confused significantly more often than every other pair."""


@dataclass(frozen=True)
class LevelReached:
    """The first epochs whose accuracy or Dice index is at least `level`; None if there is none."""

    level: float
    train: int | None
    validation: int | None


@dataclass(frozen=True)
class Findings:
    """All findings of one run."""

    classes: tuple[str, ...]
    quick: bool
    diverged: int | None
    """The first epoch with a loss that is not a finite number; None if there is no such epoch."""
    best: KeptEpoch
    accuracy: Accuracy | None
    """The accuracy on the test part, or on the validation part without a test part; None for other tasks."""
    labels: LabelQuality | None
    """How well labels are found in the same part; None for other tasks than multi-label classification."""
    numbers: NumberQuality | None
    """How well numbers are predicted in the same part; None for other tasks than regression."""
    masks: MaskQuality | None
    """How well masks are predicted in the same part; None for other tasks than segmentation."""
    gaps: tuple[Gap, ...]
    overfitting: Overfitting
    improving: Improving
    """Whether the validation loss was still improving."""
    training_improving: Improving
    confused: tuple[ConfusedPair, ...]
    """The confused pairs in the same part as `accuracy`, the most frequent pair first."""
    errors: int
    """The number of all wrong predictions in the same part."""
    reached: tuple[LevelReached, ...]
    missing: tuple[tuple[str, str], ...]
    """A tuple (part, class) for each class that has no images in a part."""
