"""Segmentation metrics."""

from typing import ClassVar

from ..schema.task_kind import TaskKind
from .confusion import Counts, RatioMetric
from .metric import Tensor


class Dice(RatioMetric):
    """Dice index of two masks: twice their overlap divided by the sum of their sizes.

    Formula: `2 TP / (2 TP + FP + FN)`, where the counts are numbers of pixels. The metric is the mean over the classes.

    Source: Dice, "Measures of the amount of ecologic association between species" (1945).
    """

    tasks: ClassVar[frozenset[TaskKind]] = frozenset({TaskKind.SEGMENTATION})
    undefined: ClassVar[float] = 1.0

    @staticmethod
    def ratio(counts: Counts) -> tuple[Tensor, Tensor]:
        twice = 2 * counts.true_positives
        return twice, twice + counts.false_positives + counts.false_negatives


class Iou(RatioMetric):
    """Jaccard index of two masks (intersection over union): their overlap divided by their union.

    Formula: `TP / (TP + FP + FN)`, where the counts are numbers of pixels. The metric is the mean over the classes.

    Source: Jaccard, "The distribution of the flora in the alpine zone" (1912).
    """

    tasks: ClassVar[frozenset[TaskKind]] = frozenset({TaskKind.SEGMENTATION})
    undefined: ClassVar[float] = 1.0

    @staticmethod
    def ratio(counts: Counts) -> tuple[Tensor, Tensor]:
        return counts.true_positives, counts.true_positives + counts.false_positives + counts.false_negatives
