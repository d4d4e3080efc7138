"""The types and the range of the pixel values that the files of a data set store."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from .pixels import Pixels


@dataclass(frozen=True)
class StoredValues:
    """The pixel values of all images of a set, before resizing."""

    dtypes: Mapping[str, int]
    """The number of images with each type of values, for example `uint8`."""
    low: float
    high: float

    @property
    def is_unsigned(self) -> bool:
        """Whether all values are unsigned integers."""
        return all(np.dtype(name).kind == "u" for name in self.dtypes)

    @property
    def full_range(self) -> int:
        """The largest number that the types of the values can hold; only for unsigned integers."""
        return max(int(np.iinfo(name).max) for name in self.dtypes)


@dataclass
class ValueCounter:
    """Collects the values of one image after the other."""

    dtypes: Counter[str] = field(default_factory=Counter)
    low: float = np.inf
    high: float = -np.inf

    def add(self, dtype: str, low: float, high: float) -> None:
        """Add an image: the type and the range of its values."""
        self.low, self.high = min(self.low, low), max(self.high, high)
        self.dtypes[dtype] += 1

    @property
    def values(self) -> StoredValues:
        """The values of all images until now."""
        return StoredValues(dict(self.dtypes), self.low, self.high)


def measure(pixels: Pixels) -> tuple[str, float, float]:
    """Return the type, the smallest and the largest value of an image. Truth values count as bytes, 0 and 255."""
    if not isinstance(pixels, np.ndarray):
        return ("uint8", *pixels.extremes())
    if pixels.dtype == bool:
        return "uint8", 255.0 * pixels.min(), 255.0 * pixels.max()
    return pixels.dtype.name, float(pixels.min()), float(pixels.max())
