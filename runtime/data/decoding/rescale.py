"""Applies the rescale slope and intercept of medical image files, for example to Hounsfield units."""

from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .image_limits import NotAnImage

Array = NDArray[Any]


def rescale(stored: Array, slope: float, intercept: float) -> Array:
    """Return `slope * stored + intercept` in float32. Slope 1 and intercept 0 leave the values and their type.

    The values are computed in float64, one part of the first axis after the other, to save memory.

    Raises:
        NotAnImage: if the slope is 0, or if one of the numbers is not finite.
    """
    if slope == 0 or not isfinite(slope) or not isfinite(intercept):
        raise NotAnImage(f"its values cannot be rescaled by the slope {slope:g} and the intercept {intercept:g}")
    if (slope, intercept) == (1, 0):
        return stored
    values = np.empty(stored.shape, np.float32)
    for index, part in enumerate(stored):
        values[index] = part.astype(np.float64) * slope + intercept
    return values
