"""Decides which stored pixel values become black and white: one rule for all images of a data set."""

import numpy as np
from numpy.typing import NDArray

from ...compiler.backends.scaling import BYTE, PixelRange
from ...compiler.sections import Data
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from .pixels import Values
from .stored_values import StoredValues

NARROW = 4  # there is a warning if the values use less than this part of their range

_SCALED_ANYWAY = ("standard", "sample")  # these settings of `scale` give the same result for every range


def pixel_range(values: StoredValues, data: Data) -> PixelRange:
    """Return the range of a data set: the window, or else the whole range of the type of the unsigned integers.

    With `scale = standard` and `sample` other types need no window: their range is that of the set.

    Raises:
        LabError: if a window is missing.
    """
    if data.window:
        return PixelRange.of(data)
    scaled_anyway = data.scale in _SCALED_ANYWAY
    if not values.is_unsigned:
        if not scaled_anyway or data.resize == "pad":
            raise LabError([_needs_window(values, data, scaled_anyway)])
        return PixelRange(values.low, max(values.high, values.low + 1))
    if len(values.dtypes) > 1 and not scaled_anyway:
        raise LabError([_mixed(values, data)])
    return PixelRange(0, values.full_range)


def narrow_range(values: StoredValues, data: Data) -> Diagnostic | None:
    """Return a warning if unsigned integers use less than a quarter of their range, so that all images are dark."""
    if data.window or data.scale in _SCALED_ANYWAY or not values.is_unsigned:
        return None
    full = values.full_range
    if NARROW * (values.high - values.low) >= full:
        return None
    message = f"these images use only the values {values.low:g} to {values.high:g} of 0 to {full}"
    help = f"add `window = {_window(values)}` to `data`, so that they use the whole range"
    return Diagnostic(Code.NARROW_RANGE, message, data.place("image"), help=help)


def grey_levels(images: Values, pixels: PixelRange) -> Values | NDArray[np.float32]:
    """Return images whose range is mapped to 0 to 255, as the first layers of the model do it. The shape is kept."""
    if pixels.is_bytes:
        return images
    levels = (images.astype(np.float32) - pixels.low) * np.float32(BYTE / (pixels.high - pixels.low))
    return np.clip(levels, 0, BYTE) if pixels.clips else levels


def _needs_window(values: StoredValues, data: Data, scaled_anyway: bool) -> Diagnostic:
    kind = "negative" if values.low < 0 else "decimal" if _has_decimals(values) else "signed"
    message = f"a window is missing: these images have {kind} values, from {values.low:g} to {values.high:g}"
    window = f"({values.low:g}, {max(values.high, values.low + 1):g})"
    help = f"add to `data` the values that become black and white, for example `window = {window}`"
    if not scaled_anyway:
        help += "; or use `scale = sample`"
    return Diagnostic(Code.NEEDS_WINDOW, message, data.place("image"), help=help)


def _has_decimals(values: StoredValues) -> bool:
    return any(np.dtype(name).kind == "f" for name in values.dtypes)


def _mixed(values: StoredValues, data: Data) -> Diagnostic:
    counts = [f"{count} have {name}" for name, count in sorted(values.dtypes.items())]
    message = f"a window is missing: these images have values of different types: {', '.join(counts)}"
    help = f"add for example `window = {_window(values)}` to `data`, or convert the images to one type"
    notes = (f"the values are from {values.low:g} to {values.high:g}",)
    return Diagnostic(Code.NEEDS_WINDOW, message, data.place("image"), help=help, notes=notes)


def _window(values: StoredValues) -> str:
    """Return the window from 0 to the first number of the form 2^n - 1 that is not below the largest value."""
    return f"(0, {2 ** max(1, int(values.high).bit_length()) - 1})"
