"""The base class of what a model learns from each image."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..events import DataEvents

Targets: TypeAlias = NDArray[Any]
"""The targets of several images, with the axis (image,) first. Each kind of target has its own type of numbers."""
Strata: TypeAlias = NDArray[np.int64]
"""What a split stratifies by: the class number of each image (image,), or its labels as 0 and 1 (image, label)."""


class ImageTargets(ABC):
    """The target of each image of a source, for example its class. The images have the indices of the source."""

    @property
    @abstractmethod
    def strata(self) -> Strata:
        """What a split stratifies by; the class number 0 of each image if there are no classes."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences for the user about the targets."""
        return ()

    @abstractmethod
    def describe(self, index: int) -> str:
        """Return the target of an image as text, for example the name of its class."""

    def value(self, index: int) -> str | tuple[str, ...] | float:
        """Return the target of an image for `labc data --json`: the name of its class, its labels, or its number."""
        return self.describe(index)

    @abstractmethod
    def key(self, index: int) -> object:
        """Return a JSON value that is equal for two images if and only if their targets are equal."""

    @abstractmethod
    def load(self, indices: Sequence[int], cache: Path, events: DataEvents) -> Targets:
        """Return the targets of images (image, …), which may be read from the folder `cache`.

        Raises:
            LabError: if targets cannot be read.
        """

    @abstractmethod
    def count(self, indices: Sequence[int]) -> dict[str, int]:
        """Return the number of images of each class by its name; an empty dict if that needs the targets."""

    def count_loaded(self, indices: Sequence[int], targets: Targets) -> dict[str, int]:
        """Return the number of images of each class by its name; `targets` is what `load` returns for the indices."""
        del targets
        return self.count(indices)
