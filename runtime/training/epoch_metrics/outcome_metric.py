"""The base class of metrics that follow from the outcomes of decisions about several classes or labels."""

import keras
from keras import ops

from ....compiler.metrics import RatioMetric
from ....compiler.metrics.confusion import Counts
from ..tasks.task import Tensor


class OutcomeMetric(keras.metrics.Metric):  # type: ignore[misc]
    """Adds up the outcomes for each class since the last reset.

    Each outcome is added up on its own: a difference of sums may be above 0 where nothing is left.
    """

    def __init__(self, word: str, classes: int) -> None:
        """Create the metric with the given name, without images."""
        super().__init__(name=word)
        self.outcomes = [
            self.add_weight(shape=(classes,), initializer="zeros", name=name)
            for name in ("true_positives", "false_positives", "false_negatives", "true_negatives")
        ]

    def add_outcomes(self, truth: Tensor, found: Tensor) -> None:
        """Add the images of a batch: 0 or 1 (image, …, class). Pixels of an image count as shares of the image."""
        pixels = tuple(range(1, len(truth.shape) - 1))
        outcomes = (truth * found, (1 - truth) * found, truth * (1 - found), (1 - truth) * (1 - found))
        for weight, values in zip(self.outcomes, outcomes, strict=True):
            weight.assign_add(ops.sum(ops.mean(values, axis=pixels) if pixels else values, axis=0))

    def mean_of(self, metric: type[RatioMetric]) -> Tensor:
        """Return the mean of a metric over the classes, for all images since the last reset."""
        counts = Counts(*(ops.convert_to_tensor(weight) for weight in self.outcomes))
        return ops.mean(metric.per_class(counts, ops))
