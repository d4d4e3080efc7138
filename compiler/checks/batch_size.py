"""Check that a batch is not larger than the training part."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ..analysis.part_sizes import SplitError, known_sizes
from ..model.graph import Graph
from ..sections import Data, Train


def check_batch(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Warn about a batch larger than the training part: each epoch would be a single step.

    There is no warning if the number of images is not known before they are read.
    """
    del graph
    if data is None or train is None:
        return
    try:
        images = known_sizes(data).get("train")
    except SplitError:
        return  # `check_split` reports it
    if images is not None and train.batch > images:
        message = f"the training part has {images} images, but `batch` is {train.batch}"
        help = "use a smaller `batch`: now each epoch is one step with all images"
        yield Diagnostic(Code.BIG_BATCH, message, train.place("batch"), help=help)
