"""The metrics in `history.csv`: Keras metrics that are updated after each batch, one file for each kind of task."""

from collections.abc import Sequence

import keras

from ..tasks import Classification, MultiLabel, Regression, Segmentation, Task
from .class_metrics import class_metric
from .label_metrics import label_metric
from .mask_metrics import MaskMetric
from .number_metrics import ErrorMetric

__all__ = ["make_metrics"]


def make_metrics(words: Sequence[str], task: Task) -> list[keras.metrics.Metric]:
    """Return the Keras metrics with the given names."""
    match task:
        case Classification():
            return [class_metric(word, task) for word in words]
        case MultiLabel():
            return [label_metric(word, task) for word in words]
        case Regression():
            return [ErrorMetric(word) for word in words]
        case Segmentation():
            return [MaskMetric(word, task) for word in words]
        case other:
            raise AssertionError(f"{other!r} is no task")
