"""Check that `folds` agrees with `split` and with the number of images."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ..analysis.part_sizes import SplitError, known_sizes
from ..model.graph import Graph
from ..sections import Data, Npz, Train


def check_folds(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Report `folds` beside another division into training and validation parts, and folds that are too small."""
    del train, graph
    if data is None or data.folds is None:
        return
    place = data.place("folds")
    if data.train or isinstance(data.source, Npz):
        message = "cannot use `folds`: the source already divides the images into parts"
        yield Diagnostic(Code.FOLDS, message, place, help="leave `folds` out, or give all images as one `source`")
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
    if "validation" not in sizes:
        return
    least = sizes["validation"]
    if least < (len(data.classes) if data.split.stratify and not data.has_masks else 1):
        message = f"the smallest of {data.folds} folds has {least or 'no'} {'image' if least == 1 else 'images'}"
        help = "every fold needs an image of each class: use fewer folds, or write `stratify = false` in `split`"
        yield Diagnostic(Code.FOLDS, message, place, help=help if least else "use fewer folds")
