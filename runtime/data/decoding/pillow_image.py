"""Reads the image formats that Pillow decodes: PNG, JPEG, BMP, GIF, WebP, PGM and PPM, JPEG 2000."""

from typing import BinaryIO

import numpy as np
from PIL import Image

from ..pixels import Bytes, Pixels, StoredImage
from .colours import from_cmyk, on_black
from .decode_options import DecodeOptions
from .image_limits import NotAnImage, check_size

ANIMATED = ("GIF", "PNG")  # the formats whose animations are refused; of other files, the first picture is read
ORIENTATION = 274  # the number of the EXIF tag

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip

Image.MAX_IMAGE_PIXELS = None  # `check_size` bounds the number of pixels, which is a setting


class PillowImage:
    """A decoded image with at most 8 bits for each channel. Its slices are arrays of grey or RGB bytes.

    The image stays in the memory of Pillow, so that a large image is not in memory twice. Slices are composed on black
    and converted to RGB.
    """

    dtype = np.dtype(np.uint8)

    def __init__(self, image: Image.Image) -> None:
        """Wrap an image with the mode 1, L, LA, RGB, RGBA or CMYK whose pixels are loaded."""
        self.image = image
        grey = image.mode in ("1", "L", "LA")
        self.shape: tuple[int, ...] = (image.height, image.width) if grey else (image.height, image.width, 3)

    def extremes(self) -> tuple[float, float]:
        """Return the smallest and the largest value; a smaller and a larger one for transparency and CMYK."""
        if self.image.mode in ("1", "CMYK"):
            return 0.0, 255.0
        bands = np.ravel(self.image.getextrema()).reshape(-1, 2)
        transparent = self.image.mode.endswith("A")
        colours = bands[:-1] if transparent else bands
        return 0.0 if transparent else float(colours.min()), float(colours.max())

    def __getitem__(self, window: tuple[slice, slice]) -> Bytes:
        """Return the pixels of a rectangle: (height, width) or (height, width, channel)."""
        top, bottom, _ = window[0].indices(self.image.height)
        left, right, _ = window[1].indices(self.image.width)
        array = np.asarray(self.image.crop((left, top, right, bottom)))
        match self.image.mode:
            case "1":
                return array * np.uint8(255)
            case "LA":
                return np.asarray(on_black(array)[:, :, 0], np.uint8)
            case "RGBA":
                return np.asarray(on_black(array), np.uint8)
            case "CMYK":
                return np.asarray(from_cmyk(array), np.uint8)
        return array


def read_with_pillow(file: BinaryIO, options: DecodeOptions) -> StoredImage:
    """Read an image file.

    Raises:
        NotAnImage: if the image is too large, is an animation, or has values that Pillow cannot read without loss.
        Exception: anything that Pillow raises for a damaged file; UnidentifiedImageError if no format fits.
    """
    image: Image.Image = Image.open(file)  # reads the header
    check_size((image.height, image.width), options.max_pixels)
    if image.format == "EPS":  # Pillow would start another program, Ghostscript
        raise NotAnImage("a PostScript file, not an image")
    if image.format in ANIMATED and getattr(image, "is_animated", False):
        raise NotAnImage("an animation, but an image must be a single picture")
    if image.mode in ("RGB", "RGBA", "LA") and _has_16_bits(image):
        raise NotAnImage("it has 16 bits for each of its colours, which labc reads only from TIFF files")
    if image.format == "TIFF" and not options.upright and _orientation(image) != 1:
        raise NotAnImage("compressed in a way that needs the Python package imagecodecs")  # Pillow always turns it
    image.load()
    turn = _TURNS.get(_orientation(image)) if options.upright else None
    return StoredImage(_as_pixels(image if turn is None else image.transpose(turn)), image.mode)


def read_palette_indices(file: BinaryIO, options: DecodeOptions) -> Bytes:
    """Return the indices of the palette (height, width) of an image that `read_with_pillow` reads."""
    image: Image.Image = Image.open(file)
    turn = _TURNS.get(_orientation(image)) if options.upright else None
    return np.asarray(image if turn is None else image.transpose(turn))


def read_size(file: BinaryIO, options: DecodeOptions) -> tuple[int, int]:
    """Return the height and the width of an image, turned as `read_with_pillow` turns it, without its pixels."""
    image: Image.Image = Image.open(file)
    is_turned = image.height != image.width and options.upright and _orientation(image) > 4
    return (image.width, image.height) if is_turned else (image.height, image.width)


def _has_16_bits(image: Image.Image) -> bool:
    """Return whether the file has 16 bits for each value. Pillow would read only the upper 8 of them."""
    arguments = [tile.args if isinstance(tile.args, tuple) else (tile.args,) for tile in getattr(image, "tile", ())]
    return any(
        (isinstance(one, str) and one.endswith(";16B"))
        or (image.format == "PPM" and isinstance(one, int) and one > 255)
        for given in arguments
        for one in given
    )


def _orientation(image: Image.Image) -> int:
    """Return the orientation of the EXIF tag; 1, upright, if the image has no tag, or tags that are damaged."""
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except Exception:  # a damaged tag can raise nearly every exception; the pixels are sound nevertheless
        return 1


def _as_pixels(image: Image.Image) -> Pixels:
    """Return the pixels of an image that is loaded, in grey or RGB."""
    transparent = image.has_transparency_data
    if image.mode.startswith("I;16"):
        if transparent:
            raise NotAnImage("a grey image of 16 bits with a transparent colour, which labc cannot read")
        return np.asarray(image).astype(np.uint16)
    if image.mode == "I":  # a PGM file has unsigned integers, which Pillow reads as signed ones
        return np.asarray(image).astype(np.uint16) if image.format in ("PPM", None) else np.asarray(image)
    if image.mode == "F":
        return np.asarray(image)
    if image.mode in ("P", "PA", "La", "RGBa", "YCbCr", "HSV") or (transparent and image.mode in ("L", "RGB")):
        image = image.convert("RGBA" if transparent else "RGB")
    if image.mode not in ("1", "L", "LA", "RGB", "RGBA", "CMYK"):
        raise NotAnImage(f"its colours have the mode {image.mode}, which labc cannot read")
    return PillowImage(image)
