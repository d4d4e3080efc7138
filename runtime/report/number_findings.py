"""How well a regression predicts the numbers, as plain data. The sentences are in `number_prose.py`."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ..runs.record import RunRecord
from .mean_interval import Interval, mean_interval


@dataclass(frozen=True)
class NumberQuality:
    """How well the best weights predict the numbers of the images of one part.

    The intervals are 95% bootstrap intervals of means over the images; None with too few images.
    """

    part: str
    images: int
    unit: str
    """The unit of the numbers; empty if it is not given."""
    error: float
    """The mean absolute error."""
    interval: Interval | None
    baseline: float
    """The mean absolute error of always predicting the median of the same images, the best constant for it."""
    gain: Interval | None
    """Of the mean difference between the baseline's and the model's absolute error of the same image."""
    bias: float
    """The mean of prediction minus truth."""
    bias_interval: Interval | None
    worst: tuple[str, float, float]
    """The image with the largest error, its number, and its prediction."""

    @property
    def verdict(self) -> Literal["better", "worse", "no difference"]:
        """Whether the error is smaller than the baseline's, larger, or neither."""
        if self.gain is None or self.gain[0] <= 0 <= self.gain[1]:
            return "no difference"
        return "better" if self.gain[0] > 0 else "worse"


def judge_numbers(record: RunRecord) -> NumberQuality | None:
    """Return how well the numbers of the test images are predicted, or without a test part of the validation images.

    None if the task is not regression.
    """
    if record.numbers is None:
        return None
    shown = record.numbers.main_part()
    if not len(shown):
        return None
    errors = shown.prediction - shown.truth
    constant = np.abs(shown.truth - np.median(shown.truth))
    worst = int(np.abs(errors).argmax())
    return NumberQuality(
        part=shown.part[0],
        images=len(shown),
        unit=record.info.unit,
        error=float(np.abs(errors).mean()),
        interval=mean_interval(np.abs(errors)),
        baseline=float(constant.mean()),
        gain=mean_interval(constant - np.abs(errors)),
        bias=float(errors.mean()),
        bias_interval=mean_interval(errors),
        worst=(shown.file[worst], float(shown.truth[worst]), float(shown.prediction[worst])),
    )
