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
    """A learning rate schedule: the learning rate of every epoch."""

    lr: PositiveFloat

    def rate(self, epoch: int, epochs: int) -> float:
        """Return the learning rate of one epoch. `epoch` counts from 0, `epochs` is the number of all epochs."""
        raise NotImplementedError


class Cosine(Schedule):
    """Lowers the learning rate from `lr` to 0 along half a cosine. Loshchilov and Hutter (2017), without restarts.

    Arguments:
        lr: the highest learning rate.
        warmup: number of epochs at the start in which the learning rate rises linearly to `lr`. It must be below
            `epochs`. Goyal et al. (2017).

    Example: `cosine(1e-3, warmup = 5)`
    """

    warmup: NonNegativeInt = 0

    def rate(self, epoch: int, epochs: int) -> float:
        if epoch < self.warmup:
            return self.lr * (epoch + 1) / (self.warmup + 1)
        return self.lr * (1 + math.cos(math.pi * (epoch - self.warmup) / (epochs - self.warmup))) / 2


def _rising(epochs: list[int]) -> list[int]:
    if not epochs or sorted(set(epochs)) != epochs:
        message = f"must be epochs in increasing order, but is {epochs}"
        refuse(Code.OUT_OF_BOUNDS, message, "for example `at = [50, 75]`")
    return epochs


class Step(Schedule):
    """Multiplies the learning rate by `factor` after each of the listed epochs.

    Arguments:
        lr: the learning rate at the start.
        at: the epochs after which the learning rate changes, in increasing order. Each must be below `epochs`.
        factor: factor by which the learning rate is multiplied.

    Example: `step(1e-3, at = [50, 75], factor = 0.1)`
    """

    at: Annotated[list[PositiveInt], AfterValidator(_rising)]
    factor: Fraction = 0.1

    def rate(self, epoch: int, epochs: int) -> float:
        del epochs
        return self.lr * self.factor ** sum(epoch >= done for done in self.at)


class Exponential(Schedule):
    """Multiplies the learning rate by `factor` after every epoch.

    Arguments:
        lr: the learning rate of the first epoch.
        factor: factor by which the learning rate is multiplied.

    Example: `exponential(1e-3, factor = 0.95)`
    """

    positional: ClassVar[int] = 2

    factor: Fraction

    def rate(self, epoch: int, epochs: int) -> float:
        del epochs
        return self.lr * self.factor**epoch


SCHEDULES: tuple[type[Schedule], ...] = (Cosine, Step, Exponential)

LearningRate = Annotated[float | Schedule, NumberOr(SCHEDULES)]
