"""Folds of cross-validation that are too small."""

from collections.abc import Mapping

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ..sections import Data


def small_folds(data: Data, sizes: Mapping[str, int]) -> Diagnostic | None:
    """Return a diagnostic if the smallest fold has no image, or with `stratify`, fewer images than there are classes.

    Input: `sizes`, the sizes of the parts from `fold_sizes`.
    """
    least, images = sizes["validation"], sizes["train"] + sizes["validation"]
    needed = max(1, len(data.classes) if data.split.stratify and not data.has_masks else 1)
    if least >= needed:
        return None
    has = f"has {least or 'no'} {'image' if least == 1 else 'images'}"
    message = f"the smallest of {data.folds} folds of {images} images {has}"
    most = f"use at most {images // needed} folds" if images >= 2 * needed else "use more images"
    reason = "every fold needs an image of each class: " if least else ""
    otherwise = ", or write `stratify = false` in `split`" if least else ""
    return Diagnostic(Code.FOLDS, message, data.place("folds"), help=f"{reason}{most}{otherwise}")
