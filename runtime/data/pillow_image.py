"""Reads the image formats that Pillow decodes: PNG, JPEG, BMP, GIF, WebP."""

from typing import BinaryIO

import numpy as np
from PIL import Image

from .image_limits import MAX_PIXELS, NotAnImage, check_size
from .pixels import Bytes, Pixels

ANIMATED = ("GIF", "PNG")  # the formats whose animations are refused; of other files, the first picture is read


class PillowImage:
    """A decoded image with at most 8 bits for each channel. Its slices are arrays of bytes.

    The image stays in the memory of Pillow, so that a large image is not in memory twice.
    """

    def __init__(self, image: Image.Image) -> None:
        """Wrap an image without a palette whose pixels are loaded."""
        bands = len(image.getbands())
        self.image = image
        self.shape: tuple[int, ...] = (image.height, image.width, bands)[: 2 if bands == 1 else 3]

    def __getitem__(self, window: tuple[slice, slice]) -> Bytes:
        """Return the pixels of a rectangle: (height, width) or (height, width, channel)."""
        top, bottom, _ = window[0].indices(self.image.height)
        left, right, _ = window[1].indices(self.image.width)
        array = np.asarray(self.image.crop((left, top, right, bottom)))
        return array * np.uint8(255) if array.dtype == bool else array


def read_with_pillow(file: BinaryIO) -> Pixels:
    """Return the pixels of an image file.

    Raises:
        NotAnImage: if the image is too large, or an animation.
        Exception: anything that Pillow raises for a damaged file; UnidentifiedImageError if no format fits.
    """
    try:
        image: Image.Image = Image.open(file)  # reads the header
    except Image.DecompressionBombError:
        raise NotAnImage(f"it has more than {MAX_PIXELS:,} pixels, the most that labc reads") from None
    check_size(image.height, image.width)
    if image.format == "EPS":  # Pillow would start another program, Ghostscript
        raise NotAnImage("a PostScript file, not an image")
    if image.format in ANIMATED and getattr(image, "is_animated", False):
        raise NotAnImage("an animation, but an image must be a single picture")
    return _as_pixels(image)


def _as_pixels(image: Image.Image) -> Pixels:
    """Decode an image whose header is read."""
    if image.mode in ("I", "F") or image.mode.startswith("I;"):  # 16 or 32 bits
        return np.asarray(image)
    if image.mode == "P":
        return PillowImage(image.convert("RGB"))
    image.load()
    return PillowImage(image)
