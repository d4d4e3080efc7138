"""Check that drawn images are not to be volumes."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, Label
from ..layers.shapes import text
from ..model.graph import Graph
from ..sections import Data, Phantom, Train


def check_drawn_volume(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Report an image with a depth beside a phantom, which draws pictures."""
    del train, graph
    if data is None or len(data.image) == 3:
        return
    for name, source in data.sources.items():
        if isinstance(source, Phantom):
            message = f"`phantom` draws images without depth, but `image` is {text(data.image)}"
            label = Label(data.place(name), "draws images of height x width")
            help = f"write `image = {text(data.image[1:])}`, or use another source"
            yield Diagnostic(Code.OUT_OF_BOUNDS, message, data.place("image"), help=help, labels=(label,))
            return
