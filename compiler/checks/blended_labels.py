"""Check that labels can be blended, as `mixup` blends them."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, Label
from ..model.graph import Graph
from ..sections import Data, Train


def check_blended_labels(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Report `mixup` for masks, and with a loss whose labels have no meaning between two classes."""
    del graph
    if data is None or not data.augment.mixup:
        return
    place, help = data.augment.place("mixup"), "leave `mixup` out"
    if data.has_masks:
        message = "`mixup` blends the labels of images, but `data` has masks, whose classes cannot be blended"
        yield Diagnostic(Code.BLENDED_LABELS, message, place, help=help)
    elif train and not train.loss.blends_labels:
        loss = train.loss.word()
        message = f"`mixup` blends the labels of images, but `{loss}` needs the label of one class"
        label = Label(train.place("loss"), f"the loss is `{loss}`")
        help = f"{help}, or use a cross-entropy loss"
        yield Diagnostic(Code.BLENDED_LABELS, message, place, help=help, labels=(label,))
