"""The base class of what `predictions.csv` contains: a row for each validation and test image."""

from dataclasses import dataclass, fields, replace
from typing import Any, Self

import numpy as np

from ..evaluation.confusion_and_roc import Integers


@dataclass(frozen=True, eq=False)
class JudgedImages:
    """Images with their parts. The other fields of a subclass are arrays with the axis (image,) first."""

    file: tuple[str, ...]
    """The names of the image files; a byte that is not UTF-8 is a lone surrogate, as in all file names in Python."""
    part: tuple[str, ...]

    def of(self, part: str) -> Self:
        """Return the images of one part, `validation` or `test`; without images if the part has none."""
        chosen = np.array([name == part for name in self.part], dtype=bool)
        return self.take(np.flatnonzero(chosen))

    def take(self, rows: Integers) -> Self:
        """Return the images with the given indices, in the given order."""
        taken: dict[str, Any] = {}
        for field in fields(self):
            values = getattr(self, field.name)
            taken[field.name] = tuple(values[row] for row in rows) if isinstance(values, tuple) else values[rows]
        return replace(self, **taken)

    def main_part(self) -> Self:
        """Return the images by which a run is judged: of the test part, or without a test part of the validation part.

        The result has no images if both parts have none.
        """
        test = self.of("test")
        return test if len(test) else self.of("validation")

    def __len__(self) -> int:
        """The number of images."""
        return len(self.file)
