"""Draws masks as outlines on images."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..data.class_colours import Colour

Bytes = NDArray[np.uint8]


def in_colour(image: Bytes) -> Bytes:
    """Return an image (height, width, channel) with three channels, as a new array."""
    return np.array(np.broadcast_to(image, (*image.shape[:2], 3)))


def draw_outline(image: Bytes, mask: NDArray[np.bool_], colour: Colour) -> None:
    """Draw the outermost pixels of a mask (height, width) on an image (height, width, 3), which is changed."""
    from scipy.ndimage import binary_erosion

    image[mask & ~binary_erosion(mask, border_value=1)] = colour


def draw_outlines(image: Bytes, numbers: Bytes, colours: Sequence[Colour]) -> None:
    """Draw the outline of each class: class numbers (height, width); a number without a colour is not drawn."""
    for number, colour in enumerate(colours):
        draw_outline(image, numbers == number, colour)
