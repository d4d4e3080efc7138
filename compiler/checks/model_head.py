"""Check that the head of a model, its last layer and activation, suits the loss and the classes, labels or number."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, Label
from ..analysis.head import Head, head_of
from ..layers.shapes import text
from ..losses import ALL, ANY, Heads, Loss
from ..model.graph import Graph
from ..schema.task_kind import TaskKind
from ..sections import Data, Train


def check_model_head(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Report a model whose output units or activation the loss does not accept. Masks have `check_mask_head`."""
    if data is None or train is None or graph is None or data.task is TaskKind.SEGMENTATION:
        return
    outputs = 1 if data.task is TaskKind.REGRESSION else len(data.class_names)
    is_incomplete = data.task is TaskKind.CLASSIFICATION and outputs < 2
    if is_incomplete or not outputs or data.task not in train.loss.tasks() or len(data.given_tasks) > 1:
        return
    if len(graph.output) != 1:
        message = f"for {data.task} the output of the model must have one axis, but is {text(graph.output)}"
        help = "end with `flatten` and `dense`"
        yield Diagnostic(Code.HEAD_AND_CLASSES, message, graph.nodes[-1].span, help=help)
        return
    head, loss = head_of(graph), train.loss
    accepted = loss.heads(data.task, outputs)
    if not accepted:
        yield _two_classes_only(head, loss, train, data)
    elif head.units not in accepted:
        yield _wrong_units(head, accepted, train, data)
    else:
        yield from _activation(head, accepted[head.units], train, data)


def _two_classes_only(head: Head, loss: Loss, train: Train, data: Data) -> Diagnostic:
    classes = len(data.classes)
    message = f"`{loss.word()}` needs exactly two classes, but `classes` lists {classes}"
    help = f"use `categorical_crossentropy` with `dense({classes}, softmax)`{_several_labels(head, data)}"
    listed = Label(data.place("classes"), f"{classes} classes")
    return Diagnostic(Code.HEAD_AND_LOSS, message, train.place("loss"), help=help, labels=(listed,))


def _several_labels(head: Head, data: Data) -> str:
    """Return the end of the help for a model that decides about each class by itself, as with several labels."""
    if (head.units, head.activation) != (len(data.classes), "sigmoid"):
        return ""
    return "; or write `labels` instead of `classes` if an image may have several of them"


def _wrong_units(head: Head, accepted: Heads, train: Train, data: Data) -> Diagnostic:
    loss, needed = train.loss, " or ".join(map(_units, accepted))
    message = f"`{loss.word()}` {_with(data)} needs {needed}, but the model ends with {_units(head.units)}"
    other = _loss_for(head, data)
    help = f"end with {_dense(accepted)}" + (f", or use `{other.word()}`" if other else "")
    listed = {TaskKind.CLASSIFICATION: "classes", TaskKind.MULTI_LABEL: "labels"}.get(data.task)
    count = (Label(data.place(listed), f"{len(data.class_names)} {listed}"),) if listed else ()
    label = Label(train.place("loss"), f"the loss is `{loss.word()}`")
    return Diagnostic(Code.HEAD_AND_CLASSES, message, head.node.span, help=help, labels=(label, *count))


def _with(data: Data) -> str:
    match data.task:
        case TaskKind.REGRESSION:
            return "with a `target`"
        case TaskKind.MULTI_LABEL:
            return "with 1 label" if len(data.labels) == 1 else f"with {len(data.labels)} labels"
        case _:
            return f"with {len(data.classes)} classes"


def _loss_for(head: Head, data: Data) -> type[Loss] | None:
    """Return the first loss that accepts the units and the activation of `head`; None if there is none."""
    count = len(data.class_names)
    return next((loss for loss in ALL if loss.heads(data.task, count).get(head.units) == head.activation), None)


def _units(number: int) -> str:
    return "1 unit" if number == 1 else f"{number} units"


def _dense(heads: Heads) -> str:
    written = (f"{units}" if activation == ANY else f"{units}, {activation}" for units, activation in heads.items())
    return " or ".join(f"`dense({arguments})`" for arguments in written)


def _activation(head: Head, needed: str, train: Train, data: Data) -> Iterator[Diagnostic]:
    label = Label(train.place("loss"), f"the loss is `{train.loss.word()}`")
    found = "without an activation" if head.activation == "linear" else f"with `{head.activation}`"
    if needed not in (ANY, head.activation):
        message = f"`{train.loss.word()}` needs probabilities, but the model ends {found}"
        help = f"end with `{needed}`{_several_labels(head, data)}"
        if data.task is TaskKind.MULTI_LABEL and head.activation == "softmax":
            message = f"{data.task} needs a `{needed}` for each label, but the model ends {found}"
            help = f"end with `{needed}`; or write `classes` instead of `labels` if each image has exactly one of them"
        yield Diagnostic(Code.HEAD_AND_LOSS, message, head.node.span, help=help, labels=(label,))
    elif data.task is TaskKind.REGRESSION and head.activation == "softmax":
        message = "`softmax` over one unit is always 1, but the output of a regression must be the number"
        yield Diagnostic(Code.HEAD_AND_LOSS, message, head.node.span, help="end with `dense(1)`", labels=(label,))
