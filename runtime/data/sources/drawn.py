"""A source of images that labc draws itself."""

from dataclasses import dataclass

import numpy as np

from ....compiler.sections import Phantom
from ..phantom import KINDS
from ..pixels import StoredImage
from .image_source import Source


@dataclass(frozen=True)
class DrawnSource(Source):
    """Synthetic images of each class in turn. Image `i` does not depend on the number of images."""

    kind: str
    seed: int
    classes: tuple[str, ...]
    names: tuple[str, ...]

    @classmethod
    def of(cls, phantom: Phantom) -> "DrawnSource":
        """Return the source for the settings of a phantom."""
        labels = [phantom.classes[index % len(phantom.classes)] for index in range(phantom.images)]
        names = tuple(f"{label}/{label}_{index:05d}.png" for index, label in enumerate(labels))
        return cls(phantom.kind, phantom.seed, phantom.classes, names)

    def read(self, index: int) -> StoredImage:
        number = index % len(self.classes)
        random = np.random.default_rng([self.seed, number, index])
        return StoredImage(KINDS[self.kind].draw(self.classes[number], random), "array")

    def digest(self, index: int) -> str:
        return f"{self.kind} {KINDS[self.kind].VERSION} {self.seed} {index}"
