"""The metrics of the language: a class each, a file for each family, and the one list of them all."""

from .confusion import F1, Accuracy, Precision, Recall, Specificity
from .metric import ConfusionMetric, Metric
from .overlap import Dice, Iou
from .ranking import Auc

ALL: tuple[type[Metric], ...] = (Accuracy, Auc, Precision, Recall, Specificity, F1, Dice, Iou)
METRICS: dict[str, type[Metric]] = {metric.word(): metric for metric in ALL}

__all__ = ["ALL", "METRICS", "Auc", "ConfusionMetric", "Metric"]
