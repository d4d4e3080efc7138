"""The metrics of classification in `history.csv`: Keras metrics that are updated after each batch."""

from typing import Any

import keras
from keras import ops

from ....compiler.metrics import METRICS, Auc, ConfusionMetric
from ..tasks import Classification


class ConfusionMatrixMetric(keras.metrics.Metric):  # type: ignore[misc]
    """A metric that is computed from the confusion matrix of all batches since the last reset.

    Labels and outputs have the axes (image, unit) and are encoded for the loss.
    """

    def __init__(self, metric: type[ConfusionMetric], task: Classification) -> None:
        """Create the metric with an empty confusion matrix."""
        super().__init__(name=metric.word())
        self.task, self.metric = task, metric
        self.matrix = self.add_weight(shape=(task.classes, task.classes), initializer="zeros", name="matrix")

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        """Add the images of a batch to the confusion matrix."""
        del sample_weight
        truth = ops.one_hot(self.task.classes_of(y_true), self.task.classes)
        prediction = ops.one_hot(self.task.classes_of(y_pred), self.task.classes)
        counts = ops.matmul(ops.transpose(truth), prediction)
        self.matrix.assign_add(ops.cast(counts, self.matrix.dtype))

    def result(self) -> Any:
        """Return the value of the metric for all images since the last reset."""
        return self.metric.of(ops.convert_to_tensor(self.matrix), ops)


class EstimatedAuc(keras.metrics.AUC):  # type: ignore[misc]
    """The area under the ROC curve as Keras estimates it from 200 thresholds. Only `history.csv` contains it."""

    def __init__(self, task: Classification) -> None:
        """Create the metric. If the model has several output units, it is the mean of the one-vs-rest areas."""
        several = task.units > 1
        super().__init__(name=Auc.word(), multi_label=several, num_labels=task.units if several else None)
        self.signed = task.loss.is_signed()

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        """Add the images of a batch. Signed outputs are mapped to values between 0 and 1, which keeps their order."""
        if self.signed:
            y_true, y_pred = (y_true + 1) / 2, ops.sigmoid(y_pred)
        y_true = ops.round(y_true)  # a label that is blended by mixup counts as the class with the larger share
        super().update_state(y_true, ops.clip(y_pred, 0, 1), sample_weight)


def class_metric(word: str, task: Classification) -> keras.metrics.Metric:
    """Return the Keras metric with the given name."""
    metric = METRICS[word]
    return ConfusionMatrixMetric(metric, task) if issubclass(metric, ConfusionMetric) else EstimatedAuc(task)
