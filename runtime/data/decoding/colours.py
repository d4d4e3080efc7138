"""Converts the colours of a stored image to red, green and blue, or to grey."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .image_limits import NotAnImage

Array = NDArray[Any]


def on_black(pixels: Array) -> Array:
    """Compose an image on a black background. The last channel is alpha: the share of the colour in the result.

    Input: (height, width, channel), unsigned integers, or decimal numbers whose alpha is from 0 to 1.
    Output: the same dtype, (height, width, channel - 1).

    Raises:
        NotAnImage: if the values are signed integers, which have no full opacity.
    """
    colours, alpha = pixels[:, :, :-1], pixels[:, :, -1:]
    if pixels.dtype.kind == "f":
        return np.asarray(colours * alpha)
    full = _full(pixels, "transparency")
    return _divided(colours.astype(np.uint64) * alpha, full, pixels)


def from_cmyk(pixels: Array) -> Array:
    """Convert cyan, magenta, yellow and black (height, width, 4) to red, green and blue (height, width, 3).

    Formula, for values from 0 to 1: `(1 - colour) (1 - black)`.
    """
    full = _full(pixels, "CMYK colours")
    colours, black = full - pixels[:, :, :3].astype(np.uint64), full - pixels[:, :, 3:].astype(np.uint64)
    return _divided(colours * black, full, pixels)


def inverted(pixels: Array) -> Array:
    """Return an image whose zeros are white with zeros that are black."""
    return np.asarray(~pixels if pixels.dtype == bool else _full(pixels, "white as zero") - pixels)


def from_palette(pixels: Array, palette: NDArray[np.uint16]) -> Array:
    """Return the colours of a palette as bytes (height, width, 3).

    Input: `pixels`, indices (height, width); `palette`, values from 0 to 65535 (channel, index).
    """
    colours = np.rint(palette.T / 257).astype(np.uint8)
    return np.asarray(colours[pixels])


def _divided(product: NDArray[np.uint64], full: int, pixels: Array) -> Array:
    """Divide by the largest value, rounded to the nearest integer of the dtype of the image."""
    return np.asarray((product + full // 2) // full, pixels.dtype)


def _full(pixels: Array, what: str) -> int:
    """Return the largest value of the dtype, which is full opacity or full ink."""
    if pixels.dtype.kind != "u":
        raise NotAnImage(f"labc reads {what} only in unsigned integers, but the values are {pixels.dtype}")
    return int(np.iinfo(pixels.dtype).max)
