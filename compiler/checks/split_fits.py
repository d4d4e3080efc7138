"""The parts of the data, as far as they are known before it is read."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ..analysis.part_sizes import SplitError, known_sizes
from ..model.graph import Graph
from ..sections import Data, Train


def check_split(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """The parts fit into the number of images, as far as it is known; for a folder only percentages can be checked."""
    del train, graph
    if data is None:
        return
    try:
        known_sizes(data)
    except SplitError as error:
        yield split_diagnostic(data, error)


def split_diagnostic(data: Data, error: SplitError) -> Diagnostic:
    """The diagnostic of parts that do not fit, at the part to change."""
    place = data.split.place(error.part) if error.part else data.place("split")
    return Diagnostic(Code.SPLIT, str(error), place, help=error.help)
