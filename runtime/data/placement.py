"""Where the pixels of a stored image are in the image that the model gets. An image and its mask share it.

Sides and sizes are lengths along the axes (height, width), or (depth, height, width).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def crop_window(sides: Sequence[int], size: Sequence[int]) -> tuple[slice, ...]:
    """Return the largest centred part with the proportions of `size`, along each axis."""
    kept = [min(round(other * wanted / size[axis]) for axis, other in enumerate(sides)) or 1 for wanted in size]
    starts = [(side - one) // 2 for side, one in zip(sides, kept, strict=True)]
    return tuple(slice(start, start + one) for start, one in zip(starts, kept, strict=True))


def inner_size(sides: Sequence[int], size: Sequence[int]) -> tuple[int, ...]:
    """Return the largest lengths of the axes that fit into `size` and keep the proportions of the image."""
    ratio = min(wanted / side for wanted, side in zip(size, sides, strict=True))
    return tuple(max(1, round(side * ratio)) for side in sides)


def margins(inner: Sequence[int], size: Sequence[int]) -> list[tuple[int, int]]:
    """Return the widths of the margins before and after each axis that centre an image of `inner` in `size`."""
    spare = [wanted - side for wanted, side in zip(size, inner, strict=True)]
    return [(one // 2, one - one // 2) for one in spare]


def nearest(side: int, wanted: int) -> NDArray[np.int64]:
    """Return the pixel of an axis in which the centre of each new pixel lies, when `side` pixels become `wanted`."""
    return (2 * np.arange(wanted, dtype=np.int64) + 1) * side // (2 * wanted)


def resize_nearest(image: NDArray[np.uint8], size: Sequence[int], resize: str, margin: int) -> NDArray[np.uint8]:
    """Resize a mask to `size`, each new pixel with the value of the pixel in which its centre lies.

    Input: `resize`, the setting of `data`; `margin`, the value of the margins of `resize = pad`.
    """
    window = crop_window(image.shape, size) if resize == "crop" else tuple(slice(0, side) for side in image.shape)
    inner = inner_size(image.shape, size) if resize == "pad" else tuple(size)
    part = image[window]
    resized = part[np.ix_(*(nearest(side, wanted) for side, wanted in zip(part.shape, inner, strict=True)))]
    return np.pad(resized, margins(inner, size), constant_values=margin)
