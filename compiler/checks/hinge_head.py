"""Check that the output of a model trained with a hinge loss can be negative."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, Label
from ..analysis.head import head_of
from ..model.graph import Graph
from ..schema.task_kind import TaskKind
from ..sections import Data, Train

_NEVER_NEGATIVE = ("sigmoid", "softmax", "relu", "softplus")


def check_hinge_head(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Warn about a hinge loss whose model ends with an activation that is never negative."""
    if (
        data is None
        or train is None
        or graph is None
        or data.task is not TaskKind.CLASSIFICATION
        or len(graph.output) != 1
    ):
        return
    head, loss = head_of(graph), train.loss
    if not loss.is_signed() or head.units not in loss.image_heads(len(data.classes)):
        return
    if head.activation in _NEVER_NEGATIVE:
        message = f"`{loss.word()}` needs positive and negative outputs, but `{head.activation}` is never negative"
        help = "end with `tanh`, or without an activation"
        label = Label(train.place("loss"), f"the loss is `{loss.word()}`")
        yield Diagnostic(Code.HINGE_HEAD, message, head.node.span, help=help, labels=(label,))
