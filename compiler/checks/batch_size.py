"""The batch against the number of images."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ..analysis.part_sizes import SplitError, known_sizes
from ..model.graph import Graph
from ..sections import Data, Train


def check_batch(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """A batch larger than the training part makes each epoch a single step, where the number is known."""
    del graph
    if data is None or train is None:
        return
    try:
        images = known_sizes(data).get("train")
    except SplitError:
        return  # `check_split` reports it
    if images is not None and train.batch > images:
        message = f"the batch of {train.batch} is larger than the training part, {images} images"
        help = "each epoch would be one step on all of them; choose a smaller `batch`"
        yield Diagnostic(Code.BIG_BATCH, message, train.place("batch"), help=help)
