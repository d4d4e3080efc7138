"""The type of the pixels that a source returns."""

from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Bytes: TypeAlias = NDArray[np.uint8]


class StoredBytes(Protocol):
    """An image of bytes outside NumPy, with the shape of an array; its slices are arrays."""

    shape: tuple[int, ...]

    def __getitem__(self, window: tuple[slice, slice]) -> Bytes:
        """Return the pixels of a rectangle: (height, width) or (height, width, channel)."""


# (height, width) or (height, width, channel); an array may have any dtype
Pixels: TypeAlias = NDArray[np.generic] | StoredBytes
