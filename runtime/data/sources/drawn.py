"""A source of images that labc draws itself."""

from dataclasses import dataclass

import numpy as np

from ....compiler.sections import Phantom
from ..phantom import KINDS
from ..pixels import Bytes, StoredImage
from .image_source import Source


@dataclass(frozen=True)
class DrawnSource(Source):
    """Synthetic images, of each class in turn if they have classes. Image `i` does not depend on their number."""

    kind: str
    seed: int
    classes: tuple[str, ...]
    names: tuple[str, ...]

    @classmethod
    def of(cls, phantom: Phantom) -> "DrawnSource":
        """Return the source for the settings of a phantom."""
        names = tuple(_name(phantom, index) for index in range(phantom.images))
        return cls(phantom.kind, phantom.seed, phantom.classes, names)

    def read(self, index: int) -> StoredImage:
        label = self.classes[index % len(self.classes)]
        return StoredImage(KINDS[self.kind].draw(label, self._generator(index)), "array")

    def mask(self, index: int) -> Bytes:
        """Return the mask of an image (height, width), uint8. Only the phantoms for segmentation have masks."""
        drawn: Bytes = KINDS[self.kind].mask(self._generator(index))
        return drawn

    def digest(self, index: int) -> str:
        return f"{self.kind} {KINDS[self.kind].VERSION} {self.seed} {index}"

    def _generator(self, index: int) -> np.random.Generator:
        return np.random.default_rng([self.seed, index % len(self.classes), index])


def _name(phantom: Phantom, index: int) -> str:
    if phantom.has_masks:
        return f"Image/Im{index:03d}.png"
    label = phantom.classes[index % len(phantom.classes)]
    return f"{label}/{label}_{index:05d}.png"
