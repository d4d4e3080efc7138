"""Reads the unchanged pixels of image files."""

import logging
import warnings
from io import BufferedReader
from pathlib import Path

from PIL import UnidentifiedImageError
from tifffile import TiffFileError

from .image_file import describe_content, open_image_file, os_reason
from .image_limits import NotAnImage
from .pillow_image import read_with_pillow
from .pixels import Pixels
from .tiff_image import read_tiff

TIFF = frozenset({".tif", ".tiff"})
EXTENSIONS = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp"}) | TIFF  # of the names of image files

# Otherwise Python prints the messages of these packages about damaged files; labc reports these files itself.
for package in ("PIL", "tifffile"):
    logging.getLogger(package).addHandler(logging.NullHandler())

LONGEST = 100  # characters of a message of Pillow or tifffile that are shown


def read_image(path: Path) -> Pixels:
    """Read the pixels of an image file: (height, width) or (height, width, channel), any dtype.

    tifffile reads the files with a name of a TIFF file. Pillow reads all others, whatever format their content has.

    Raises:
        NotAnImage: if the file cannot be read, is not one image, or is beyond the limits.
    """
    with open_image_file(path) as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about metadata and large images
        try:
            if path.suffix.lower() in TIFF:
                return read_tiff(path)
            try:
                return read_with_pillow(file)
            except UnidentifiedImageError:
                return read_tiff(path)  # Pillow does not read every TIFF file
        except NotAnImage:
            raise
        except TiffFileError as error:
            raise NotAnImage(_damaged(error) if _is_tiff(file) else _not_recognised(path)) from None
        except MemoryError:
            raise NotAnImage("decoding it needs more memory than is available") from None
        except Exception as error:  # a damaged file can raise nearly every exception inside the decoders
            raise NotAnImage(_damaged(error)) from None


def _is_tiff(file: BufferedReader) -> bool:
    file.seek(0)
    return file.read(4) in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")


def _not_recognised(path: Path) -> str:
    reason = describe_content(path)
    if path.suffix.lower() in TIFF and reason.startswith("not an image, or"):
        return "not a TIFF file, although its name ends like that of one"
    return reason


def _damaged(error: Exception) -> str:
    """Return the reason for a file that a decoder recognises but cannot decode."""
    if isinstance(error, OSError) and error.errno:
        return f"cannot be read: {os_reason(error)}"
    if "imagecodecs" in str(error):
        return "compressed in a way that needs the Python package imagecodecs"
    lines = str(error).splitlines() or [type(error).__name__]
    return f"a damaged image, or of a kind that labc cannot read ({lines[0][:LONGEST]})"
