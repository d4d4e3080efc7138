"""The metrics of segmentation in `history.csv`."""

import keras
from keras import ops

from ....compiler.metrics import METRICS, Accuracy, RatioMetric
from ....compiler.metrics.confusion import Counts
from ..tasks import Segmentation
from ..tasks.task import Tensor


class MaskMetric(keras.metrics.Metric):  # type: ignore[misc]
    """A metric of all pixels of all images since the last reset.

    It adds up shares of the pixels of an image instead of numbers of pixels, because a float32 cannot count beyond
    16 million.
    """

    def __init__(self, word: str, task: Segmentation) -> None:
        """Create the metric with the given name, without images."""
        super().__init__(name=word)
        self.metric, self.task = METRICS[word], task
        # Each outcome is added up on its own: a difference of sums may be above 0 where nothing is left.
        self.outcomes = [
            self.add_weight(shape=(len(task.scored),), initializer="zeros", name=name)
            for name in ("true_positives", "false_positives", "false_negatives", "true_negatives")
        ]
        self.right = self.add_weight(shape=(), initializer="zeros", name="right")
        self.images = self.add_weight(shape=(), initializer="zeros", name="images")

    def update_state(self, y_true: Tensor, y_pred: Tensor, sample_weight: Tensor = None) -> None:
        """Add the images of a batch: class numbers (image, …), outputs (image, …, unit)."""
        del sample_weight
        truth, marked = self.task.scored_channels_of(y_true), self.task.marked(y_pred)
        pixels = tuple(range(1, len(truth.shape) - 1))
        outcomes = (truth * marked, (1 - truth) * marked, truth * (1 - marked), (1 - truth) * (1 - marked))
        for weight, values in zip(self.outcomes, outcomes, strict=True):
            weight.assign_add(ops.sum(ops.mean(values, axis=pixels), axis=0))
        right = ops.cast(ops.all(truth == marked, axis=-1), "float32")
        self.right.assign_add(ops.sum(ops.mean(right, axis=pixels)))
        self.images.assign_add(ops.cast(ops.shape(truth)[0], "float32"))

    def result(self) -> Tensor:
        """Return the value of the metric for all images since the last reset."""
        if self.metric is Accuracy:
            return self.right / ops.maximum(self.images, 1)
        assert issubclass(self.metric, RatioMetric)
        counts = Counts(*(ops.convert_to_tensor(weight) for weight in self.outcomes))
        return ops.mean(self.metric.per_class(counts, ops))
