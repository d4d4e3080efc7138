"""The end of the model against the loss and the classes."""

from collections.abc import Iterator
from dataclasses import dataclass

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, Label
from ..layers.shapes import text
from ..model.graph import Graph, Node, decides_range
from ..sections import Data, Train
from ..sections.train.loss import OF_MASKS

# What each loss can be computed from: one unit for two classes, or a unit a class, and with which activations.
# None stands for any activation.
_ONE_UNIT: dict[str, tuple[str, ...] | None] = {
    "binary_crossentropy": ("sigmoid",),
    "focal": ("sigmoid",),
    "hinge": None,
    "squared_hinge": None,
    "mse": None,
    "mae": None,
}
_UNIT_A_CLASS: dict[str, tuple[str, ...] | None] = {
    "categorical_crossentropy": ("softmax",),
    "focal": ("softmax",),
    "categorical_hinge": None,
    "mse": None,
    "mae": None,
}


@dataclass(frozen=True)
class Head:
    """The end of a model: its units (for masks its channels), and the activation that decides their range."""

    units: int
    activation: str
    node: Node  # the layer that decides the activation


def check_head(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """The last layer has the units and the activation that the loss and the number of classes ask for."""
    if data is None or train is None or graph is None or len(data.classes) < 2:
        return
    if data.has_masks or train.loss_word in OF_MASKS:
        return
    if len(graph.output) != 1:
        message = f"the model ends with {text(graph.output)}, and a class needs a single row of values"
        help = "end with `flatten` and `dense`"
        yield Diagnostic(Code.HEAD_AND_CLASSES, message, graph.nodes[-1].span, help=help)
        return
    head, classes = head_of(graph), len(data.classes)
    loss = Label(train.place("loss"), f"the loss is `{train.loss_word}`")
    listed = Label(data.place("classes"), f"{classes} classes")
    wanted = heads_for(train.loss_word, classes)
    if head.units not in wanted:
        yield from _wrong_units(head, train.loss_word, classes, (loss, listed))
    else:
        yield from _activation(head, train.loss_word, wanted[head.units], loss)


def heads_for(loss: str, classes: int) -> dict[int, tuple[str, ...] | None]:
    """Numbers of units that the loss takes for so many classes, each with its activations."""
    wanted = {classes: _UNIT_A_CLASS[loss]} if loss in _UNIT_A_CLASS else {}
    return {**wanted, 1: _ONE_UNIT[loss]} if classes == 2 and loss in _ONE_UNIT else wanted


def _wrong_units(head: Head, loss: str, classes: int, labels: tuple[Label, ...]) -> Iterator[Diagnostic]:
    units = "one unit" if head.units == 1 else f"{head.units} units"
    if not heads_for(loss, classes):
        message = f"`{loss}` tells two classes apart, and `data` lists {classes}"
        help = f"use `categorical_crossentropy` with `dense({classes}, softmax)`"
        yield Diagnostic(Code.HEAD_AND_LOSS, message, labels[0].span, help=help, labels=labels[1:])
        return
    suits = [other for other in _UNIT_A_CLASS if head.units in heads_for(other, classes)]
    fitting = " or ".join(
        f"`dense({count}{_activation_text(words)})`" for count, words in heads_for(loss, classes).items()
    )
    help = f"end with {fitting}"
    if suits and head.units == classes:
        help += f", or use `{suits[0]}`"
    message = f"the model ends with {units}, and `{loss}` over {classes} classes takes another number"
    yield Diagnostic(Code.HEAD_AND_CLASSES, message, head.node.span, help=help, labels=labels)


def _activation_text(words: tuple[str, ...] | None) -> str:
    return f", {words[0]}" if words else ""


def _activation(head: Head, loss: str, wanted: tuple[str, ...] | None, label: Label) -> Iterator[Diagnostic]:
    if wanted and head.activation not in wanted:
        found = "no activation" if head.activation == "linear" else f"`{head.activation}`"
        message = f"`{loss}` needs probabilities, and the model ends with {found}"
        help = f"end with `{wanted[0]}`"
        yield Diagnostic(Code.HEAD_AND_LOSS, message, head.node.span, help=help, labels=(label,))
    if loss in ("hinge", "squared_hinge") and head.activation in ("sigmoid", "softmax", "relu", "softplus"):
        message = f"`{loss}` wants values from -1 to 1, and `{head.activation}` never goes below 0"
        help = "end with `tanh`, or without an activation"
        yield Diagnostic(Code.HINGE_HEAD, message, head.node.span, help=help, labels=(label,))


def head_of(graph: Graph) -> Head:
    """The units that come out, and the last activation before them."""
    node = decides_range(graph.nodes, len(graph.nodes) - 1)
    activation = node.layer.activates() if node else None
    return Head(graph.output[-1], activation or "linear", node or graph.nodes[-1])
