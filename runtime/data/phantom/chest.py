"""Synthetic chest X-ray images with masks of the lungs."""

import numpy as np

from .canvas import Picture
from .thorax import radiograph, thorax

# This number is part of the cache key of drawn images. Increment it whenever the drawing changes.
VERSION = 1


def draw(label: str, rng: np.random.Generator) -> Picture:
    """Draw a chest X-ray as a grey image (height, width) with values from 0 to 255.

    The image is determined by the state of `rng`. It has no class: `label` changes nothing.
    """
    del label
    return radiograph(thorax(rng), 0.0, rng)


def mask(rng: np.random.Generator) -> Picture:
    """Return the mask (height, width) of the image that `draw` makes from the same state: 255 lung, 0 background."""
    return np.where(thorax(rng).lungs > 0, np.uint8(255), np.uint8(0))
