"""`Metric`: what a metric measures, and in which cases it is undefined."""

from typing import Any, ClassVar

from ..schema.task_kind import TaskKind

Tensor = Any  # a NumPy array, or a tensor of the backend behind `keras.ops`; the compiler imports neither
ArrayModule = Any  # `numpy` or `keras.ops`


class Metric:
    """One metric of the language. A subclass's docstring is its entry in the reference."""

    larger_is_better: ClassVar[bool] = True
    lowest: ClassVar[float] = 0.0
    highest: ClassVar[float] = 1.0
    tasks: ClassVar[frozenset[TaskKind]]
    """The tasks that the metric is for."""
    undefined: ClassVar[float] = 0.0
    """The value of the metric if the metric is undefined."""

    @classmethod
    def word(cls) -> str:
        """Return the word of the metric in the language."""
        return cls.__name__.lower()


class ConfusionMetric(Metric):
    """A metric that follows from the confusion matrix alone."""

    tasks: ClassVar[frozenset[TaskKind]] = frozenset(TaskKind) - {TaskKind.REGRESSION}

    @classmethod
    def of(cls, confusion: Tensor, xp: ArrayModule) -> Tensor:
        """Return the metric of a confusion matrix.

        Input: `confusion`, counts with the axes (truth, prediction); `xp`, `numpy` for an array, `keras.ops` for a
        tensor of floats.
        Output: a number without axes.
        """
        raise NotImplementedError


def divide(numerator: Tensor, denominator: Tensor, undefined: float, xp: ArrayModule) -> Tensor:
    """Divide element by element; the result is `undefined` where the denominator is 0."""
    positive = denominator > 0
    return xp.where(positive, numerator / xp.where(positive, denominator, 1), undefined)
