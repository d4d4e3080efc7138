"""Check the classes that `data` lists."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ..expressions.values import show
from ..model.graph import Graph
from ..sections import Data, Train


def check_classes(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Report missing classes, and classes that a phantom does not draw."""
    del train, graph
    if data is None:
        return
    drawn = data.phantom
    help = f"write `classes = {show(list(drawn.classes))}`" if drawn else "write `classes = …`"
    if not data.has_masks and not data.classes:
        yield Diagnostic(Code.MISSING, "`data` needs `classes`", data.place("classes"), help=help)
    elif not data.has_masks and len(data.classes) == 1:
        message = "classification needs at least two classes, but `classes` lists one"
        yield Diagnostic(
            Code.OUT_OF_BOUNDS,
            message,
            data.place("classes"),
            help="list another class, or add `masks = …` for segmentation",
        )
    elif drawn and data.classes and set(data.classes) != set(drawn.classes):
        message = f"`classes` must be the classes that `phantom({drawn.kind})` draws, but is `{show(data.classes)}`"
        yield Diagnostic(Code.PHANTOM_CLASSES, message, data.place("classes"), help=help)
