"""Reads the unchanged pixels of image files."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[Any]

# The file name extensions of the formats that scikit-image can read with Pillow and tifffile.
EXTENSIONS = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp"})


def read_image(path: Path) -> Pixels:
    """Read the pixels of an image file: (height, width) or (height, width, channel), any dtype.

    Raises OSError, ValueError or SyntaxError if the file cannot be read.
    """
    from skimage.io import imread

    return np.asarray(imread(path))
