"""Prepares a stored image for the model: the number of channels, the size, and values from 0 to 255."""

import warnings

import numpy as np
from numpy.typing import NDArray

from .image_limits import NotAnImage, check_axes
from .pixels import Bytes, Pixels, StoredBytes

Floats = NDArray[np.float32]

BLOCK = 2**24  # pixels; a larger image is shrunk in blocks of columns of about this size, which bounds the memory
COLUMNS = (
    192  # the width of a block is a multiple of it: the BLAS libraries then add up in the same order in all blocks
)
BAND = 2**20  # pixels; colours are converted to grey in bands of rows of about this size


def prepare(pixels: Pixels, size: tuple[int, ...], resize: str) -> Bytes:
    """Convert an image to the shape (height, width, channel) = `size`.

    Input: (height, width), or (height, width, channel) with 1 (grey), 2 (grey, alpha), 3 (RGB) or 4 (RGB, alpha)
    channels; bytes, or an array of any dtype that scikit-image scales to bytes. Alpha is dropped.
    Output: bytes 0 to 255, (height, width, channel).

    Raises:
        NotAnImage: if the image has other axes, or values that cannot be scaled to bytes.
    """
    check_axes(pixels.shape)
    image = _as_bytes(pixels)
    height, width = image.shape[:2]
    rows, columns = _crop(height, width, size) if resize == "crop" else (slice(0, height), slice(0, width))
    inner = _inside(height, width, size) if resize == "pad" else size[:2]
    if height * width > BLOCK and _length(rows) >= inner[0] and _length(columns) >= inner[1]:
        resized = _shrink_in_blocks(image, (rows, columns), (*inner, size[2]))
    else:
        resized = _resize(_channels(image[rows, :], size[2])[:, columns], inner)
    if resize == "pad":
        resized = _pad(resized, size)
    return np.clip(np.rint(resized), 0, 255).astype(np.uint8)


def _as_bytes(pixels: Pixels) -> Bytes | StoredBytes:
    """Scale the values of an image to bytes from 0 to 255, as scikit-image does it for the dtype."""
    from skimage.util import img_as_ubyte

    if not isinstance(pixels, np.ndarray):
        return pixels
    if pixels.dtype.kind == "f" and not (pixels.min() >= -1 and pixels.max() <= 1):  # false for nan, too
        raise NotAnImage("decimal pixel values must be between -1 and 1, but there are others, or nan")
    if pixels.dtype.kind not in "buif":
        raise NotAnImage(f"pixel values must be real numbers, but are {pixels.dtype}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about dark images of 16 bits
        return np.asarray(img_as_ubyte(pixels))


def _channels(image: Bytes, channels: int) -> Floats:
    """Return the image with the given number of channels, 1 or 3: floats from 0 to 255 (height, width, channel)."""
    if image.ndim == 2:
        image = image[:, :, None]
    if image.shape[2] in (2, 4):
        image = image[:, :, :-1]
    if image.shape[2] == 3 and channels == 1:
        return _grey(image)
    if image.shape[2] == channels:
        return np.asarray(image, np.float32)
    return np.asarray(np.repeat(image, channels // image.shape[2], axis=2), np.float32)


def _grey(image: Bytes) -> Floats:
    """Return the luminance of an RGB image: (height, width, 1). scikit-image needs 40 bytes for each pixel."""
    from skimage.color import rgb2gray

    grey = np.empty((*image.shape[:2], 1), np.float32)
    band = max(1, BAND // image.shape[1])
    for top in range(0, image.shape[0], band):
        grey[top : top + band, :, 0] = rgb2gray(image[top : top + band]) * 255
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


def _shrink_in_blocks(image: Bytes | StoredBytes, window: tuple[slice, slice], size: tuple[int, ...]) -> Floats:
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


def _crop(height: int, width: int, size: tuple[int, ...]) -> tuple[slice, slice]:
    """Return the rows and columns of the largest centred crop with the height-to-width ratio of `size`."""
    kept_height = min(height, round(width * size[0] / size[1])) or 1
    kept_width = min(width, round(height * size[1] / size[0])) or 1
    top, left = (height - kept_height) // 2, (width - kept_width) // 2
    return slice(top, top + kept_height), slice(left, left + kept_width)


def _length(window: slice) -> int:
    return int(window.stop - window.start)


def _inside(height: int, width: int, size: tuple[int, ...]) -> tuple[int, int]:
    """Return the largest height and width that fit into `size` and keep the height-to-width ratio of the image."""
    ratio = min(size[0] / height, size[1] / width)
    return max(1, round(height * ratio)), max(1, round(width * ratio))


def _pad(image: Floats, size: tuple[int, ...]) -> Floats:
    """Add black borders around the image until it has the size `size`; the image stays in the centre."""
    spare = [size[axis] - image.shape[axis] for axis in (0, 1)]
    return np.pad(image, [*((one // 2, one - one // 2) for one in spare), (0, 0)])
