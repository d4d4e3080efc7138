"""The `train` section: optimizer, loss, metrics, and how long."""

from typing import Annotated, ClassVar

from pydantic import AfterValidator, BeforeValidator, Field

from ...grammar.codes import Code
from ..arguments import Arguments
from ..fields import Above0, Choice, NotNegative, Positive, Rate, Truth, Whole, refuse
from ..values import Word


class Optimizer(Arguments):
    """What every optimizer has: `lr`, the learning rate. Defaults are Keras's."""

    keras_name: ClassVar[str]
    slots: ClassVar[int] = 2  # values that it keeps for each trained weight

    lr: Above0 = 1e-3


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

    lr: Above0 = 1e-2
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


class Focal(Arguments):
    """Focal loss: cross-entropy in which well-classified images count less. Lin et al. (2017)."""

    gamma: NotNegative = 2.0


def _figure(value: object) -> str:
    if not isinstance(value, Word):
        refuse(Code.WRONG_TYPE, "the name of a figure is needed", "as in `min(val_loss)` or `max(val_accuracy)`")
    return value.id


Figure = Annotated[str, BeforeValidator(_figure)]  # which figures there are depends on `metrics`: see checks


class Min(Arguments):
    """`min(val_loss)`: the best epoch is the one where the figure is smallest."""

    figure: Figure


class Max(Arguments):
    """`max(val_accuracy)`: the best epoch is the one where the figure is largest."""

    figure: Figure


class Patience(Arguments):
    """`patience(10)`: stop when so many epochs in a row have not been the best."""

    epochs: Positive


class Plateau(Arguments):
    """`plateau(factor = 0.1, patience = 5)`: multiply the learning rate when so many epochs have not been the best."""

    positional: ClassVar[int] = 0

    factor: Annotated[Above0, Field(lt=1)] = 0.1
    patience: Positive = 5


def _distinct(metrics: list[str]) -> list[str]:
    for metric in metrics:
        if metrics.count(metric) > 1:
            refuse(Code.DUPLICATE, f"`{metric}` is listed twice")
    return metrics


OPTIMIZERS = (Adam, Adamw, Sgd, Rmsprop, Nadam, Adagrad, Lion)
LOSSES = (
    "binary_crossentropy", "categorical_crossentropy", "hinge", "squared_hinge", "categorical_hinge", "mse", "mae",
    Focal,
)  # fmt: skip
METRICS = ("accuracy", "auc", "precision", "recall", "specificity", "f1")

Metric = Annotated[str, Choice(METRICS)]


class Train(Arguments):
    """The `train` section."""

    positional: ClassVar[int] = 0

    optimizer: Annotated[Optimizer, Choice(OPTIMIZERS)] = Adam()
    loss: Annotated[str | Focal, Choice(LOSSES)]
    metrics: Annotated[list[Metric], AfterValidator(_distinct)] = Field(default=["accuracy"])
    batch: Positive = 32
    epochs: Positive
    seed: Whole = 0
    monitor: Annotated[Min | Max, Choice((Min, Max))] = Min(figure=Word("val_loss"))
    early_stop: Annotated[Patience | str, Choice((Patience, "none"))] = "none"
    reduce_lr: Annotated[Plateau | str, Choice((Plateau, "none"))] = "none"
    clip: Above0 | None = None
    precision: Annotated[str, Choice(("float32", "mixed"))] = "float32"
    deterministic: Truth = True

    @property
    def figures(self) -> list[str]:
        """What every epoch writes down, on the training images and, with `val_`, on the validation images."""
        names = ["loss", *self.metrics]
        return [*names, *(f"val_{name}" for name in names)]

    @property
    def loss_word(self) -> str:
        """The loss by its word, whether or not it takes arguments."""
        return self.loss if isinstance(self.loss, str) else self.loss.word()
