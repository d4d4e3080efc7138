"""Check that losses, metrics and settings suit the task, segmentation or classification."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ..metrics import METRICS
from ..model.graph import Graph
from ..sections import Data, Train


def check_task(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Report a loss, a metric or a setting of segmentation without masks, or of classification with masks."""
    del graph
    if data is None:
        return
    if train:
        yield from _loss(data, train)
        yield from _metrics(data, train)
    if not data.has_masks:
        return
    for name in ("label", "balance"):
        if not data.is_default(name):
            message = f"`{name}` is for classification, but `data` has masks, so the task is segmentation"
            yield Diagnostic(Code.WRONG_TASK, message, data.place(name), help=f"leave `{name}` out")


def _loss(data: Data, train: Train) -> Iterator[Diagnostic]:
    loss, place = train.loss, train.place("loss")
    if data.has_masks and not loss.is_for_masks():
        message = f"`{loss.word()}` is for classification, but `data` has masks, so the task is segmentation"
        yield Diagnostic(Code.WRONG_TASK, message, place, help="use `dice` or `binary_crossentropy`")
    elif not data.has_masks and not loss.is_for_images():
        message = f"`{loss.word()}` is for segmentation, but `data` has no masks"
        help = "add `masks = …` to `data`, or use `binary_crossentropy`"
        yield Diagnostic(Code.WRONG_TASK, message, place, help=help)


def _metrics(data: Data, train: Train) -> Iterator[Diagnostic]:
    for word in train.metrics:
        if METRICS[word].masks_only and not data.has_masks:
            message = f"`{word}` is for segmentation, but `data` has no masks"
            help = "add `masks = …` to `data`, or use `f1`, a similar metric for classification"
            yield Diagnostic(Code.WRONG_TASK, message, train.place("metrics"), help=help)
