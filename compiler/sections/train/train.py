"""The `train` section: optimizer, loss, metrics, and how long."""

from typing import Annotated, ClassVar

from pydantic import AfterValidator, BeforeValidator, Field

from ....grammar.diagnostics.codes import Code
from ...expressions.values import Word
from ...schema.arguments import Arguments, SettingsGroup
from ...schema.field_types import Above0, Choice, Fraction, Positive, Truth, Whole, refuse
from .loss import Loss
from .optimizer import OPTIMIZERS, Adam, Optimizer


def _figure(value: object) -> str:
    if not isinstance(value, Word):
        refuse(Code.WRONG_TYPE, "the name of a figure is needed", "as in `min(val_loss)` or `max(val_accuracy)`")
    return value.id


Figure = Annotated[str, BeforeValidator(_figure)]  # which figures there are depends on `metrics`: see checks


class Min(Arguments):
    """The best epoch is the one where a figure is smallest; of equal ones, the first.

    Arguments:
        figure: a figure of the history: `loss`, a metric, or one of them with `val_`, which is of the validation
            images.

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
        epochs: number of epochs in a row that have not been the best.

    Example: `patience(10)`
    """

    epochs: Positive


class Plateau(Arguments):
    """The learning rate is lowered whenever `monitor` has not improved for some time. Not beside a schedule.

    Arguments:
        factor: what the learning rate is multiplied by.
        patience: number of epochs in a row that have not been the best.

    Example: `plateau(factor = 0.5, patience = 5)`
    """

    positional: ClassVar[int] = 0

    factor: Fraction = 0.1
    patience: Positive = 5


def _distinct(metrics: list[str]) -> list[str]:
    for metric in metrics:
        if metrics.count(metric) > 1:
            refuse(Code.DUPLICATE, f"`{metric}` is listed twice")
    return metrics


METRICS = ("accuracy", "auc", "precision", "recall", "specificity", "f1", "dice", "iou")
METRICS_OF_MASKS = frozenset({"dice", "iou"})  # they compare regions

Metric = Annotated[str, Choice(METRICS)]


class Train(SettingsGroup):
    """The `train` section: how the model is trained.

    Arguments:
        optimizer: how the weights are changed, and the learning rate.
        loss: what training makes small. Labels are encoded as it needs them: a number for each class, a row with a 1
            for the class, for hinge -1 and 1.
        metrics: what is measured besides the loss; left out, `accuracy`, or `dice` where there are masks.
        batch: number of images in a step.
        epochs: how often all training images are seen.
        seed: of the weights, the order of the images and what is dropped; another seed trains otherwise.
        monitor: the figure that tells the best epoch, whose weights are kept.
        early_stop: when training ends before its last epoch.
        reduce_lr: when the learning rate is lowered.
        clip: largest norm of the gradient of all weights together; a longer one is shortened to it.
        precision: `float32`, or `mixed`: computed in half precision where that is safe.
        deterministic: whether the same seed gives the same numbers.
    """

    optimizer: Annotated[Optimizer, Choice(OPTIMIZERS)] = Adam()
    loss: Loss
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

    def for_masks(self) -> "Train":
        """The same where the data has masks, which decides what is measured if that is left open."""
        return self if self.is_given("metrics") else self.model_copy(update={"metrics": ["dice"]})

    @property
    def loss_word(self) -> str:
        """The loss by its word, whether or not it takes arguments."""
        return self.loss if isinstance(self.loss, str) else self.loss.word()
