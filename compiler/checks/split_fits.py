"""Check the parts of the data, as far as their sizes are known before the images are read."""

from collections.abc import Iterator

from ...grammar.diagnostics.diagnostic import Diagnostic
from ..analysis.part_sizes import SplitError, known_sizes, split_diagnostic
from ..model.graph import Graph
from ..sections import Data, Train


def check_split(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Report parts that are too small, or together larger than the number of images.

    The number of images in a folder is not known here, so only percentages are checked.
    """
    del train, graph
    if data is None:
        return
    try:
        known_sizes(data)
    except SplitError as error:
        yield split_diagnostic(data, error)
