"""Losses, metrics and settings for masks against those for classes of whole images."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ..metrics import METRICS
from ..model.graph import Graph
from ..sections import Data, Train


def check_task(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """What is for masks is used with masks, and what is for classes of whole images without."""
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
            message = f"`{name}` is about classes of whole images, and with masks each pixel has a class"
            yield Diagnostic(Code.WRONG_TASK, message, data.place(name), help=f"leave `{name}` out")


def _loss(data: Data, train: Train) -> Iterator[Diagnostic]:
    loss, place = train.loss, train.place("loss")
    if data.has_masks and not loss.is_for_masks():
        message = f"`{loss.word()}` is for classes of whole images, and with masks each pixel has a class"
        yield Diagnostic(Code.WRONG_TASK, message, place, help="use `dice` or `binary_crossentropy`")
    elif not data.has_masks and not loss.is_for_images():
        message = f"`{loss.word()}` compares masks, and `data` has none"
        help = "add `masks = …` to `data`, or use `binary_crossentropy`"
        yield Diagnostic(Code.WRONG_TASK, message, place, help=help)


def _metrics(data: Data, train: Train) -> Iterator[Diagnostic]:
    for word in train.metrics:
        if METRICS[word].masks_only and not data.has_masks:
            message = f"`{word}` compares masks, and `data` has none"
            help = "add `masks = …` to `data`, or use `f1`, which ranks results in the same order"
            yield Diagnostic(Code.WRONG_TASK, message, train.place("metrics"), help=help)
