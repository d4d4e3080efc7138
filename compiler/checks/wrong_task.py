"""What is compared: masks, or classes of whole images."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ..model.graph import Graph
from ..sections import Data, Train
from ..sections.train.loss import OF_IMAGES, OF_MASKS
from ..sections.train.train import METRICS_OF_MASKS

# What is there for whole images in the place of what is for masks.
_INSTEAD = {"dice": "`f1` is the same figure for whole images", "iou": "`f1` orders results in the same way"}


def check_task(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Losses, metrics and settings for masks need masks, and those for whole images need images with a class."""
    del graph
    if data is None:
        return
    if train:
        yield from _of_training(data, train)
    if not data.has_masks:
        return
    for name in ("label", "balance"):
        if not data.is_default(name):
            message = f"`{name}` is about classes of whole images, and here each pixel is of a class"
            yield Diagnostic(Code.WRONG_TASK, message, data.place(name), help=f"leave `{name}` out")


def _of_training(data: Data, train: Train) -> Iterator[Diagnostic]:
    if train.loss_word in OF_MASKS and not data.has_masks:
        message = f"`{train.loss_word}` compares masks, and `data` has none"
        help = "add `masks = …` to `data`, or use `binary_crossentropy`"
        yield Diagnostic(Code.WRONG_TASK, message, train.place("loss"), help=help)
    if train.loss_word in OF_IMAGES and data.has_masks:
        message = f"`{train.loss_word}` tells whole images apart, and here each pixel is of a class"
        help = "use `dice` or `binary_crossentropy`"
        yield Diagnostic(Code.WRONG_TASK, message, train.place("loss"), help=help)
    for metric in train.metrics:
        if metric in METRICS_OF_MASKS and not data.has_masks:
            message = f"`{metric}` compares masks, and `data` has none"
            yield Diagnostic(Code.WRONG_TASK, message, train.place("metrics"), help=_INSTEAD[metric])
