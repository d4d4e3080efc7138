"""The metrics of the language: one class each, one file for each family, and the list of all metrics."""

from .confusion import F1, Accuracy, Precision, RatioMetric, Recall, Specificity
from .metric import ConfusionMetric, Metric
from .numbers import R2, ErrorSums, Mae, NumberMetric, Rmse
from .overlap import Dice, Iou
from .ranking import Auc

ALL: tuple[type[Metric], ...] = (Accuracy, Auc, Precision, Recall, Specificity, F1, Dice, Iou, Mae, Rmse, R2)
METRICS: dict[str, type[Metric]] = {metric.word(): metric for metric in ALL}

__all__ = [
    "ALL", "METRICS", "Accuracy", "Auc", "ConfusionMetric", "ErrorSums", "Metric", "NumberMetric", "RatioMetric",
]  # fmt: skip
