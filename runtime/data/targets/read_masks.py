"""Reads the masks of a data set and turns them into class numbers, with all processors."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from ....compiler.sections import Data
from ....grammar.terminal_text import printable
from ..decoding.decode import quiet_decoders
from ..decoding.image_limits import NotAnImage
from ..events import DataEvents
from ..parallel import in_order
from ..pixels import Bytes
from ..placement import resize_nearest
from ..sources import Source
from ..stored_size import stored_size
from .mask_coding import UNKNOWN, MaskCoding, middle_grey
from .mask_faults import FoundFaults
from .mask_source import MaskSource
from .stored_mask import Kind, MaskFault, StoredMask


@dataclass
class MaskCounts:
    """The classes in masks before resizing."""

    pixels: Counter[int] = field(default_factory=Counter)
    """The number of pixels of each class number."""
    images: Counter[int] = field(default_factory=Counter)
    """The number of images in which each class number occurs."""
    dtypes: set[str] = field(default_factory=set)
    """The types of the stored values."""


@dataclass(frozen=True, eq=False)
class _Prepared:
    mask: Bytes
    pixels: Counter[int]
    dtype: str


def read_masks(
    masks: MaskSource,
    images: Source,
    indices: Sequence[int],
    data: Data,
    events: DataEvents,
    keep: Callable[[Bytes], object],
) -> MaskCounts:
    """Read the masks of images, and give each to `keep`, in the order of `indices`, after resizing.

    A kept mask has the class numbers (height, width), or (depth, height, width).

    Raises:
        LabError: if masks cannot be used, with a diagnostic for each kind of fault.
    """
    coding, size = MaskCoding.of(data), data.image[:-1]
    faults, counts = FoundFaults(data, coding), MaskCounts()

    def read(index: int) -> _Prepared | MaskFault:
        try:
            stored = masks.read(index)
            numbers = _joined([encode(one, coding) for one in stored], coding.background)
            if not masks.is_drawn:
                _check_size(numbers.shape, images, index)
        except NotAnImage as reason:
            return MaskFault(Kind.UNREADABLE, f"{reason}")
        except MaskFault as fault:
            return fault
        pixels = np.bincount(numbers.ravel(), minlength=coding.classes)
        resized = resize_nearest(numbers, size, data.resize, coding.background)
        return _Prepared(resized, Counter(dict(enumerate(pixels.tolist()))), stored[0].values.dtype.name)

    with quiet_decoders():
        for position, found in enumerate(in_order(read, indices)):
            if isinstance(found, MaskFault):
                faults.add(masks.describe(indices[position]), found)
            else:
                keep(found.mask)
                counts.pixels.update(found.pixels)
                counts.images.update(number for number, count in found.pixels.items() if count)
                counts.dtypes.add(found.dtype)
            events.images(position + 1, len(indices))
    faults.raise_if_any()
    return counts


def encode(mask: StoredMask, coding: MaskCoding) -> Bytes:
    """Return the class numbers of a mask.

    Raises:
        MaskFault: if it has values of no class, or values that need `mask_values`.
    """
    values = mask.values
    if not coding.values:
        if values.dtype.kind != "u":
            raise MaskFault(Kind.SIGNED, f"{values.dtype}, from {values.min()} to {values.max()}")
        if not mask.is_jpeg and 0 < values.max() <= middle_grey(values.dtype):
            raise MaskFault(Kind.DARK, "", _counted(values))
        return coding.encode(values)
    if mask.is_jpeg:
        raise MaskFault(Kind.LOSSY, "")
    numbers = coding.encode(values)
    unknown = numbers == UNKNOWN
    if unknown.any():
        raise MaskFault(Kind.UNLISTED, "", _counted(values[unknown]))
    return numbers


def _counted(values: Bytes) -> dict[int, int]:
    found, counts = np.unique(values, return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


def _joined(masks: Sequence[Bytes], background: int) -> Bytes:
    """Join the class numbers of several masks of an image: a pixel has the class that is not the background.

    Raises:
        MaskFault: if masks have different sizes, or give a pixel different classes.
    """
    joined = masks[0]
    for mask in masks[1:]:
        if mask.shape != joined.shape:
            raise MaskFault(Kind.SIZE, f"the masks are {_size(joined.shape)} and {_size(mask.shape)}")
        differ = (mask != background) & (joined != background) & (mask != joined)
        if differ.any():
            raise MaskFault(Kind.OVERLAP, f"{int(differ.sum()):,} pixels")
        joined = np.where(joined == background, mask, joined)
    return joined


def _check_size(shape: tuple[int, ...], images: Source, index: int) -> None:
    size = stored_size(images, index, len(shape))
    if size != shape:
        name = printable(images.names[index])
        raise MaskFault(Kind.SIZE, f"the mask is {_size(shape)}, and the image {name} is {_size(size)}")


def _size(shape: Sequence[int]) -> str:
    return "x".join(map(str, shape))
