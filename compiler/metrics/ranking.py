"""Metrics of the scores."""

from math import nan
from typing import ClassVar

from .metric import Metric


class Auc(Metric):
    """Area under the ROC curve.

    It is the probability that an image of class 1 has a higher score than one of class 0, equal scores counting half.
    With more than two classes it is the mean over the classes, each against all others. A class that no image or every
    image belongs to is left out of that mean.

    Formula: `U / (n1 n0)`, U being Mann and Whitney's statistic and n1 and n0 the numbers of images of the two classes.

    Source: Hanley and McNeil, "The meaning and use of the area under a receiver operating characteristic (ROC) curve"
    (1982).
    """

    undefined: ClassVar[float] = nan
