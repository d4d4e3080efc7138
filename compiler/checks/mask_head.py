"""Check that the head of a segmentation model, its last layer and activation, suits the loss and the masks."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, Label
from ..analysis.head import Head, head_of
from ..layers.shapes import text
from ..losses import ANY, Loss
from ..model.graph import Graph
from ..sections import Data, Train


def check_mask_head(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Report a segmentation model whose output size, channels or activation the loss does not accept."""
    if data is None or train is None or graph is None or not data.has_masks or not train.loss.is_for_masks():
        return
    head = head_of(graph)
    classes, size = len(data.class_names), data.image[:-1]
    accepted = train.loss.mask_heads(classes)
    shapes = " or ".join(text((*size, channels)) for channels in accepted)
    labels = (Label(train.place("loss"), f"the loss is `{train.loss.word()}`"),)
    if graph.output[:-1] != size:
        message = f"the output of the model must be {shapes}, but is {text(graph.output)}"
        help = f"the masks are {text(size)}, and the model must have an output for each pixel"
        yield Diagnostic(Code.MASKS_AND_OUTPUT, message, graph.nodes[-1].span, help=help)
    elif head.units not in accepted:
        counted = "one class" if classes == 1 else f"{classes} classes"
        message = f"the output of the model must be {shapes} for masks of {counted}, but is {text(graph.output)}"
        help = "end with " + " or ".join(_layer(channels, activation) for channels, activation in accepted.items())
        yield Diagnostic(Code.MASKS_AND_OUTPUT, message, head.node.span, help=help, labels=labels)
    else:
        yield from _activation(head, train.loss, accepted[head.units], labels)


def _activation(head: Head, loss: Loss, needed: str, labels: tuple[Label, ...]) -> Iterator[Diagnostic]:
    if needed not in (ANY, head.activation):
        found = "without an activation" if head.activation == "linear" else f"with `{head.activation}`"
        channels = "1 channel" if head.units == 1 else f"{head.units} channels"
        message = f"`{loss.word()}` with {channels} needs the activation `{needed}`, but the model ends {found}"
        help = f"end with {_layer(head.units, needed)}"
        yield Diagnostic(Code.HEAD_AND_LOSS, message, head.node.span, help=help, labels=labels)


def _layer(channels: int, activation: str) -> str:
    return f"`conv({channels}, 1x1)`" if activation == ANY else f"`conv({channels}, 1x1, {activation})`"
