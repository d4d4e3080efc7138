"""The end of the model against the masks."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, Label
from ..layers.shapes import text
from ..model.graph import Graph
from ..sections import Data, Train
from ..sections.train.loss import OF_IMAGES
from .model_head import Head, head_of

# The losses that take a channel for each class, with a sigmoid; and those that take one more, for the background,
# with a softmax. None stands for any activation.
_CHANNEL_A_CLASS: dict[str, str | None] = {
    "binary_crossentropy": "sigmoid", "focal": "sigmoid", "dice": "sigmoid", "bce_dice": "sigmoid",
    "jaccard": "sigmoid", "tversky": "sigmoid", "mse": None, "mae": None,
}  # fmt: skip
_WITH_BACKGROUND: dict[str, str | None] = {
    "categorical_crossentropy": "softmax", "focal": "softmax", "dice": "softmax", "jaccard": "softmax",
    "tversky": "softmax", "mse": None, "mae": None,
}  # fmt: skip


def check_masks(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """The model ends with a value for each pixel and class, in the range that the loss takes."""
    if data is None or train is None or graph is None or not data.has_masks or train.loss_word in OF_IMAGES:
        return
    head = head_of(graph)
    wanted = channels_for(train.loss_word, len(data.class_names))
    size = data.image[:-1]
    shapes = " or ".join(f"{text((*size, channels))}" for channels in wanted)
    labels = (Label(train.place("loss"), f"the loss is `{train.loss_word}`"),)
    if graph.output[:-1] != size:
        message = f"the model ends with {text(graph.output)}, and the masks are {text(size)}"
        help = f"end with {shapes}, a value for each pixel"
        yield Diagnostic(Code.MASKS_AND_OUTPUT, message, graph.nodes[-1].span, help=help)
    elif head.units not in wanted:
        count = len(data.class_names)
        classes = "one class" if count == 1 else f"{count} classes"
        message = f"the model ends with {text(graph.output)}, and masks of {classes} take {shapes}"
        help = "end with " + " or ".join(_layer(channels, word) for channels, word in wanted.items())
        yield Diagnostic(Code.MASKS_AND_OUTPUT, message, head.node.span, help=help, labels=labels)
    else:
        yield from _activation(head, train.loss_word, wanted[head.units], labels)


def channels_for(loss: str, classes: int) -> dict[int, str | None]:
    """Numbers of channels that the loss takes for so many classes, each with its activation."""
    wanted = {classes: _CHANNEL_A_CLASS[loss]} if loss in _CHANNEL_A_CLASS else {}
    return wanted | ({classes + 1: _WITH_BACKGROUND[loss]} if loss in _WITH_BACKGROUND else {})


def _activation(head: Head, loss: str, wanted: str | None, labels: tuple[Label, ...]) -> Iterator[Diagnostic]:
    if wanted and head.activation != wanted:
        found = "no activation" if head.activation == "linear" else f"`{head.activation}`"
        message = f"`{loss}` needs a `{wanted}` with so many channels, and the model ends with {found}"
        help = f"end with {_layer(head.units, wanted)}"
        yield Diagnostic(Code.HEAD_AND_LOSS, message, head.node.span, help=help, labels=labels)


def _layer(channels: int, activation: str | None) -> str:
    return f"`conv({channels}, 1x1{f', {activation}' if activation else ''})`"
