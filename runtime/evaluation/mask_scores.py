"""Compares predicted masks with true ones: numbers of pixels, and metrics of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...compiler.metrics import METRICS, Accuracy, RatioMetric
from ...compiler.metrics.confusion import Counts

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class MaskScores:
    """Numbers of pixels of several images. The arrays have the axes (image, class); `right` has the axis (image,)."""

    both: Integers
    """Pixels that have the class and are predicted to have it."""
    marked: Integers
    """Pixels that are predicted to have the class."""
    true: Integers
    """Pixels that have the class."""
    right: Integers
    """Pixels whose predicted classes are all right."""
    pixels: int
    """The number of pixels of an image."""

    @classmethod
    def of(cls, truth: NDArray[np.bool_], marked: NDArray[np.bool_]) -> "MaskScores":
        """Compare masks with the axes (image, …, class)."""
        axes = tuple(range(1, truth.ndim - 1))
        both, one, other = (np.count_nonzero(array, axis=axes) for array in (truth & marked, marked, truth))
        right = (truth == marked).all(axis=-1).reshape(len(truth), -1)
        return cls(both, one, other, np.count_nonzero(right, axis=1), int(np.prod(truth.shape[1:-1])))

    @classmethod
    def joined(cls, scores: Sequence["MaskScores"]) -> "MaskScores":
        """Return the scores of several batches as one."""
        both, marked, true, right = (
            np.concatenate([getattr(one, name) for one in scores]) for name in ("both", "marked", "true", "right")
        )
        return cls(both, marked, true, right, scores[0].pixels)

    def value(self, word: str) -> float:
        """Return the metric with this name over all pixels of all images; with several classes, their mean."""
        metric = METRICS[word]
        if metric is Accuracy:
            return float(self.right.sum() / (self.pixels * len(self.right)))
        assert issubclass(metric, RatioMetric), f"{word} is not for masks"
        return float(metric.per_class(self._counts().summed(), np).mean())

    def of_images(self, word: str) -> Floats:
        """Return the metric of each image and class (image, class)."""
        metric = METRICS[word]
        assert issubclass(metric, RatioMetric), f"{word} has no value for each class"
        return np.asarray(metric.per_class(self._counts(), np), np.float64)

    def _counts(self) -> Counts:
        return Counts.between(self.both, self.marked, self.true, self.pixels)
