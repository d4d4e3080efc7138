"""Reads image files: the stored pixels, as they are."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[Any]

# Formats that scikit-image reads through Pillow and tifffile.
EXTENSIONS = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp"})


def read_image(path: Path) -> Pixels:
    """The pixels of an image file: (height, width) or (height, width, channel), any dtype.

    Raises OSError, ValueError or SyntaxError if it cannot be read.
    """
    from skimage.io import imread

    return np.asarray(imread(path))
