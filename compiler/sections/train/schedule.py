"""Learning rate schedules."""

import math
from typing import Annotated, ClassVar

from pydantic import AfterValidator

from ....grammar.diagnostics.codes import Code
from ...schema.arguments import Arguments
from ...schema.choice import NumberOr
from ...schema.field_types import Fraction, NonNegativeInt, PositiveFloat, PositiveInt
from ...schema.refusal import refuse


class Schedule(Arguments):
    """One schedule of the language: a learning rate for every epoch."""

    lr: PositiveFloat

    def rate(self, epoch: int, epochs: int) -> float:
        """The learning rate of epoch number `epoch`, counted from 0, of `epochs`."""
        raise NotImplementedError


class Cosine(Schedule):
    """From `lr` to 0 along half a period of a cosine. Loshchilov and Hutter (2017), without restarts.

    Arguments:
        lr: the highest learning rate.
        warmup: number of epochs at the start in which it rises linearly to `lr`, below `epochs`. Goyal et al. (2017).

    Example: `cosine(1e-3, warmup = 5)`
    """

    warmup: NonNegativeInt = 0

    def rate(self, epoch: int, epochs: int) -> float:
        if epoch < self.warmup:
            return self.lr * (epoch + 1) / (self.warmup + 1)
        return self.lr * (1 + math.cos(math.pi * (epoch - self.warmup) / (epochs - self.warmup))) / 2


def _rising(epochs: list[int]) -> list[int]:
    if not epochs or sorted(set(epochs)) != epochs:
        refuse(Code.OUT_OF_BOUNDS, "must have rising epochs", "as in `at = [50, 75]`")
    return epochs


class Step(Schedule):
    """`lr`, multiplied by `factor` after each of the listed epochs.

    Arguments:
        lr: the learning rate at the start.
        at: the epochs after which it changes, in rising order, each below `epochs`.
        factor: what it is multiplied by.

    Example: `step(1e-3, at = [50, 75], factor = 0.1)`
    """

    at: Annotated[list[PositiveInt], AfterValidator(_rising)]
    factor: Fraction = 0.1

    def rate(self, epoch: int, epochs: int) -> float:
        del epochs
        return self.lr * self.factor ** sum(epoch >= done for done in self.at)


class Exponential(Schedule):
    """`lr`, multiplied by `factor` after every epoch.

    Arguments:
        lr: the learning rate of the first epoch.
        factor: what it is multiplied by.

    Example: `exponential(1e-3, factor = 0.95)`
    """

    positional: ClassVar[int] = 2

    factor: Fraction

    def rate(self, epoch: int, epochs: int) -> float:
        del epochs
        return self.lr * self.factor**epoch


SCHEDULES: tuple[type[Schedule], ...] = (Cosine, Step, Exponential)

LearningRate = Annotated[float | Schedule, NumberOr(SCHEDULES)]
