"""Reads TIFF files with tifffile."""

import math
import zlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from tifffile import COMPRESSION, TiffFile

from .image_limits import NotAnImage, check_axes, check_bytes, check_size

if TYPE_CHECKING:
    from tifffile import TiffPageSeries

CHANNELS = (3, 4)  # if the first axis has one of these lengths and the last has not, the first axis is the channels
MAX_PAGES = 1000  # a damaged file can link its pages in a circle, which tifffile would follow for hours
DEFLATE = (COMPRESSION.ADOBE_DEFLATE, COMPRESSION.DEFLATE)
SMALL = 2**20  # bytes; Deflate expands this number of bytes to at most 1 GiB


def read_tiff(path: Path) -> NDArray[np.generic]:
    """Return the pixels of the first image series of a TIFF file.

    Planes of a channel each, and three or four pages of the same size, become channels.

    Output: (height, width) or (height, width, channel), any dtype.

    Raises:
        NotAnImage: if the series is not one image, is too large, or is not completely in the file.
        Exception: anything that tifffile raises for a damaged file; TiffFileError if it is not a TIFF file.
    """
    with TiffFile(path) as tiff:
        with suppress(IndexError):
            tiff.pages[MAX_PAGES]
            raise NotAnImage(f"a TIFF file with more than {MAX_PAGES:,} pages, or a damaged one")
        series = tiff.series[0]
        shape = series.shape
        has_planes = len(shape) == 3 and shape[0] in CHANNELS and shape[2] not in CHANNELS
        if has_planes:
            shape = (*shape[1:], shape[0])
        check_axes(shape)
        check_size(*shape[:2])
        check_bytes(series.nbytes, "its pixels have")
        _check_segments(series, tiff)
        pixels = np.asarray(series.asarray())
    if pixels.shape != series.shape:
        raise NotAnImage("a damaged TIFF file: it has not all pixels of the image")
    return np.moveaxis(pixels, 0, 2) if has_planes else pixels


def _check_segments(series: "TiffPageSeries", tiff: TiffFile) -> None:
    """Check the strips or tiles of the image.

    tifffile replaces those that are missing by zeros, and expands each without a limit.
    """
    file = tiff.filehandle
    for page in series.pages:
        if page is None:
            raise NotAnImage("a part of the image is in another file, which is missing")
        segments = [*zip(page.dataoffsets, page.databytecounts, strict=False)]
        present = sum(count > 0 for _, count in segments)
        if present < math.prod(page.chunked) and not page.is_contiguous:
            raise NotAnImage("a damaged TIFF file: strips or tiles of the image are missing")
        for start, count in segments:
            if start + count > file.size:
                raise NotAnImage("a damaged TIFF file: it ends before the last pixel")
            if page.compression in DEFLATE and count > SMALL:
                file.seek(start)
                _check_deflated(file.read(count), max(series.nbytes, SMALL))


def _check_deflated(data: bytes, expected: int) -> None:
    if len(zlib.decompressobj().decompress(data, expected + 1)) > expected:
        raise NotAnImage("a damaged TIFF file: it has more pixels than the image")
