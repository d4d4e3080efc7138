"""The metrics of multi-label classification in `history.csv`."""

import keras
from keras import ops

from ....compiler.metrics import METRICS, Auc, RatioMetric
from ..tasks import MultiLabel
from ..tasks.task import Tensor
from .outcome_metric import OutcomeMetric


class LabelMetric(OutcomeMetric):
    """A metric of the decisions about each label since the last reset, the mean over the labels."""

    def __init__(self, metric: type[RatioMetric], task: MultiLabel) -> None:
        """Create the metric without images."""
        super().__init__(metric.word(), task.units)
        self.metric, self.task = metric, task

    def update_state(self, y_true: Tensor, y_pred: Tensor, sample_weight: Tensor = None) -> None:
        """Add the images of a batch: labels and outputs (image, label). A blended label counts as the larger share."""
        del sample_weight
        self.add_outcomes(ops.cast(y_true >= 0.5, "float32"), ops.cast(self.task.predict(y_pred), "float32"))

    def result(self) -> Tensor:
        """Return the value of the metric for all images since the last reset."""
        return self.mean_of(self.metric)


class LabelAuc(keras.metrics.AUC):  # type: ignore[misc]
    """The mean of the labels' areas under the ROC curve, estimated from 200 thresholds.

    It leaves out a label that all images have, or none. Only `history.csv` contains it.
    """

    def __init__(self, task: MultiLabel) -> None:
        """Create the metric without images."""
        super().__init__(name=Auc.word(), multi_label=True, num_labels=task.units)

    def update_state(self, y_true: Tensor, y_pred: Tensor, sample_weight: Tensor = None) -> None:
        """Add the images of a batch: labels and outputs (image, label)."""
        super().update_state(ops.cast(y_true >= 0.5, "float32"), ops.clip(y_pred, 0, 1), sample_weight)

    def result(self) -> Tensor:
        """Return the mean of the areas that are defined; nan if there is none."""
        with_label = self.true_positives + self.false_negatives  # (threshold, label); each row has the same sum
        without = self.false_positives + self.true_negatives
        hits = self.true_positives / ops.maximum(with_label, 1)
        alarms = self.false_positives / ops.maximum(without, 1)
        areas = ops.sum((alarms[:-1] - alarms[1:]) * (hits[:-1] + hits[1:]) / 2, axis=0)
        defined = ops.cast((with_label[0] > 0) & (without[0] > 0), areas.dtype)
        return ops.sum(areas * defined) / ops.sum(defined)  # 0 / 0 is nan


def label_metric(word: str, task: MultiLabel) -> keras.metrics.Metric:
    """Return the Keras metric with the given name."""
    metric = METRICS[word]
    if metric is Auc:
        return LabelAuc(task)
    assert issubclass(metric, RatioMetric), "otherwise `check_task` reports it"
    return LabelMetric(metric, task)
