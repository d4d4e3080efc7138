"""The `train` section: optimizer, loss, metrics, epochs."""

from typing import Annotated, ClassVar

from pydantic import AfterValidator, BeforeValidator, Field

from ....grammar.diagnostics.codes import Code
from ...expressions.values import Word
from ...losses import LOSSES, Loss
from ...metrics import METRICS
from ...schema.arguments import Arguments, SettingsGroup
from ...schema.choice import Choice
from ...schema.field_types import Boolean, Fraction, NonNegativeInt, PositiveFloat, PositiveInt
from ...schema.refusal import refuse
from .optimizer import OPTIMIZERS, Adam, Optimizer


def _figure(value: object) -> str:
    if not isinstance(value, Word):
        refuse(
            Code.WRONG_TYPE,
            "must be the name of a metric or of the loss",
            "as in `min(val_loss)` or `max(val_accuracy)`",
        )
    return value.id


Figure = Annotated[str, BeforeValidator(_figure)]
"""The name of a figure; whether it is measured depends on `metrics`, so a check decides it."""


class Min(Arguments):
    """The best epoch is the one where a figure is smallest; of equal ones, the first.

    Arguments:
        figure: a figure of the history: `loss`, a metric, or one of them with `val_` before it, measured on the
            validation images.

    Example: `min(val_loss)`
    """

    figure: Figure


class Max(Arguments):
    """The best epoch is the one where a figure is largest; of equal ones, the first.

    Arguments:
        figure: as for `min`.

    Example: `max(val_accuracy)`
    """

    figure: Figure


class Patience(Arguments):
    """Training stops early when `monitor` has not improved for some time.

    Arguments:
        epochs: number of epochs in a row without improvement.

    Example: `patience(10)`
    """

    epochs: PositiveInt


class Plateau(Arguments):
    """The learning rate is lowered whenever `monitor` has not improved for some time. Not beside a schedule.

    Arguments:
        factor: what the learning rate is multiplied by.
        patience: number of epochs in a row without improvement.

    Example: `plateau(factor = 0.5, patience = 5)`
    """

    positional: ClassVar[int] = 0

    factor: Fraction = 0.1
    patience: PositiveInt = 5


def _distinct(metrics: list[str]) -> list[str]:
    for metric in metrics:
        if metrics.count(metric) > 1:
            refuse(Code.DUPLICATE, f"`{metric}` is listed twice")
    return metrics


Metrics = Annotated[list[Annotated[str, Choice(tuple(METRICS))]], AfterValidator(_distinct)]


class Train(SettingsGroup):
    """The `train` section: how the model is trained.

    Arguments:
        optimizer: the optimizer, with its learning rate.
        loss: the loss that training minimizes. It decides how the labels are encoded.
        metrics: the metrics measured besides the loss; by default `accuracy`, or `dice` where there are masks.
        batch: number of images in a training step.
        epochs: number of passes over all training images.
        seed: seed of the initial weights, of the order of the images and of dropout.
        monitor: the figure that decides which epoch is the best; its weights are kept.
        early_stop: when training ends before its last epoch.
        reduce_lr: when the learning rate is lowered.
        clip: largest norm of the gradient of all weights together; a longer gradient is scaled down to it.
        precision: `float32`, or `mixed`: half precision where that is safe.
        deterministic: whether a repeat with the same seed gives the same numbers.
    """

    optimizer: Annotated[Optimizer, Choice(OPTIMIZERS)] = Adam()
    loss: Annotated[Loss, Choice(tuple(LOSSES.values()))]
    metrics: Metrics = Field(default=["accuracy"])
    batch: PositiveInt = 32
    epochs: PositiveInt
    seed: NonNegativeInt = 0
    monitor: Annotated[Min | Max, Choice((Min, Max))] = Min(figure=Word("val_loss"))
    early_stop: Annotated[Patience | str, Choice((Patience, "none"))] = "none"
    reduce_lr: Annotated[Plateau | str, Choice((Plateau, "none"))] = "none"
    clip: PositiveFloat | None = None
    precision: Annotated[str, Choice(("float32", "mixed"))] = "float32"
    deterministic: Boolean = True

    @property
    def figures(self) -> list[str]:
        """The figures of the history: on the training images, and with `val_` on the validation images."""
        names = ["loss", *self.metrics]
        return [*names, *(f"val_{name}" for name in names)]

    def for_masks(self) -> "Train":
        """The settings where the data has masks: the default of `metrics` is then `dice`."""
        return self if self.is_given("metrics") else self.model_copy(update={"metrics": ["dice"]})
