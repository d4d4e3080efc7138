"""Reads the values of a mask as its file stores them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..decoding.image_file import open_image_file
from ..decoding.pillow_image import read_palette_indices
from ..sources.file_source import FileSource

Integers = NDArray[Any]

LARGEST = 2**31  # the values of masks are below it
JPEG = b"\xff\xd8\xff"  # the first bytes of a JPEG file


class Kind(Enum):
    """The kinds of masks that cannot be used; each is one diagnostic."""

    UNREADABLE = auto()
    SIZE = auto()
    COLOURS = auto()
    DECIMALS = auto()
    SIGNED = auto()
    LOSSY = auto()  # a JPEG file, although `mask_values` lists values
    DARK = auto()  # values above 0, none lighter than middle grey
    UNLISTED = auto()  # values of no class
    OVERLAP = auto()  # masks of an image that give a pixel different classes


class MaskFault(ValueError):
    """Raised for a mask that cannot be used. The text says what it has; `values` are numbers of pixels by value."""

    def __init__(self, kind: Kind, text: str, values: Mapping[int, int] | None = None) -> None:
        super().__init__(text)
        self.kind, self.values = kind, values or {}


@dataclass(frozen=True, eq=False)
class StoredMask:
    """A mask as its file stores it: integers (height, width), and whether the file is a JPEG, which changes values."""

    name: str
    values: Integers
    is_jpeg: bool = False


def read_mask(source: FileSource, index: int, axes: int) -> StoredMask:
    """Read a mask with 2 or 3 axes. Truth values become 0 and 255; the values of a coloured palette are its indices.

    Decimal numbers become integers if they are whole.

    Raises:
        NotAnImage: if the file cannot be read.
        MaskFault: if its channels differ, or if its values are not whole numbers.
    """
    image = source.read(index)
    pixels = np.asarray(image.pixels[:, :])
    if pixels.dtype == bool:
        pixels = np.where(pixels, np.uint8(255), np.uint8(0))
    if pixels.ndim > axes:
        same = (pixels == pixels[..., :1]).all()
        if not same and image.mode != "P":
            raise MaskFault(Kind.COLOURS, "")
        pixels = pixels[..., 0] if same else _palette_indices(source, index)
    return StoredMask(source.names[index], _whole(pixels), _is_jpeg(source, index))


def _is_jpeg(source: FileSource, index: int) -> bool:
    if source.names[index] in source.slices:  # a folder
        return False
    with open_image_file(source.root / source.names[index]) as file:
        return file.read(len(JPEG)) == JPEG


def _palette_indices(source: FileSource, index: int) -> Integers:
    with open_image_file(source.root / source.names[index]) as file:
        return read_palette_indices(file, source.options)


def _whole(pixels: NDArray[Any]) -> Integers:
    if pixels.dtype.kind != "f":
        return pixels
    if not (np.isfinite(pixels) & (pixels == np.rint(pixels)) & (np.abs(pixels) < LARGEST)).all():
        raise MaskFault(Kind.DECIMALS, f"{pixels.dtype}, from {pixels.min():g} to {pixels.max():g}")
    return pixels.astype(np.int64)
