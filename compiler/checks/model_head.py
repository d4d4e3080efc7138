"""Check that the head of a classification model, its last layer and activation, suits the loss and the classes."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, Label
from ..analysis.head import Head, head_of
from ..layers.shapes import text
from ..losses import ALL, ANY, Heads, Loss
from ..model.graph import Graph
from ..sections import Data, Train


def check_model_head(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Report a classification model whose output units or activation the loss does not accept."""
    if data is None or train is None or graph is None or len(data.classes) < 2:
        return
    if data.has_masks or not train.loss.is_for_images():
        return
    if len(graph.output) != 1:
        message = f"for classification the output of the model must have one axis, but is {text(graph.output)}"
        help = "end with `flatten` and `dense`"
        yield Diagnostic(Code.HEAD_AND_CLASSES, message, graph.nodes[-1].span, help=help)
        return
    head, loss, classes = head_of(graph), train.loss, len(data.classes)
    label = Label(train.place("loss"), f"the loss is `{loss.word()}`")
    accepted = loss.image_heads(classes)
    if not accepted:
        yield _two_classes_only(loss, classes, train, data)
    elif head.units not in accepted:
        yield _wrong_units(head, loss, classes, (label, Label(data.place("classes"), f"{classes} classes")))
    else:
        yield from _activation(head, loss, accepted[head.units], label)


def _two_classes_only(loss: Loss, classes: int, train: Train, data: Data) -> Diagnostic:
    message = f"`{loss.word()}` needs exactly two classes, but `classes` lists {classes}"
    help = f"use `categorical_crossentropy` with `dense({classes}, softmax)`"
    listed = Label(data.place("classes"), f"{classes} classes")
    return Diagnostic(Code.HEAD_AND_LOSS, message, train.place("loss"), help=help, labels=(listed,))


def _wrong_units(head: Head, loss: Loss, classes: int, labels: tuple[Label, ...]) -> Diagnostic:
    accepted = loss.image_heads(classes)
    needed = " or ".join(map(_units, accepted))
    message = f"`{loss.word()}` with {classes} classes needs {needed}, but the model ends with {_units(head.units)}"
    help = f"end with {_dense(accepted)}"
    other = _loss_for(head, classes)
    help += f", or use `{other.word()}`" if other else ""
    return Diagnostic(Code.HEAD_AND_CLASSES, message, head.node.span, help=help, labels=labels)


def _loss_for(head: Head, classes: int) -> type[Loss] | None:
    """Return the first loss that accepts the units and the activation of `head`; None if there is none."""
    return next((loss for loss in ALL if loss.image_heads(classes).get(head.units) == head.activation), None)


def _units(number: int) -> str:
    return "1 unit" if number == 1 else f"{number} units"


def _dense(heads: Heads) -> str:
    written = (f"{units}" if activation == ANY else f"{units}, {activation}" for units, activation in heads.items())
    return " or ".join(f"`dense({arguments})`" for arguments in written)


def _activation(head: Head, loss: Loss, needed: str, label: Label) -> Iterator[Diagnostic]:
    if needed not in (ANY, head.activation):
        found = "without an activation" if head.activation == "linear" else f"with `{head.activation}`"
        message = f"`{loss.word()}` needs probabilities, but the model ends {found}"
        help = f"end with `{needed}`"
        yield Diagnostic(Code.HEAD_AND_LOSS, message, head.node.span, help=help, labels=(label,))
