"""The metrics of regression in `history.csv`."""

import keras
from keras import ops

from ....compiler.metrics import METRICS, ErrorSums, NumberMetric
from ..tasks.task import Tensor


class ErrorMetric(keras.metrics.Metric):  # type: ignore[misc]
    """A metric of all numbers since the last reset.

    The sum of the squared distances to the mean is joined batch by batch. Source: Chan, Golub and LeVeque, "Updating
    formulae and a pairwise algorithm for computing sample variances" (1979).
    """

    def __init__(self, word: str) -> None:
        """Create the metric with the given name, without images."""
        super().__init__(name=word)
        metric = METRICS[word]
        assert issubclass(metric, NumberMetric), "otherwise `check_task` reports it"
        self.metric = metric
        self.images, self.mean, self.absolute, self.squared, self.spread = (
            self.add_weight(shape=(), initializer="zeros", name=name)
            for name in ("images", "mean", "absolute", "squared", "spread")
        )

    def update_state(self, y_true: Tensor, y_pred: Tensor, sample_weight: Tensor = None) -> None:
        """Add the images of a batch: numbers and outputs (image, 1)."""
        del sample_weight
        truth, prediction = (ops.cast(ops.reshape(one, (-1,)), "float32") for one in (y_true, y_pred))
        errors, count, mean = prediction - truth, ops.cast(ops.shape(truth)[0], "float32"), ops.mean(truth)
        total, apart = self.images + count, mean - self.mean
        within = ops.sum(ops.square(truth - mean))
        self.spread.assign_add(within + ops.square(apart) * self.images * count / total)
        self.mean.assign_add(apart * count / total)
        self.absolute.assign_add(ops.sum(ops.abs(errors)))
        self.squared.assign_add(ops.sum(ops.square(errors)))
        self.images.assign_add(count)

    def result(self) -> Tensor:
        """Return the value of the metric for all images since the last reset."""
        images = ops.maximum(self.images, 1)
        sums = ErrorSums(images, *(ops.convert_to_tensor(one) for one in (self.absolute, self.squared, self.spread)))
        return self.metric.of(sums, ops)
