"""Metrics of the model's scores."""

from math import nan
from typing import ClassVar

from ..schema.task_kind import TaskKind
from .metric import Metric


class Auc(Metric):
    """Area under the ROC curve.

    It is the probability that an image of class 1 has a higher score than an image of class 0; equal scores count as
    one half. With more than two classes it is the mean over the classes, one-vs-rest; for multi-label classification
    it is the mean over the labels. The mean leaves out a class or label without images, and one that every image has.

    Formula: `U / (n1 n0)`, where U is Mann and Whitney's statistic, and n1 and n0 are the numbers of images of the two
    classes.

    Source: Hanley and McNeil, "The meaning and use of the area under a receiver operating characteristic (ROC) curve"
    (1982).
    """

    tasks: ClassVar[frozenset[TaskKind]] = frozenset({TaskKind.CLASSIFICATION, TaskKind.MULTI_LABEL})
    undefined: ClassVar[float] = nan
