"""Reads the masks of an experiment and describes them, without the cache."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ....grammar.diagnostics.diagnostic import Diagnostic
from ..events import DataEvents
from ..pixels import Bytes
from ..targets.mask_coding import MaskCoding
from ..targets.mask_faults import missing_classes
from ..targets.mask_targets import MaskTargets
from ..targets.read_masks import MaskCounts, read_masks
from .data_description import MaskValueDescription


@dataclass(frozen=True)
class InspectedMasks:
    """The masks of all images: class numbers after resizing (image, height, width), and the values before it."""

    targets: MaskTargets
    numbers: Bytes
    values: tuple[MaskValueDescription, ...]

    def count(self, indices: Sequence[int]) -> dict[str, int]:
        """Return the number of images in which each class occurs, by its name."""
        return self.targets.count_loaded(indices, self.numbers[list(indices)])

    def problems(self, parts: Mapping[str, Sequence[int]]) -> tuple[Diagnostic, ...]:
        """Return the error if a class occurs in no mask of the training images."""
        error = missing_classes(self.targets.data, self.count(parts["train"]), " of the training images")
        return (error,) if error else ()


def inspect_masks(targets: MaskTargets, events: DataEvents) -> InspectedMasks:
    """Read the masks of all images.

    Raises:
        LabError: if masks cannot be used.
    """
    kept: list[Bytes] = []
    counts = read_masks(
        targets.masks, targets.images, range(len(targets.images.names)), targets.data, events, kept.append
    )
    return InspectedMasks(targets, np.stack(kept), tuple(_values(counts, MaskCoding.of(targets.data))))


def _values(counts: MaskCounts, coding: MaskCoding) -> Iterator[MaskValueDescription]:
    """Yield a description of each class, in the order of their values."""
    total = counts.pixels.total()
    dtype = max(map(np.dtype, counts.dtypes), key=lambda one: one.itemsize)
    ranges = {number: coding.range_of(number, dtype) for number in range(coding.classes)}
    for number, (low, high) in sorted(ranges.items(), key=lambda item: item[1]):
        yield MaskValueDescription(
            low=low,
            high=high,
            class_name=coding.name(number),
            share=counts.pixels[number] / total,
            images=counts.images[number],
        )
