"""Rows of an array that stay where they are, for example on the disk, until they are needed."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

LARGE = 2**29
"""The number of bytes from which a part of the data is not copied into the memory of the framework.

It does not depend on the machine, because the order of the images in an epoch depends on it.
"""


class Rows:
    """Rows of an array (row, ...): all of them, or chosen ones, some of them perhaps repeatedly.

    Rows are copied and converted only when they are asked for.
    """

    def __init__(
        self,
        array: Array,
        chosen: NDArray[np.int64] | None = None,
        convert: Callable[[Array], Array] = lambda rows: rows,
    ) -> None:
        """Take the rows at the indices `chosen`, or all. `convert` converts several rows of the array."""
        self._array, self._chosen, self._convert = array, chosen, convert
        self._one = convert(array[:1])

    def __len__(self) -> int:
        return len(self._array if self._chosen is None else self._chosen)

    def __getitem__(self, positions: slice | NDArray[np.int64]) -> Array:
        """Return the rows at some positions. Positions with several axes give an array with these axes first."""
        if isinstance(positions, slice):
            return self._convert(self._array[positions if self._chosen is None else self._chosen[positions]])
        flat = positions.reshape(-1)
        rows = self._convert(self._array[flat if self._chosen is None else self._chosen[flat]])
        return rows.reshape(*positions.shape, *rows.shape[1:])

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the array of all rows."""
        return (len(self), *self._one.shape[1:])

    @property
    def nbytes(self) -> int:
        """The number of bytes of all rows."""
        return len(self) * self._one.nbytes

    def all(self) -> Array:
        """Return all rows; the array itself if it has these rows and they are not converted."""
        return self._convert(self._array if self._chosen is None else self._array[self._chosen])

    def as_stored(self) -> "Rows":
        """Return the same rows without conversion."""
        return Rows(self._array, self._chosen)
