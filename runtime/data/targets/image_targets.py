"""The base class of what a model learns from each image."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

from numpy.typing import NDArray

from ..events import DataEvents

Targets: TypeAlias = NDArray[Any]
"""The targets of several images, with the axis (image,) first. Each kind of target has its own type of numbers."""


class ImageTargets(ABC):
    """The target of each image of a source, for example its class. The images have the indices of the source."""

    @property
    @abstractmethod
    def strata(self) -> Sequence[int]:
        """The number of the class by which a split stratifies each image; 0 for all if there are no classes."""

    @abstractmethod
    def describe(self, index: int) -> str:
        """Return the target of an image as text, for example the name of its class."""

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
