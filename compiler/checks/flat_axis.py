"""Check that the images are large enough for the augmentation."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ..layers.shapes import text
from ..model.graph import Graph
from ..sections import Data, Train

_MOVES_BOTH = ("rotation", "shift", "zoom", "shear", "elastic")
_FLIPS = {"vertical": (0,), "horizontal": (1,), "both": (0, 1)}


def check_flat_axis(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Report geometric augmentation along an axis of one pixel, where it has no effect or cannot work."""
    del train, graph
    if data is None:
        return
    axes = {name: (0, 1) for name in _MOVES_BOTH if getattr(data.augment, name)} | {
        "flip": _FLIPS.get(data.augment.flip, ())
    }
    for name, moved in axes.items():
        flat = [axis for axis in moved if data.image[axis - 3] == 1]  # a depth comes first
        if flat:
            side = ("height", "width")[flat[0]]
            message = f"`{name}` needs images with a {side} above 1, but `image` is {text(data.image)}"
            yield Diagnostic(Code.FLAT_AXIS, message, data.augment.place(name), help=f"leave `{name}` out")
