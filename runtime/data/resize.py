"""Prepares a stored image for the model: the number of channels and the size. The values stay as they are stored."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .decoding.image_limits import NotAnImage, check_axes
from .pixels import Pixels, StoredBytes, Values
from .placement import crop_window, inner_size, margins

Floats = NDArray[np.float32]
Array = NDArray[Any]

BLOCK = 2**24  # pixels; a larger image is shrunk in blocks of columns of about this size, which bounds the memory
COLUMNS = (
    192  # the width of a block is a multiple of it: the BLAS libraries then add up in the same order in all blocks
)
BAND = 2**20  # pixels; colours are converted to grey in bands of rows of about this size


def prepare(pixels: Pixels, size: tuple[int, ...], resize: str, margin: float = 0) -> Values:
    """Convert an image to the shape (height, width, channel) = `size`, a volume to (depth, height, width, channel).

    Each slice of a volume is resized as an image, then the depth.

    Input: (height, width), or (height, width, channel) with 1 (grey) or 3 (RGB) channels, of any real dtype; a volume
    has the depth before them; `margin`, the value of the margins of `resize = pad`. True becomes 255.
    Output: the shape `size`; bytes and integers of 16 bits keep their dtype, other values become float32.

    Raises:
        NotAnImage: if the image has other axes, or values that are not real, finite numbers.
    """
    wanted = size[:-1]
    check_axes(pixels.shape, len(wanted))
    image = _real(pixels)
    sides = image.shape[: len(wanted)]
    window = crop_window(sides, wanted) if resize == "crop" else tuple(slice(0, side) for side in sides)
    inner = inner_size(sides, wanted) if resize == "pad" else wanted
    resized = (_resized_volume if len(wanted) == 3 else _resized)(image, window, (*inner, size[-1]))
    if resize == "pad":
        resized = _pad(resized, size, margin)
    return _stored(resized, image.dtype)


def _resized(image: Array | StoredBytes, window: Sequence[slice], size: tuple[int, ...]) -> Floats:
    """Return a rectangle of an image, resized to (height, width, channel) = `size`."""
    rows, columns = window
    height, width = image.shape[:2]
    if height * width > BLOCK and _length(rows) >= size[0] and _length(columns) >= size[1]:
        return _shrink_in_blocks(image, (rows, columns), size)
    return _resize(_channels(image[rows, :], size[2])[:, columns], size[:2])


def _resized_volume(image: Array | StoredBytes, window: Sequence[slice], size: tuple[int, ...]) -> Floats:
    """Return a part of a volume, resized to (depth, height, width, channel) = `size`."""
    assert isinstance(image, np.ndarray), "volumes are arrays"
    depths, *rectangle = window
    slices = np.empty((_length(depths), *size[1:]), np.float32)
    for index in range(len(slices)):
        slices[index] = _resized(image[depths.start + index], rectangle, size[1:])
    return _resize(slices.reshape(len(slices), 1, -1), (size[0], 1)).reshape(size)


def _real(pixels: Pixels) -> Array | StoredBytes:
    """Return the pixels; truth values as bytes.

    Raises:
        NotAnImage: if the values are not real, finite numbers.
    """
    if not isinstance(pixels, np.ndarray):
        return pixels
    if pixels.dtype == bool:
        return np.where(pixels, np.uint8(255), np.uint8(0))
    if pixels.dtype.kind not in "uif":
        raise NotAnImage(f"pixel values must be real numbers, but are {pixels.dtype}")
    if pixels.dtype.kind == "f":
        undefined = int((~np.isfinite(pixels)).sum())
        if undefined:
            raise NotAnImage(f"{undefined:,} of its {pixels.size:,} values are not finite numbers (nan or infinite)")
        largest = np.finfo(np.float32).max
        if pixels.dtype.itemsize > 4 and not (-largest <= pixels.min() and pixels.max() <= largest):
            raise NotAnImage("it has values that are too large for float32")
    return pixels


def _stored(values: Floats, dtype: np.dtype[Any]) -> Values:
    """Return resized values as bytes or integers of 16 bits if the image had such values, otherwise as float32."""
    if dtype not in (np.uint8, np.uint16):
        return values.astype(np.float32)
    rounded = np.clip(np.rint(values), 0, np.iinfo(dtype).max)
    return rounded.astype(np.uint8) if dtype == np.uint8 else rounded.astype(np.uint16)


def _channels(image: Array, channels: int) -> Floats:
    """Return the image with the given number of channels, 1 or 3: float32 (height, width, channel)."""
    if image.ndim == 2:
        image = image[:, :, None]
    if image.shape[2] == 3 and channels == 1:
        return _grey(image)
    if image.shape[2] == channels:
        return np.asarray(image, np.float32)
    return np.asarray(np.repeat(image, channels // image.shape[2], axis=2), np.float32)


def _grey(image: Array) -> Floats:
    """Return the luminance of an RGB image: (height, width, 1). scikit-image needs 40 bytes for each pixel.

    scikit-image divides unsigned integers by the largest value of their type; decimal numbers stay as they are.
    """
    from skimage.color import rgb2gray

    grey = np.empty((*image.shape[:2], 1), np.float32)
    band = max(1, BAND // image.shape[1])
    factor = np.iinfo(image.dtype).max if image.dtype in (np.uint8, np.uint16) else 1
    colours = image if factor > 1 else image.astype(np.float64)
    for top in range(0, image.shape[0], band):
        grey[top : top + band, :, 0] = rgb2gray(colours[top : top + band]) * factor
    return grey


def _resize(image: Floats, size: tuple[int, ...]) -> Floats:
    """Resize an image to (height, width): by area averaging if no axis grows, otherwise by linear interpolation."""
    from skimage.transform import resize, resize_local_mean

    if image.shape[:2] == size[:2]:
        return image
    shrinks = image.shape[0] >= size[0] and image.shape[1] >= size[1]
    if shrinks:
        return np.asarray(resize_local_mean(image, size[:2], channel_axis=2, preserve_range=True))
    return np.asarray(resize(image, size[:2], order=1, preserve_range=True))


def _shrink_in_blocks(image: Array | StoredBytes, window: tuple[slice, slice], size: tuple[int, ...]) -> Floats:
    """Shrink a rectangle of a large image to (height, width, channel) = `size`.

    The height shrinks first, in blocks of columns, then the width. `_resize` has the same order.
    """
    rows, columns = window
    height, width = _length(rows), _length(columns)
    reduced = np.empty((width, size[2], size[0]), np.float32)  # the memory layout that `resize_local_mean` uses
    step = max(1, BLOCK // height // COLUMNS) * COLUMNS
    for left in range(0, width, step):
        block = image[rows, columns.start + left : min(columns.start + left + step, columns.stop)]
        shrunk = _resize(_channels(block, size[2]), (size[0], block.shape[1]))
        reduced[left : left + step] = np.moveaxis(shrunk, 0, 2)
    return _resize(np.moveaxis(reduced, 2, 0), size)


def _length(window: slice) -> int:
    return int(window.stop - window.start)


def _pad(image: Floats, size: tuple[int, ...], margin: float) -> Floats:
    """Add borders of a value around the image until it has the size `size`; the image stays in the centre."""
    return np.pad(image, [*margins(image.shape[:-1], size[:-1]), (0, 0)], constant_values=margin)
