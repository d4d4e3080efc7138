"""The labels of each image, for multi-label classification."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from pathlib import Path

import numpy as np

from ....compiler.sections import Data
from ..events import DataEvents
from ..sources import ListedImages
from .image_targets import ImageTargets, Strata, Targets
from .label_values import read_labels

NO_LABEL = "none"


@dataclass(frozen=True)
class LabelTargets(ImageTargets):
    """Any number of labels of each image: `values` are 0 and 1 (image, label), in the order of `names`."""

    values: Sequence[Sequence[int]]
    names: Sequence[str]
    remarks: tuple[str, ...] = ()

    @cached_property
    def strata(self) -> Strata:
        return np.asarray(self.values, np.int64).reshape(-1, len(self.names))

    @property
    def notes(self) -> tuple[str, ...]:
        return self.remarks

    def describe(self, index: int) -> str:
        """Return the names of the labels, separated by commas, or `none`."""
        return ", ".join(self.value(index)) or NO_LABEL

    def value(self, index: int) -> tuple[str, ...]:
        return tuple(compress(self.names, self.values[index]))

    def key(self, index: int) -> object:
        return list(self.values[index])

    def load(self, indices: Sequence[int], cache: Path, events: DataEvents) -> Targets:
        """Return 0 and 1 as bytes (image, label)."""
        del cache, events
        return np.asarray([self.values[index] for index in indices], np.uint8).reshape(-1, len(self.names))

    def count(self, indices: Sequence[int]) -> dict[str, int]:
        """Return the number of images with each label; an image with several labels counts for each of them."""
        columns = zip(*(self.values[index] for index in indices), strict=True)
        return dict.fromkeys(self.names, 0) | {name: sum(one) for name, one in zip(self.names, columns, strict=False)}


def find_labels(data: Data, listed: Mapping[str, ListedImages]) -> LabelTargets:
    """Find the labels of each image, in the order of the sources.

    Raises:
        LabError: if the table has no column of a label, or if a cell is not 0 or 1.
    """
    values: list[Sequence[int]] = []
    remarks: list[str] = []
    for images in listed.values():
        found, notes = read_labels(data, images)
        values += found
        remarks += notes
    return LabelTargets(tuple(values), tuple(data.labels), tuple(remarks))
