"""The class of each pixel, from the values that a mask stores."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ....compiler.sections import Data
from ..pixels import Bytes

UNKNOWN = 255
"""In a mask of class numbers, a pixel whose value is that of no class."""
VALUES = 2**16  # that a class may have


@dataclass(frozen=True)
class MaskCoding:
    """What the values in masks mean. Class numbers are those of the names, and `background` for no class."""

    values: tuple[int, ...]
    """The value of each class; empty if each pixel lighter than middle grey has class 0."""
    background: int
    names: tuple[str, ...]

    @classmethod
    def of(cls, data: Data) -> "MaskCoding":
        """Return the coding of a `data` section."""
        return cls(data.class_values, data.background, data.class_names)

    @property
    def classes(self) -> int:
        """The number of classes of pixels, with the background."""
        return max(len(self.names), self.background + 1)

    def name(self, number: int) -> str:
        """Return the name of a class; that of the background is `background` if no class is the background."""
        return self.names[number] if number < len(self.names) else "background"

    def range_of(self, number: int, dtype: np.dtype[Any]) -> tuple[int, int]:
        """Return the smallest and the largest value of a class in masks of a type."""
        if self.values:
            value = self.values[number] if number < len(self.values) else 0
            return value, value
        middle = middle_grey(dtype)
        return (0, middle) if number == self.background else (middle + 1, int(np.iinfo(dtype).max))

    def encode(self, pixels: NDArray[Any]) -> Bytes:
        """Return the class number of each pixel, UNKNOWN for values of no class.

        Input: integers; unsigned ones if the classes have no values.
        """
        if not self.values:
            return np.where(pixels > middle_grey(pixels.dtype), np.uint8(0), np.uint8(self.background))
        if pixels.dtype in (np.uint8, np.uint16):
            return np.asarray(self._numbers[pixels])
        possible = (pixels >= 0) & (pixels < VALUES)
        return np.where(possible, self._numbers[np.where(possible, pixels, 0)], np.uint8(UNKNOWN))

    @cached_property
    def _numbers(self) -> Bytes:
        """The class number of each possible value."""
        numbers = np.full(VALUES, UNKNOWN, np.uint8)
        if self.background == len(self.names):
            numbers[0] = self.background
        for number, value in enumerate(self.values):
            numbers[value] = number
        return numbers


def middle_grey(dtype: np.dtype[Any]) -> int:
    """Return the middle grey of a type of unsigned integers: the largest value that is not lighter."""
    return int(np.iinfo(dtype).max) // 2
