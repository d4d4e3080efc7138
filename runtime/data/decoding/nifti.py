"""Reads NIfTI files with nibabel, in the orientation RAS."""

from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from nibabel import imageglobals
from nibabel.filebasedimages import ImageFileError
from nibabel.loadsave import load
from nibabel.nifti1 import Nifti1Image
from nibabel.nifti2 import Nifti2Image
from nibabel.orientations import apply_orientation, io_orientation
from numpy.typing import NDArray

from ..pixels import StoredImage
from .decode_options import DecodeOptions
from .image_limits import NotAnImage, a_picture, a_volume, check_bytes, check_size
from .rescale import rescale

Array = NDArray[Any]
imageglobals.logger.handlers.clear()  # otherwise nibabel prints what it thinks of a header

COLOURS = ("R", "G", "B")  # the fields of the values of a file with colours


def read_nifti(path: Path, options: DecodeOptions) -> StoredImage:
    """Read a volume (depth, height, width), or with red, green and blue (depth, height, width, 3).

    The axes are those of RAS: the depth goes from inferior to superior, the height from posterior to anterior, the
    width from left to right. As nibabel's `as_closest_canonical`, labc swaps and flips axes, but never rotates.
    A file with one slice is a picture (height, width): its axis of length 1 is left out.

    Raises:
        NotAnImage: if the file is not one volume, or a picture if `options.axes` is 2, or is too large.
        Exception: anything that nibabel raises for a damaged file.
    """
    try:
        image = load(path, mmap=False)
    except ImageFileError:
        raise NotAnImage("not a NIfTI file, or damaged at its beginning") from None
    if type(image) not in (Nifti1Image, Nifti2Image):
        raise NotAnImage("not a NIfTI file with an image")
    assert isinstance(image, Nifti1Image | Nifti2Image)
    sides = _sides(image.shape)
    dtype = np.dtype(image.get_data_dtype())
    turn = io_orientation(image.affine)
    if not np.isfinite(turn).all():
        raise NotAnImage("its affine matrix does not tell the directions of its axes")
    check_size(_seen(sides, turn, options), options.max_pixels)
    check_bytes(prod(sides) * dtype.itemsize, "its pixels have")
    proxy: Any = image.dataobj
    stored = _with_channels(np.asarray(proxy.get_unscaled()).reshape(sides))
    turned = np.swapaxes(np.asarray(apply_orientation(stored, turn)), 0, 2)
    values = rescale(turned, float(proxy.slope), float(proxy.inter))
    values = values.astype(values.dtype.newbyteorder("="), copy=False)
    return StoredImage(values[_slice(turned.shape[:3])] if options.axes == 2 else values, "nifti")


def _sides(shape: tuple[int, ...]) -> tuple[int, int, int]:
    """Return the lengths of the axes x, y and z, some of which may be missing in the file.

    Raises:
        NotAnImage: if there is a fourth axis.
    """
    if prod(shape[3:]) > 1:
        size = "x".join(map(str, shape))
        raise NotAnImage(
            f"it has {len(shape)} axes, {size}: a series of volumes or of values, but an image is one volume"
        )
    x, y, z = (*shape[:3], 1, 1, 1)[:3]
    return x, y, z


def _seen(sides: tuple[int, int, int], turn: Array, options: DecodeOptions) -> tuple[int, ...]:
    """Return the depth, the height and the width of the volume; `turn` is what `io_orientation` returns.

    Raises:
        NotAnImage: for a picture where it needs volumes, and the other way round.
    """
    is_flat = 1 in sides
    turned = tuple(sides[axis] for axis in np.argsort(turn[:, 0])[::-1])  # z, y, x
    if is_flat and options.axes == 3:
        raise a_picture()
    if options.axes == 2 and not is_flat:
        raise a_volume(f"a depth, {'x'.join(map(str, turned))}")
    return turned


def _slice(shape: tuple[int, ...]) -> tuple[int | slice, ...]:
    """Return the index of the picture in a volume of one slice."""
    flat = shape.index(1)
    return tuple(0 if axis == flat else slice(None) for axis in range(3))


def _with_channels(stored: Array) -> Array:
    """Return the values; colours with an axis of channels.

    Raises:
        NotAnImage: if the values are other groups of numbers.
    """
    if stored.dtype.names is None:
        return stored
    if stored.dtype.names != COLOURS:
        raise NotAnImage(f"its values have the parts {', '.join(stored.dtype.names)}, which labc cannot read")
    return np.stack([stored[name] for name in COLOURS], axis=-1)
