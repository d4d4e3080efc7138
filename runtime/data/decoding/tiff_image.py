"""Reads TIFF files with tifffile. The tags of the file decide what its channels and pages are."""

import math
import zlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from tifffile import COMPRESSION, EXTRASAMPLE, PHOTOMETRIC, TiffFile

from ..pixels import StoredImage
from .colours import from_cmyk, from_palette, inverted, on_black
from .decode_options import DecodeOptions
from .image_limits import VOLUMES, NotAnImage, a_picture, check_bytes, check_size

if TYPE_CHECKING:
    from tifffile import TiffPageSeries

MAX_PAGES = 1000  # a damaged file can link its pages in a circle, which tifffile would follow for hours
DEFLATE = (COMPRESSION.ADOBE_DEFLATE, COMPRESSION.DEFLATE)
SMALL = 2**20  # bytes; Deflate expands this number of bytes to at most 1 GiB
CHANNELS = "SC"  # tifffile's letters for the axis of samples, and for an axis of channels that the tags name
DEPTHS = "ZIQ"  # those for a depth that ImageJ or OME name, for pages of one size, and for an axis without a name

Array = NDArray[np.generic]


def read_tiff(path: Path, options: DecodeOptions) -> StoredImage:
    """Read the first image series of a TIFF file: (height, width) or (height, width, 3), any dtype.

    With 3 `options.axes`, its pages are the depth: (depth, height, width) or (depth, height, width, 3).

    Raises:
        NotAnImage: if the series is not one image, is too large, or is not completely in the file.
        Exception: anything that tifffile raises for a damaged file; TiffFileError if it is not a TIFF file.
    """
    with TiffFile(path) as tiff:
        with suppress(IndexError):
            tiff.pages[MAX_PAGES]
            raise NotAnImage(f"a TIFF file with more than {MAX_PAGES:,} pages, or a damaged one")
        series = tiff.series[0]
        axes = _check_volume(tiff) if options.axes == 3 else _check_axes(series)
        sides = tuple(length for letter, length in zip(axes, series.shape, strict=True) if letter not in CHANNELS)
        check_size(sides, options.max_pixels)
        check_bytes(series.nbytes, "its pixels have")
        _check_segments(series, tiff)
        pixels = np.asarray(series.asarray())
        page: Any = series.keyframe
    if pixels.shape != series.shape:
        raise NotAnImage("a damaged TIFF file: it has not all pixels of the image")
    channel = next((axes.index(letter) for letter in CHANNELS if letter in axes), None)
    pixels = pixels if channel is None else np.moveaxis(pixels, channel, -1)
    slices = [_colours(one, page) for one in (pixels if options.axes == 3 else [pixels])]
    if options.upright:
        slices = [_turned(one, page) for one in slices]
    return StoredImage(np.stack(slices) if options.axes == 3 else slices[0], _name(page.photometric).lower())


def _check_axes(series: "TiffPageSeries") -> str:
    """Return the axes of a series, one letter for each: Y, X, and perhaps S or C.

    Raises:
        NotAnImage: if the series has pages, or no height and width.
    """
    axes = series.axes
    pages = [
        (letter, length) for letter, length in zip(axes, series.shape, strict=True) if letter not in f"YX{CHANNELS}"
    ]
    if pages:
        count = math.prod(length for _, length in pages)
        raise NotAnImage(f"it has {count} pages, but an image must have one: its pages are no colours", VOLUMES)
    if sorted(axes.replace("S", "").replace("C", "")) != ["X", "Y"] or len(axes) > 3:
        shape = "x".join(map(str, series.shape))
        raise NotAnImage(f"an image must have a height, a width and 1 or 3 channels, but the file has {shape} values")
    return axes


def _check_volume(tiff: TiffFile) -> str:
    """Return the axes of the only series, one letter for each: the depth, Y, X, and perhaps S or C.

    Raises:
        NotAnImage: if the file has no depth, or pages that are no depth.
    """
    series = tiff.series[0]
    axes = series.axes
    sides = axes.replace("S", "").replace("C", "")
    if sides == "YX" and len(tiff.series) == 1:
        raise a_picture()
    if len(tiff.series) > 1:
        raise NotAnImage("its pages have different sizes or types, but those of a volume are equal")
    if "T" in sides:
        raise NotAnImage(f"it has {series.shape[axes.index('T')]} points in time, but an image is one volume")
    if len(sides) != 3 or sides[0] not in DEPTHS or sides[1:] != "YX":
        shape = "x".join(map(str, series.shape))
        raise NotAnImage(f"its pages are not the slices of one volume: it has the axes {axes}, {shape}")
    return axes


def _colours(pixels: Array, page: Any) -> Array:
    """Return grey or RGB pixels, as the tags of the page say: its photometric interpretation and its extra samples."""
    if page.photometric == PHOTOMETRIC.PALETTE and pixels.ndim == 2:
        return from_palette(pixels, page.colormap)
    extra = tuple(page.extrasamples)
    stored = 1 if pixels.ndim == 2 else pixels.shape[2]
    if len(extra) == 1 and stored in (2, 4, 5):
        pixels = _without_alpha(pixels, extra[0])
    elif extra:
        raise NotAnImage(f"it has {stored} channels, and its tags do not say which of them are colours")
    match page.photometric:
        case PHOTOMETRIC.SEPARATED if pixels.ndim == 3 and pixels.shape[2] == 4:
            return from_cmyk(pixels)
        case PHOTOMETRIC.MINISWHITE:
            return inverted(pixels)
        case PHOTOMETRIC.MINISBLACK | PHOTOMETRIC.RGB | PHOTOMETRIC.YCBCR:  # tifffile converts YCbCr to RGB
            return pixels
    raise NotAnImage(f"its colours are {_name(page.photometric)}, which labc cannot read")


def _without_alpha(pixels: Array, kind: int) -> Array:
    """Compose an image on black, whose last channel is an extra sample of this kind."""
    if kind == EXTRASAMPLE.ASSOCALPHA:  # the colours are already multiplied by alpha
        pixels = pixels[:, :, :-1]
    elif kind == EXTRASAMPLE.UNASSALPHA:
        pixels = on_black(pixels)
    else:
        raise NotAnImage(f"it has {pixels.shape[2]} channels, and its tags do not say that the last one is alpha")
    return pixels[:, :, 0] if pixels.shape[2] == 1 else pixels


def _name(photometric: int) -> str:
    return getattr(photometric, "name", str(photometric))


def _turned(pixels: Array, page: Any) -> Array:
    """Turn an image as the tag `Orientation` says. Source: TIFF 6.0, section 8."""
    tag = page.tags.get("Orientation")
    match tag.value if tag else 1:
        case 2:
            return pixels[:, ::-1]
        case 3:
            return pixels[::-1, ::-1]
        case 4:
            return pixels[::-1]
        case 5:
            return pixels.swapaxes(0, 1)
        case 6:
            return pixels.swapaxes(0, 1)[:, ::-1]
        case 7:
            return pixels[::-1, ::-1].swapaxes(0, 1)
        case 8:
            return pixels.swapaxes(0, 1)[::-1]
    return pixels


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
