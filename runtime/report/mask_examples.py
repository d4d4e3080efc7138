"""Selects example images with their true and predicted masks, and draws them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from ...grammar.terminal_text import printable
from ..data.class_colours import PALETTE
from ..runs.mask_table import MaskTable
from .examples import EACH, SIDE, Images, png_uri
from .outlines import Bytes, draw_outline, in_colour

Masks = Mapping[str, tuple[Bytes, Bytes]]
"""The true and the predicted mask of an image by its file name: class numbers (height, width)."""

NO_MASKS: Masks = MappingProxyType({})
OPACITY = 0.4  # of the predicted masks


@dataclass(frozen=True)
class MaskExample:
    """One image with its masks."""

    file: str
    """The file name without characters that cannot be printed."""
    dice: float
    """The mean over the classes."""
    uri: str
    """The image as a `data:` URI, with the predicted masks filled and the true masks as outlines."""


def worst_masks(table: MaskTable, images: Images, masks: Masks, classes: int) -> list[MaskExample]:
    """Return the images with the smallest Dice index, the smallest first."""
    return _examples(table, _by_dice(table, images, masks)[:EACH], images, masks, classes)


def typical_masks(table: MaskTable, images: Images, masks: Masks, classes: int) -> list[MaskExample]:
    """Return images from the largest Dice index to the smallest, in equal steps, without those of `worst_masks`."""
    rows = _by_dice(table, images, masks)[EACH:][::-1]
    spread = np.linspace(0, len(rows) - 1, min(EACH, len(rows))).round().astype(int)
    return _examples(table, rows[spread], images, masks, classes)


def _by_dice(table: MaskTable, images: Images, masks: Masks) -> NDArray[np.int64]:
    """Return the indices of the images that can be shown, the smallest Dice index first."""
    given = np.flatnonzero([file in images and file in masks for file in table.file])
    return given[np.argsort(table.dice[given].mean(axis=1), kind="stable")]


def _examples(
    table: MaskTable, rows: NDArray[np.int64], images: Images, masks: Masks, classes: int
) -> list[MaskExample]:
    return [
        MaskExample(
            file=printable(table.file[row]),
            dice=float(table.dice[row].mean()),
            uri=png_uri(draw_masks(images[table.file[row]], *masks[table.file[row]], classes)),
        )
        for row in rows
    ]


def draw_masks(image: Bytes, true: Bytes, predicted: Bytes, classes: int) -> Bytes:
    """Return an image (height, width, 3) with the predicted masks filled, and the true masks as outlines.

    Input: an image (height, width, channel), class numbers (height, width).
    """
    image, true, predicted = (_enlarged(array) for array in (image, true, predicted))
    drawn = in_colour(image)
    for number in range(classes):
        colour = np.asarray(PALETTE[number % len(PALETTE)])
        inside = predicted == number
        drawn[inside] = ((1 - OPACITY) * drawn[inside] + OPACITY * colour).round().astype(np.uint8)
    for number in range(classes):
        draw_outline(drawn, true == number, PALETTE[number % len(PALETTE)])
    return drawn


def _enlarged(array: Bytes) -> Bytes:
    """Return an image or a mask of at most `SIDE` pixels a side. Small ones are enlarged, so that outlines are thin."""
    step, factor = -(-max(array.shape[:2]) // SIDE), max(1, SIDE // max(array.shape[:2]))
    return array[::step, ::step].repeat(factor, axis=0).repeat(factor, axis=1)
