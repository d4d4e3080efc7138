"""The metrics of the history: the same definitions as in `scores`, gathered batch by batch inside Keras."""

from typing import Any

import keras
from keras import ops

from ..evaluation import metrics as scores
from .task import Task


class ConfusionMetric(keras.metrics.Metric):  # type: ignore[misc]
    """A score of the confusion matrix of all batches since the last reset.

    Labels and outputs come as (image, unit), as the loss has them.
    """

    def __init__(self, name: str, task: Task) -> None:
        """Make the metric whose name is that of a function in `scores`."""
        super().__init__(name=name)
        self.task = task
        self.score = getattr(scores, name)
        self.matrix = self.add_weight(shape=(task.classes, task.classes), initializer="zeros", name="matrix")

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        """Count a batch."""
        del sample_weight
        truth = ops.one_hot(self.task.classes_of(y_true), self.task.classes)
        prediction = ops.one_hot(self.task.classes_of(y_pred), self.task.classes)
        counts = ops.matmul(ops.transpose(truth), prediction)
        self.matrix.assign_add(ops.cast(counts, self.matrix.dtype))

    def result(self) -> Any:
        """The score of what has been counted."""
        return self.score(ops.convert_to_tensor(self.matrix), xp=ops)


class Auc(keras.metrics.AUC):  # type: ignore[misc]
    """Keras's area under the ROC curve, from 200 thresholds: an estimate, for the history only."""

    def __init__(self, task: Task) -> None:
        """Make the metric; more than two classes are averaged, each against the rest."""
        super().__init__(name="auc", multi_label=task.units > 1, num_labels=task.units if task.units > 1 else None)
        self.signed = task.signed

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        """Count a batch; scores around 0 are brought between 0 and 1, which keeps their order."""
        if self.signed:
            y_true, y_pred = (y_true + 1) / 2, ops.sigmoid(y_pred)
        super().update_state(y_true, ops.clip(y_pred, 0, 1), sample_weight)


def make_metrics(names: list[str], task: Task) -> list[keras.metrics.Metric]:
    """The Keras metrics of these names."""
    return [Auc(task) if name == "auc" else ConfusionMetric(name, task) for name in names]
