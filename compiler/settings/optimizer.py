"""Optimizers."""

from typing import ClassVar

from ..arguments import Arguments
from ..fields import Above0, NotNegative, Rate, Truth
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
    """Adam. Kingma and Ba (2014)."""

    keras_name: ClassVar[str] = "Adam"

    beta_1: Rate = 0.9
    beta_2: Rate = 0.999
    epsilon: Above0 = 1e-7


class Adamw(Optimizer):
    """Adam with decoupled weight decay. Loshchilov and Hutter (2017)."""

    keras_name: ClassVar[str] = "AdamW"

    weight_decay: NotNegative = 4e-3
    beta_1: Rate = 0.9
    beta_2: Rate = 0.999
    epsilon: Above0 = 1e-7


class Sgd(Optimizer):
    """Stochastic gradient descent, with momentum if asked for."""

    positional: ClassVar[int] = 2
    keras_name: ClassVar[str] = "SGD"
    slots: ClassVar[int] = 1

    lr: LearningRate = 1e-2
    momentum: Rate = 0.0
    nesterov: Truth = False


class Rmsprop(Optimizer):
    """RMSprop. Hinton (2012)."""

    keras_name: ClassVar[str] = "RMSprop"

    rho: Rate = 0.9
    momentum: Rate = 0.0
    epsilon: Above0 = 1e-7


class Nadam(Optimizer):
    """Adam with Nesterov momentum. Dozat (2015)."""

    keras_name: ClassVar[str] = "Nadam"

    beta_1: Rate = 0.9
    beta_2: Rate = 0.999
    epsilon: Above0 = 1e-7


class Adagrad(Optimizer):
    """Adagrad. Duchi et al. (2011)."""

    keras_name: ClassVar[str] = "Adagrad"
    slots: ClassVar[int] = 1

    epsilon: Above0 = 1e-7


class Lion(Optimizer):
    """Lion. Chen et al. (2023)."""

    keras_name: ClassVar[str] = "Lion"
    slots: ClassVar[int] = 1

    beta_1: Rate = 0.9
    beta_2: Rate = 0.99


OPTIMIZERS: tuple[type[Optimizer], ...] = (Adam, Adamw, Sgd, Rmsprop, Nadam, Adagrad, Lion)
