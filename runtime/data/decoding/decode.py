"""Reads the unchanged pixels of image files."""

import logging
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import NoReturn

import numpy as np
from PIL import Image, UnidentifiedImageError
from tifffile import TiffFileError

from ..pixels import StoredImage
from .decode_options import DecodeOptions
from .image_file import describe_content, open_image_file, os_reason
from .image_limits import NotAnImage, a_picture, check_axes, check_size
from .medical_files import DICOM, NIFTI, ending_of, readable_endings
from .pillow_image import read_with_pillow
from .tiff_image import read_tiff

TIFF = frozenset({".tif", ".tiff"})
NUMPY = ".npy"
PILLOW = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".pgm", ".ppm", ".pbm", ".pnm", ".jp2", ".j2k"})
EXTENSIONS = PILLOW | TIFF | {NUMPY}  # of the names of image files that need no extra

# Otherwise Python prints the messages of these packages about damaged files; labc reports these files itself.
for package in ("PIL", "tifffile", "pydicom", "nibabel"):
    logging.getLogger(package).addHandler(logging.NullHandler())

LONGEST = 100  # characters of a message of Pillow or tifffile that are shown


def read_image(path: Path, options: DecodeOptions) -> StoredImage:
    """Read an image file: (height, width) or (height, width, channel), any dtype. A volume has the depth before them.

    tifffile reads the files with a name of a TIFF file, NumPy those that end in `.npy`, pydicom and nibabel medical
    files. Pillow reads all others, whatever format their content has.

    Raises:
        NotAnImage: if the file cannot be read, is not one image with the axes of `options`, or is beyond the limits.
    """
    with decoding(path) as file:
        return _read(path, file, options)


@contextmanager
def decoding(path: Path) -> Iterator[BufferedReader]:
    """Yield an open image file, and turn the exceptions of decoders inside the block into reasons.

    Raises:
        NotAnImage: if the file cannot be opened, or if the block raises an exception.
    """
    with open_image_file(path) as file, quiet_decoders():
        try:
            yield file
        except NotAnImage:
            raise
        except UnidentifiedImageError:
            raise NotAnImage(_not_recognised(path)) from None
        except TiffFileError as error:
            raise NotAnImage(_damaged(error) if _is_tiff(file) else _not_recognised(path)) from None
        except MemoryError:
            raise NotAnImage("decoding it needs more memory than is available") from None
        except Exception as error:  # a damaged file can raise nearly every exception inside the decoders
            raise NotAnImage(_damaged(error)) from None


def image_endings() -> frozenset[str]:
    """Return the endings of the files that can be read; those of medical files if the extra `medical` is installed."""
    return EXTENSIONS | readable_endings()


@contextmanager
def quiet_decoders() -> Iterator[None]:
    """Suppress the warnings of the decoders about metadata and large images inside the block.

    The filters of warnings belong to the whole process, so only the main thread changes them. It does so around the
    work of other threads.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _read(path: Path, file: BufferedReader, options: DecodeOptions) -> StoredImage:
    ending = ending_of(path.name)
    if ending == NUMPY:
        return _read_array(file, options)
    if ending == DICOM:
        from .dicom import read_dicom  # its package may be missing

        return read_dicom(path, options)
    if ending in NIFTI:
        from .nifti import read_nifti  # its package may be missing

        return read_nifti(path, options)
    if ending in TIFF or _is_tiff(file):
        return _read_tiff(path, file, options)
    if options.axes == 3:
        _refuse_picture(file)
    file.seek(0)
    return read_with_pillow(file, options)


def _read_tiff(path: Path, file: BufferedReader, options: DecodeOptions) -> StoredImage:
    """Read a TIFF file. Pillow has some decoders that tifffile takes from the package imagecodecs."""
    try:
        return read_tiff(path, options)
    except ValueError as error:
        if "imagecodecs" not in str(error):
            raise
        file.seek(0)
        try:
            return read_with_pillow(file, options)
        except UnidentifiedImageError:
            raise error from None


def _read_array(file: BufferedReader, options: DecodeOptions) -> StoredImage:
    array = np.asarray(np.load(file, allow_pickle=False))
    check_axes(array.shape, options.axes)
    check_size(array.shape[: options.axes], options.max_pixels)
    return StoredImage(array, "array")


def _refuse_picture(file: BufferedReader) -> NoReturn:
    """Refuse a file of a format without volumes, but for its damage if it is damaged."""
    file.seek(0)
    Image.open(file).verify()
    raise a_picture()


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
