"""The pixels of an image as its file stores them."""

from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Bytes: TypeAlias = NDArray[np.uint8]
Values: TypeAlias = NDArray[np.uint8] | NDArray[np.uint16] | NDArray[np.float32]
"""Stored values after resizing: bytes, integers of 16 bits, or float32 for all other types of values."""


class StoredBytes(Protocol):
    """An image of bytes outside NumPy, with the shape of an array; its slices are arrays."""

    shape: tuple[int, ...]
    dtype: np.dtype[np.uint8]

    def extremes(self) -> tuple[float, float]:
        """Return the smallest and the largest value, or a smaller and a larger one."""

    def __getitem__(self, window: tuple[slice, slice]) -> Bytes:
        """Return the pixels of a rectangle: (height, width) or (height, width, channel)."""


Pixels: TypeAlias = NDArray[np.generic] | StoredBytes
"""(height, width) for grey, or (height, width, channel) with the channels red, green and blue; any dtype.

Volumes are always arrays. They have a first axis more: the depth.
"""


@dataclass(frozen=True, eq=False)
class StoredImage:
    """An image as its file stores it."""

    pixels: Pixels
    mode: str
    """How the file stores the colours: Pillow's mode such as `RGB`, the photometric interpretation of TIFF and DICOM,
    `array`, or `nifti`."""
    note: str = ""
    """A sentence for the user about how the file was read."""


def middle_slice(image: Values) -> Values:
    """Return the middle slice (height, width, channel) of a volume, or a picture itself."""
    return image[len(image) // 2] if image.ndim == 4 else image


def middle_of_mask(mask: Bytes) -> Bytes:
    """Return the middle slice (height, width) of the mask of a volume, or the mask of a picture itself."""
    return mask[len(mask) // 2] if mask.ndim == 3 else mask
