"""The parts of the data, as far as they are known before it is read."""

from collections.abc import Iterator

from ...grammar.diagnostics.diagnostic import Diagnostic
from ..analysis.part_sizes import SplitError, known_sizes, split_diagnostic
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
