"""Check that `folds` agrees with `split` and with the number of images."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ..analysis.part_sizes import SplitError, known_sizes
from ..analysis.small_folds import small_folds
from ..model.graph import Graph
from ..sections import Data, Npz, Train


def check_folds(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Report `folds` beside another division into training and validation parts, and folds that are too small."""
    del train, graph
    if data is None or data.folds is None:
        return
    place = data.place("folds")
    if data.validation or any(isinstance(source, Npz) for source in data.sources.values()):
        message = "cannot use `folds`: the source already divides the images into parts"
        help = "leave `folds` out, or give all images as one `source`, or as `train` and `test`"
        yield Diagnostic(Code.FOLDS, message, place, help=help)
    if data.split.table:
        message = "cannot use `folds`: the table in `split` already divides the images into parts"
        yield Diagnostic(Code.FOLDS, message, place, help="leave `folds` out, or the table")
    for part in ("train", "validation"):
        if not data.split.is_default(part):
            message = f"cannot give `{part}` with `folds`: each of the {data.folds} folds is the validation part once"
            help = f"leave `{part}` out of `split`; `test` may stay"
            yield Diagnostic(Code.FOLDS, message, data.split.place(part), help=help)
    try:
        sizes = known_sizes(data)
    except SplitError:  # `check_split` reports it
        return
    if "validation" in sizes and (diagnostic := small_folds(data, sizes)):
        yield diagnostic
