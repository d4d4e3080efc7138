"""The classes that `data` lists."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ..expressions.values import show
from ..model.graph import Graph
from ..sections import Data, Train


def check_classes(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Classification needs two classes; the classes of a phantom are those that it draws."""
    del train, graph
    if data is None:
        return
    drawn = data.phantom
    help = f"write `classes = {show(list(drawn.classes))}`" if drawn else "write `classes = …`"
    if not data.has_masks and not data.classes:
        yield Diagnostic(Code.MISSING, "`data` needs `classes`", data.place("classes"), help=help)
    elif not data.has_masks and len(data.classes) == 1:
        message = "`classes` lists one class, and classification needs at least two"
        yield Diagnostic(
            Code.OUT_OF_BOUNDS,
            message,
            data.place("classes"),
            help="list another class, or add `masks = …` for segmentation",
        )
    elif drawn and data.classes and set(data.classes) != set(drawn.classes):
        message = f"`phantom({drawn.kind})` draws other classes"
        yield Diagnostic(Code.PHANTOM_CLASSES, message, data.place("classes"), help=help)
    elif data.masks and len(data.class_names) > 1 and len(data.mask_values) != len(data.class_names):
        given = len(data.mask_values) or "none"
        message = f"there are {len(data.class_names)} classes, and `mask_values` has a grey value for {given}"
        place = data.place("mask_values" if data.mask_values else "classes")
        yield Diagnostic(Code.MISSING, message, place, help="write `mask_values = [64, 128]`, a value for each class")
