"""Optimizers."""

from typing import ClassVar

from ...schema.arguments import Arguments
from ...schema.field_types import Boolean, NonNegativeFloat, PositiveFloat, Rate
from .schedule import LearningRate, Schedule


class Optimizer(Arguments):
    """An optimizer. Every optimizer has `lr`, the learning rate. The defaults are those of Keras."""

    keras_class: ClassVar[str]  # below `keras.optimizers`

    lr: LearningRate = 1e-3

    @property
    def slot_variables(self) -> int:
        """The number of values that the optimizer keeps for each weight, for example a running mean of its gradient."""
        return 2

    @property
    def first_rate(self) -> float:
        """The learning rate as written. For a schedule, it is the argument `lr` of the schedule."""
        return self.lr.lr if isinstance(self.lr, Schedule) else self.lr


class Adam(Optimizer):
    """Adam: scales each step by running means of the gradient and of its square. Kingma and Ba (2014).

    Arguments:
        lr: learning rate, a number or a schedule.
        beta_1: decay rate of the running mean of the gradient.
        beta_2: decay rate of the running mean of the squared gradient.
        epsilon: small number added to the denominator, against division by zero.

    Example: `adam(1e-4)`
    """

    keras_class: ClassVar[str] = "Adam"

    beta_1: Rate = 0.9
    beta_2: Rate = 0.999
    epsilon: PositiveFloat = 1e-7


class Adamw(Optimizer):
    """Adam with decoupled weight decay. Loshchilov and Hutter (2017).

    Arguments:
        lr: learning rate, a number or a schedule.
        weight_decay: in each step, every weight shrinks by this fraction times the learning rate.
        beta_1: decay rate of the running mean of the gradient.
        beta_2: decay rate of the running mean of the squared gradient.
        epsilon: small number added to the denominator, against division by zero.

    Example: `adamw(1e-3, weight_decay = 1e-2)`
    """

    keras_class: ClassVar[str] = "AdamW"

    weight_decay: NonNegativeFloat = 4e-3
    beta_1: Rate = 0.9
    beta_2: Rate = 0.999
    epsilon: PositiveFloat = 1e-7


class Sgd(Optimizer):
    """Stochastic gradient descent, with momentum if `momentum` is above 0.

    Arguments:
        lr: learning rate, a number or a schedule.
        momentum: fraction of the previous step that is added to the next step.
        nesterov: whether to use Nesterov's momentum; it has no effect without momentum.

    Example: `sgd(1e-2, 0.9)`
    """

    positional: ClassVar[int] = 2
    keras_class: ClassVar[str] = "SGD"

    lr: LearningRate = 1e-2
    momentum: Rate = 0.0
    nesterov: Boolean = False

    @property
    def slot_variables(self) -> int:
        return 1 if self.momentum else 0


class Rmsprop(Optimizer):
    """RMSprop: scales each step by a running mean of the squared gradient. Hinton (2012).

    Arguments:
        lr: learning rate, a number or a schedule.
        rho: decay rate of the running mean.
        momentum: fraction of the previous step that is added to the next step.
        epsilon: small number added to the denominator, against division by zero.

    Example: `rmsprop(1e-3)`
    """

    keras_class: ClassVar[str] = "RMSprop"

    rho: Rate = 0.9
    momentum: Rate = 0.0
    epsilon: PositiveFloat = 1e-7

    @property
    def slot_variables(self) -> int:
        return 2 if self.momentum else 1


class Nadam(Optimizer):
    """Adam with Nesterov momentum. Dozat (2015).

    Arguments:
        lr: learning rate, a number or a schedule.
        beta_1: decay rate of the running mean of the gradient.
        beta_2: decay rate of the running mean of the squared gradient.
        epsilon: small number added to the denominator, against division by zero.

    Example: `nadam(1e-3)`
    """

    keras_class: ClassVar[str] = "Nadam"

    beta_1: Rate = 0.9
    beta_2: Rate = 0.999
    epsilon: PositiveFloat = 1e-7


class Adagrad(Optimizer):
    """Adagrad: scales each step by the sum of all squared gradients so far. Duchi et al. (2011).

    Arguments:
        lr: learning rate, a number or a schedule.
        epsilon: small number added to the denominator, against division by zero.

    Example: `adagrad(1e-2)`
    """

    keras_class: ClassVar[str] = "Adagrad"

    epsilon: PositiveFloat = 1e-7

    @property
    def slot_variables(self) -> int:
        return 1


class Lion(Optimizer):
    """Lion: makes steps of equal size, with the sign of a running mean of the gradient. Chen et al. (2023).

    Arguments:
        lr: learning rate, a number or a schedule.
        beta_1: fraction of the running mean in the step. The rest of the step is the gradient.
        beta_2: decay rate of the running mean.

    Example: `lion(1e-4)`
    """

    keras_class: ClassVar[str] = "Lion"

    beta_1: Rate = 0.9
    beta_2: Rate = 0.99

    @property
    def slot_variables(self) -> int:
        return 1


OPTIMIZERS: tuple[type[Optimizer], ...] = (Adam, Adamw, Sgd, Rmsprop, Nadam, Adagrad, Lion)
