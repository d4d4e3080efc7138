"""Folds of cross-validation that are too small."""

from collections.abc import Mapping

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ..sections import Data


def small_folds(data: Data, sizes: Mapping[str, int]) -> Diagnostic | None:
    """Return a diagnostic if the smallest fold has no image, or with `stratify`, fewer images than there are classes.

    Input: `sizes`, the sizes of the parts from `fold_sizes`.
    """
    least = sizes["validation"]
    if least >= max(1, len(data.classes) if data.split.stratify and not data.has_masks else 1):
        return None
    message = f"the smallest of {data.folds} folds has {least or 'no'} {'image' if least == 1 else 'images'}"
    help = "every fold needs an image of each class: use fewer folds, or write `stratify = false` in `split`"
    return Diagnostic(Code.FOLDS, message, data.place("folds"), help=help if least else "use fewer folds")
