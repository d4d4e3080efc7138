"""The metrics of the history, as Keras metrics that are updated batch by batch."""

from typing import Any

import keras
from keras import ops

from ...compiler.metrics import METRICS, Auc, ConfusionMetric
from .task import Task


class ConfusionMatrixMetric(keras.metrics.Metric):  # type: ignore[misc]
    """A metric of the confusion matrix over all batches since the last reset.

    Labels and outputs come as (image, unit), encoded for the loss.
    """

    def __init__(self, metric: type[ConfusionMetric], task: Task) -> None:
        """Start with an empty matrix."""
        super().__init__(name=metric.word())
        self.task, self.metric = task, metric
        self.matrix = self.add_weight(shape=(task.classes, task.classes), initializer="zeros", name="matrix")

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        """Count a batch."""
        del sample_weight
        truth = ops.one_hot(self.task.classes_of(y_true), self.task.classes)
        prediction = ops.one_hot(self.task.classes_of(y_pred), self.task.classes)
        counts = ops.matmul(ops.transpose(truth), prediction)
        self.matrix.assign_add(ops.cast(counts, self.matrix.dtype))

    def result(self) -> Any:
        """The metric of the images counted so far."""
        return self.metric.of(ops.convert_to_tensor(self.matrix), ops)


class EstimatedAuc(keras.metrics.AUC):  # type: ignore[misc]
    """Keras's estimate of the area under the ROC curve from 200 thresholds, for the history only."""

    def __init__(self, task: Task) -> None:
        """Average over the classes, each against the rest, if there are several units."""
        several = task.units > 1
        super().__init__(name=Auc.word(), multi_label=several, num_labels=task.units if several else None)
        self.signed = task.loss.is_signed()

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        """Count a batch; signed outputs are mapped between 0 and 1, which keeps their order."""
        if self.signed:
            y_true, y_pred = (y_true + 1) / 2, ops.sigmoid(y_pred)
        super().update_state(y_true, ops.clip(y_pred, 0, 1), sample_weight)


def make_metrics(words: list[str], task: Task) -> list[keras.metrics.Metric]:
    """The Keras metrics of these words."""
    return [_make(word, task) for word in words]


def _make(word: str, task: Task) -> keras.metrics.Metric:
    metric = METRICS[word]
    return ConfusionMatrixMetric(metric, task) if issubclass(metric, ConfusionMetric) else EstimatedAuc(task)
