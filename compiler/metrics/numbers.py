"""Regression metrics."""

from math import inf, nan
from typing import ClassVar

from ...grammar.value_class import value_class
from ..schema.task_kind import TaskKind
from .metric import ArrayModule, Metric, Tensor


@value_class(slots=True)
class ErrorSums:
    """Sums over images, from which all metrics of a regression follow. Each is a number without axes."""

    images: Tensor
    absolute: Tensor
    """The sum of |o - y|, where y is the number and o the output."""
    squared: Tensor
    """The sum of (o - y)^2."""
    spread: Tensor
    """The sum of (y - m)^2, where m is the mean of y."""

    @classmethod
    def of(cls, truth: Tensor, prediction: Tensor, xp: ArrayModule) -> "ErrorSums":
        """Return the sums of numbers and predictions (image,), of at least one image."""
        errors, centred = prediction - truth, truth - xp.mean(truth)
        return cls(truth.shape[0], xp.sum(xp.abs(errors)), xp.sum(errors * errors), xp.sum(centred * centred))


class NumberMetric(Metric):
    """A metric of numbers and their predictions."""

    tasks: ClassVar[frozenset[TaskKind]] = frozenset({TaskKind.REGRESSION})
    undefined: ClassVar[float] = nan

    @classmethod
    def of(cls, sums: ErrorSums, xp: ArrayModule) -> Tensor:
        """Return the metric of at least one image, a number without axes."""
        raise NotImplementedError


class Mae(NumberMetric):
    """Mean absolute error, in the unit of the target.

    Formula: the mean over images of `|y - o|`, where y is the number and o the output.
    """

    larger_is_better: ClassVar[bool] = False
    highest: ClassVar[float] = inf

    @classmethod
    def of(cls, sums: ErrorSums, xp: ArrayModule) -> Tensor:
        del xp
        return sums.absolute / sums.images


class Rmse(NumberMetric):
    """Root of the mean squared error, in the unit of the target. Large errors count more than in `mae`.

    Formula: the square root of the mean over images of `(y - o)^2`, where y is the number and o the output.
    """

    larger_is_better: ClassVar[bool] = False
    highest: ClassVar[float] = inf

    @classmethod
    def of(cls, sums: ErrorSums, xp: ArrayModule) -> Tensor:
        return xp.sqrt(sums.squared / sums.images)


class R2(NumberMetric):
    """Coefficient of determination: 1 for perfect predictions, 0 for always predicting the mean of the same images.

    It is negative for predictions that are worse than the mean, and undefined if all images have the same number.

    Formula: `1 - sum((y - o)^2) / sum((y - m)^2)`, where y is the number, o the output and m the mean of y.
    """

    lowest: ClassVar[float] = -inf

    @classmethod
    def of(cls, sums: ErrorSums, xp: ArrayModule) -> Tensor:
        varies = sums.spread > 0
        return xp.where(varies, 1 - sums.squared / xp.where(varies, sums.spread, 1), cls.undefined)
