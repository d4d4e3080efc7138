"""The class of each image, for classification."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from ..events import DataEvents
from .image_targets import ImageTargets, Strata, Targets


@dataclass(frozen=True)
class ClassTargets(ImageTargets):
    """One class of each image: `numbers` are indices of `names`."""

    numbers: Sequence[int]
    names: Sequence[str]

    @cached_property
    def strata(self) -> Strata:
        return np.asarray(self.numbers, np.int64)

    def describe(self, index: int) -> str:
        return self.names[self.numbers[index]]

    def key(self, index: int) -> object:
        return self.numbers[index]

    def load(self, indices: Sequence[int], cache: Path, events: DataEvents) -> Targets:
        """Return class numbers (image,)."""
        del cache, events
        return np.asarray([self.numbers[index] for index in indices], np.int64)

    def count(self, indices: Sequence[int]) -> dict[str, int]:
        counts = Counter(self.numbers[index] for index in indices)
        return {name: counts[number] for number, name in enumerate(self.names)}
