"""Optimizers."""

from typing import ClassVar

from ...schema.arguments import Arguments
from ...schema.field_types import Above0, NotNegative, Rate, Truth
from .schedule import LearningRate, Schedule


class Optimizer(Arguments):
    """What every optimizer has: `lr`, the learning rate. Defaults are Keras's."""

    keras_name: ClassVar[str]
    slots: ClassVar[int] = 2  # values that it keeps for each trained weight

    lr: LearningRate = 1e-3

    @property
    def first_rate(self) -> float:
        """The learning rate as it is written, of a schedule the one that it is made of."""
        return self.lr.lr if isinstance(self.lr, Schedule) else self.lr


class Adam(Optimizer):
    """Adam: steps scaled by running means of the gradient and of its square. Kingma and Ba (2014).

    Arguments:
        lr: learning rate, a number or a schedule.
        beta_1: how slowly the running mean of the gradient follows.
        beta_2: how slowly the running mean of its square follows.
        epsilon: added below the fraction line, so that nothing divides by zero.

    Example: `adam(1e-4)`
    """

    keras_name: ClassVar[str] = "Adam"

    beta_1: Rate = 0.9
    beta_2: Rate = 0.999
    epsilon: Above0 = 1e-7


class Adamw(Optimizer):
    """Adam with decoupled weight decay. Loshchilov and Hutter (2017).

    Arguments:
        lr: learning rate, a number or a schedule.
        weight_decay: the share of each weight, times the learning rate, that a step takes off.
        beta_1: how slowly the running mean of the gradient follows.
        beta_2: how slowly the running mean of its square follows.
        epsilon: added below the fraction line, so that nothing divides by zero.

    Example: `adamw(1e-3, weight_decay = 1e-2)`
    """

    keras_name: ClassVar[str] = "AdamW"

    weight_decay: NotNegative = 4e-3
    beta_1: Rate = 0.9
    beta_2: Rate = 0.999
    epsilon: Above0 = 1e-7


class Sgd(Optimizer):
    """Stochastic gradient descent, with momentum if asked for.

    Arguments:
        lr: learning rate, a number or a schedule.
        momentum: the share of the last step that the next one keeps.
        nesterov: whether the momentum is Nesterov's; without momentum it changes nothing.

    Example: `sgd(1e-2, 0.9)`
    """

    positional: ClassVar[int] = 2
    keras_name: ClassVar[str] = "SGD"
    slots: ClassVar[int] = 1

    lr: LearningRate = 1e-2
    momentum: Rate = 0.0
    nesterov: Truth = False


class Rmsprop(Optimizer):
    """RMSprop: steps scaled by a running mean of the gradient's square. Hinton (2012).

    Arguments:
        lr: learning rate, a number or a schedule.
        rho: how slowly that running mean follows.
        momentum: the share of the last step that the next one keeps.
        epsilon: added below the fraction line, so that nothing divides by zero.

    Example: `rmsprop(1e-3)`
    """

    keras_name: ClassVar[str] = "RMSprop"

    rho: Rate = 0.9
    momentum: Rate = 0.0
    epsilon: Above0 = 1e-7


class Nadam(Optimizer):
    """Adam with Nesterov momentum. Dozat (2015).

    Arguments:
        lr: learning rate, a number or a schedule.
        beta_1: how slowly the running mean of the gradient follows.
        beta_2: how slowly the running mean of its square follows.
        epsilon: added below the fraction line, so that nothing divides by zero.

    Example: `nadam(1e-3)`
    """

    keras_name: ClassVar[str] = "Nadam"

    beta_1: Rate = 0.9
    beta_2: Rate = 0.999
    epsilon: Above0 = 1e-7


class Adagrad(Optimizer):
    """Adagrad: steps scaled by the sum of all squared gradients so far. Duchi et al. (2011).

    Arguments:
        lr: learning rate, a number or a schedule.
        epsilon: added below the fraction line, so that nothing divides by zero.

    Example: `adagrad(1e-2)`
    """

    keras_name: ClassVar[str] = "Adagrad"
    slots: ClassVar[int] = 1

    epsilon: Above0 = 1e-7


class Lion(Optimizer):
    """Lion: only the sign of a running mean of the gradient counts. Chen et al. (2023).

    Arguments:
        lr: learning rate, a number or a schedule.
        beta_1: share of the running mean in the step, the rest being the gradient.
        beta_2: how slowly the running mean follows.

    Example: `lion(1e-4)`
    """

    keras_name: ClassVar[str] = "Lion"
    slots: ClassVar[int] = 1

    beta_1: Rate = 0.9
    beta_2: Rate = 0.99


OPTIMIZERS: tuple[type[Optimizer], ...] = (Adam, Adamw, Sgd, Rmsprop, Nadam, Adagrad, Lion)
