"""Check that the head of a segmentation model, its last layer and activation, suits the loss and the masks."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, Label
from ..analysis.head import Head, head_of
from ..layers.shapes import text
from ..losses import ANY, Loss, MaskHeads
from ..model.graph import Graph
from ..sections import Data, Train


def check_mask_head(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Report a segmentation model whose output size, channels or activation the loss does not accept."""
    if data is None or train is None or graph is None or not data.has_masks or not train.loss.is_for_masks():
        return
    head, size = head_of(graph), data.image[:-1]
    accepted = train.loss.mask_heads(len(data.class_names), data.mask_classes)
    shapes = " or ".join(text((*size, channels)) for channels in accepted)
    labels = (Label(train.place("loss"), f"the loss is `{train.loss.word()}`"),)
    if graph.output[:-1] != size:
        message = f"the output of the model must be {shapes}, but is {text(graph.output)}"
        help = f"the masks are {text(size)}, and the model must have an output for each pixel"
        yield Diagnostic(Code.MASKS_AND_OUTPUT, message, graph.nodes[-1].span, help=help)
    elif head.units not in accepted:
        masks = f"masks of {_counted(data)}"
        message = f"the output of the model must be {shapes} for {masks}, but is {text(graph.output)}"
        help = f"end with {_layers(accepted, data)}{_reason(data, accepted)}"
        yield Diagnostic(Code.MASKS_AND_OUTPUT, message, head.node.span, help=help, labels=labels)
    else:
        yield from _activation(head, train.loss, accepted, data, labels)


def _activation(
    head: Head, loss: Loss, accepted: MaskHeads, data: Data, labels: tuple[Label, ...]
) -> Iterator[Diagnostic]:
    needed = accepted[head.units]
    if ANY not in needed and head.activation not in needed:
        found = "without an activation" if head.activation == "linear" else f"with `{head.activation}`"
        channels = "1 channel" if head.units == 1 else f"{head.units} channels"
        activation = " or ".join(f"`{one}`" for one in needed)
        message = f"`{loss.word()}` with {channels} needs the activation {activation}, but the model ends {found}"
        help = f"end with {_layers(accepted, data)}{_reason(data, accepted)}"
        yield Diagnostic(Code.HEAD_AND_LOSS, message, head.node.span, help=help, labels=labels)


def _counted(data: Data) -> str:
    classes = len(data.class_names)
    held = ", one of them the background" if data.background < classes else ""
    return "one class" if classes == 1 else f"{classes} classes{held}"


def _reason(data: Data, accepted: MaskHeads) -> str:
    """Return what the channels stand for, if one stands for the background besides the classes."""
    if data.mask_classes == len(data.class_names) or data.mask_classes not in accepted:
        return ""
    return f"; of {data.mask_classes} channels, the last is for the background"


def _layers(heads: MaskHeads, data: Data) -> str:
    kernel = text((1,) * (len(data.image) - 1))
    written = (
        f"{channels}, {kernel}" if one == ANY else f"{channels}, {kernel}, {one}"
        for channels, activations in heads.items()
        for one in activations
    )
    return " or ".join(f"`conv({arguments})`" for arguments in written)
