"""Check the classes of masks and their values."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ..expressions.values import show
from ..model.graph import Graph
from ..sections import Data, Train

MOST_CLASSES = 255  # with the background; a mask is stored as bytes


def check_mask_classes(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Report a wrong number of `mask_values`, masks without a class besides the background, and too many classes."""
    del train, graph
    if data is None or not data.masks or (data.phantom and data.phantom.has_masks):  # `check_sources` reports both
        return
    classes = len(data.class_names)
    values = data.place("mask_values" if data.mask_values else "classes")
    if len(data.mask_values) != classes and (classes > 1 or data.mask_values):
        given = len(data.mask_values) or "none"
        one_each = "1 value, because there is one class" if classes == 1 else f"{classes} values, one for each class"
        message = f"`mask_values` must have {one_each}, but has {given}"
        yield Diagnostic(Code.MISSING, message, values, help=_values_help(data))
    elif data.mask_classes < 2:
        message = "masks need a class besides the background"
        help = 'list the other class, for example `classes = ["background", "lung"]  mask_values = [0, 255]`'
        yield Diagnostic(Code.OUT_OF_BOUNDS, message, values, help=help)
    elif data.mask_classes > MOST_CLASSES:
        message = f"masks can have at most {MOST_CLASSES} classes with the background, but have {data.mask_classes}"
        yield Diagnostic(Code.OUT_OF_BOUNDS, message, data.place("classes"))


def _values_help(data: Data) -> str:
    """Return an example with the right number of values; a class that is the background has the value 0."""
    if len(data.class_names) > 8:
        return "write the value of each class in the masks, in the order of `classes`"
    if data.mask_values and len(data.class_names) == 1:
        return "list the names of all classes in `classes`, in the order of `mask_values`"
    others = iter(range(1, len(data.class_names) + 1))
    example = [0 if name.casefold() == "background" else next(others) for name in data.class_names]
    return f"write for example `mask_values = {show(example)}`, in the order of `classes`"
