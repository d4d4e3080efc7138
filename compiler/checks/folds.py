"""Cross-validation against the split."""

from collections.abc import Iterator

from ...grammar.codes import Code
from ...grammar.diagnostic import Diagnostic
from ..graph import Graph
from ..settings import Data, Npz, Train
from ..split import images_of


def check_folds(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """The folds divide training and validation images anew for each training, so nothing else may divide them."""
    del train, graph
    if data is None or data.folds is None:
        return
    place = data.place("folds")
    if data.train or isinstance(data.source, Npz):
        message = "the source says which images train, and `folds` divides them anew"
        yield Diagnostic(Code.FOLDS, message, place, help="leave `folds` out, or give all images as one `source`")
    for part in ("train", "validation"):
        if not data.split.is_default(part):
            message = f"each of the {data.folds} folds is the validation part once, so `{part}` is not to be given"
            help = f"leave `{part}` out of `split`; `test` may stay"
            yield Diagnostic(Code.FOLDS, message, data.split.place(part), help=help)
    images = images_of(data)
    if images is not None and images < data.folds:
        message = f"{images} images do not make {data.folds} folds"
        yield Diagnostic(Code.FOLDS, message, place)
