"""Cross-validation against the split."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ..analysis.part_sizes import SplitError, known_sizes
from ..model.graph import Graph
from ..sections import Data, Npz, Train


def check_folds(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """The folds divide the images into training and validation parts, so nothing else may."""
    del train, graph
    if data is None or data.folds is None:
        return
    place = data.place("folds")
    if data.train or isinstance(data.source, Npz):
        message = "the source already divides the images into parts, and so does `folds`"
        yield Diagnostic(Code.FOLDS, message, place, help="leave `folds` out, or give all images as one `source`")
    for part in ("train", "validation"):
        if not data.split.is_default(part):
            message = f"each of the {data.folds} folds is the validation part once, so `split` cannot give `{part}`"
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
        help = "every fold needs an image of each class; take fewer folds, or write `stratify = false` in `split`"
        yield Diagnostic(Code.FOLDS, message, place, help=help if least else "take fewer folds")
