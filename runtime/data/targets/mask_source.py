"""Where the masks of the images come from: files, or the phantom that draws the images."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

from ..sources import Source
from ..sources.drawn import DrawnSource
from ..sources.file_source import FileSource
from .stored_mask import StoredMask, read_mask


class MaskSource(ABC):
    """The masks of all images, by the indices of the images. An image may have several, which are joined."""

    is_drawn: bool = False
    """Whether the masks are drawn with the images, so that they fit them."""

    @abstractmethod
    def read(self, index: int) -> list[StoredMask]:
        """Return the masks of an image.

        Raises NotAnImage if one cannot be read, and MaskFault if its values cannot be class values.
        """

    @abstractmethod
    def digest(self, index: int) -> str:
        """Return a string that depends on the contents of the masks of an image, and not on their names."""

    @abstractmethod
    def describe(self, index: int) -> str:
        """Return the names of the files."""


@dataclass(frozen=True)
class MaskFiles(MaskSource):
    """Masks in files: `pairs` has the indices of the masks of each image in `source`."""

    source: FileSource
    pairs: Sequence[Sequence[int]]
    axes: int
    """The number of axes of a mask: 2, or 3 for volumes."""

    def read(self, index: int) -> list[StoredMask]:
        return [read_mask(self.source, one, self.axes) for one in self.pairs[index]]

    def digest(self, index: int) -> str:
        return _joined(sorted(self.source.digest(one) for one in self.pairs[index]))

    def describe(self, index: int) -> str:
        return ", ".join(self.source.names[one] for one in self.pairs[index])


@dataclass(frozen=True)
class DrawnMasks(MaskSource):
    """The masks that phantoms draw: `places` has the source of each image, and the index of the image in it."""

    is_drawn = True

    places: Sequence[tuple[DrawnSource, int]]

    def read(self, index: int) -> list[StoredMask]:
        source, inside = self.places[index]
        return [StoredMask(self.describe(index), source.mask(inside))]

    def digest(self, index: int) -> str:
        source, inside = self.places[index]
        return _joined(["mask", source.digest(inside)])

    def describe(self, index: int) -> str:
        source, inside = self.places[index]
        return source.names[inside].replace("Image/", "Mask/", 1)


def drawn_masks(sources: Sequence[Source]) -> DrawnMasks:
    """Return the masks of phantoms."""
    places = []
    for source in sources:
        assert isinstance(source, DrawnSource), "the checks refuse other sources beside a phantom with masks"
        places += [(source, inside) for inside in range(len(source.names))]
    return DrawnMasks(places)


def _joined(digests: Sequence[str]) -> str:
    return digests[0] if len(digests) == 1 else hashlib.sha256(" ".join(digests).encode()).hexdigest()
