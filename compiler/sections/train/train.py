"""The `train` section: optimizer, loss, metrics, epochs."""

from typing import Annotated, ClassVar

from pydantic import AfterValidator, BeforeValidator, Field

from ....grammar.diagnostics.codes import Code
from ...expressions.values import Word, kind
from ...losses import LOSSES, Loss
from ...metrics import METRICS
from ...schema.arguments import Arguments, SettingsGroup
from ...schema.choice import Choice
from ...schema.field_types import Boolean, Fraction, NonNegativeInt, PositiveFloat, PositiveInt
from ...schema.refusal import refuse
from ...schema.task_kind import TaskKind
from .optimizer import OPTIMIZERS, Adam, Optimizer


def _figure(value: object) -> str:
    if not isinstance(value, Word):
        refuse(
            Code.WRONG_TYPE,
            f"must be the name of a metric or of the loss, but is {kind(value)}",
            "for example `min(val_loss)` or `max(val_accuracy)`",
        )
    return value.id


Figure = Annotated[str, BeforeValidator(_figure)]
"""The name of a metric or of the loss. Whether it is measured depends on `metrics`: a check reports an unknown name."""


class Min(Arguments):
    """Minimizes a metric: the best epoch is the first one with the smallest value.

    Arguments:
        figure: `loss`, a metric of `metrics`, or one of these names with `val_` before it, for its value on the
            validation images.

    Example: `min(val_loss)`
    """

    figure: Figure


class Max(Arguments):
    """Maximizes a metric: the best epoch is the first one with the largest value.

    Arguments:
        figure: `loss`, a metric of `metrics`, or one of these names with `val_` before it, for its value on the
            validation images.

    Example: `max(val_accuracy)`
    """

    figure: Figure


class Patience(Arguments):
    """Ends the training early, when `monitor` has not improved for the given number of epochs.

    Arguments:
        epochs: number of successive epochs without improvement.

    Example: `patience(10)`
    """

    epochs: PositiveInt


class Plateau(Arguments):
    """Lowers the learning rate each time `monitor` has not improved for the given number of epochs.

    It cannot be combined with a learning rate schedule.

    Arguments:
        factor: factor by which the learning rate is multiplied.
        patience: number of successive epochs without improvement.

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


_METRIC = {
    TaskKind.CLASSIFICATION: "accuracy",
    TaskKind.MULTI_LABEL: "auc",  # with rare labels, the accuracy is high even if nothing is found
    TaskKind.REGRESSION: "mae",
    TaskKind.SEGMENTATION: "dice",
}
"""The metric of each task that is measured by default."""


class Train(SettingsGroup):
    """The `train` section: how the model is trained.

    Arguments:
        optimizer: the optimizer, with its learning rate.
        loss: the loss that training minimizes. It decides how the labels are encoded.
        metrics: the metrics measured besides the loss. By default `accuracy` for classification, `auc` for multi-label
            classification, `mae` for regression, `dice` for segmentation.
        batch: number of images in a training step.
        epochs: number of passes over all training images.
        seed: seed of the initial weights, of the order of the images and of dropout.
        monitor: the metric that decides which epoch is the best. The weights of the best epoch are kept.
        early_stop: when training ends before its last epoch.
        reduce_lr: when the learning rate is lowered.
        clip: largest norm of the gradient of all weights together. A gradient with a larger norm is scaled down.
        precision: `float32`, or `mixed`, which uses half precision where that is safe.
        deterministic: whether a second run with the same seed gives the same numbers.
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
        """The names of the loss and the metrics, then the same names with `val_` for the validation images."""
        names = ["loss", *self.metrics]
        return [*names, *(f"val_{name}" for name in names)]

    def for_task(self, task: TaskKind) -> "Train":
        """Return the settings for a task, with its metric in `metrics` if the file does not give any."""
        return self if self.is_given("metrics") else self.model_copy(update={"metrics": [_METRIC[task]]})
