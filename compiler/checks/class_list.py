"""Check the classes that `data` lists."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ..expressions.values import show
from ..model.graph import Graph
from ..schema.task_kind import TaskKind
from ..sections import Data, Train

_TASKS_HELP = (
    "write `classes = …`; or `labels = …` if an image may have several of them, `target = …` for a number, "
    "`masks = …` for segmentation"
)


def check_classes(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Report missing classes, and classes that a phantom does not draw."""
    del train, graph
    if data is None:
        return
    drawn, task = data.phantom, data.task
    help = f"write `classes = {show(list(drawn.classes))}`" if drawn else _TASKS_HELP
    if task is TaskKind.CLASSIFICATION and not data.classes and data.is_given("labels"):
        help = 'list the names, for example `labels = ["atelectasis", "effusion"]`'
        yield Diagnostic(Code.MISSING, "`labels` lists no label", data.place("labels"), help=help)
    elif task is TaskKind.CLASSIFICATION and not data.classes:
        yield Diagnostic(Code.MISSING, "`data` needs `classes`", data.place("classes"), help=help)
    elif task is TaskKind.CLASSIFICATION and len(data.classes) == 1:
        message = "classification needs at least two classes, but `classes` lists one"
        help = "list another class; or write `labels` for images that have it or not, or `masks = …` for segmentation"
        yield Diagnostic(Code.OUT_OF_BOUNDS, message, data.place("classes"), help=help)
    elif drawn and data.classes and set(data.classes) != set(drawn.classes):
        message = f"`classes` must be the classes that `phantom({drawn.kind})` draws, but is `{show(data.classes)}`"
        yield Diagnostic(Code.PHANTOM_CLASSES, message, data.place("classes"), help=help)
