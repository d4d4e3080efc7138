"""Prepares a stored image for the model: the number of channels, the size, and values from 0 to 255."""

import numpy as np
from numpy.typing import NDArray

from .decode import Pixels

Bytes = NDArray[np.uint8]


class NotAnImage(ValueError):
    """Raised for a file that can be read but does not contain exactly one image."""


def prepare(pixels: Pixels, size: tuple[int, ...], resize: str) -> Bytes:
    """Convert an image to the shape (height, width, channel) = `size`.

    Input: (height, width), or (height, width, channel) with 1 (grey), 2 (grey, alpha), 3 (RGB) or 4 (RGB, alpha)
    channels; bytes, or any dtype that scikit-image scales to bytes. Alpha is dropped.
    Output: bytes 0 to 255, (height, width, channel).

    Raises:
        NotAnImage: if the image has other axes.
    """
    from skimage.util import img_as_ubyte

    image = _channels(img_as_ubyte(pixels), size[2])
    fitted = _crop(image, size) if resize == "crop" else image
    inner = _inside(image, size) if resize == "pad" else size[:2]
    resized = _resize(fitted, inner)
    if resize == "pad":
        resized = _pad(resized, size)
    return np.clip(np.rint(resized), 0, 255).astype(np.uint8)


def _channels(image: Bytes, channels: int) -> NDArray[np.float32]:
    """Return the image with the given number of channels, 1 or 3: floats from 0 to 255 (height, width, channel)."""
    from skimage.color import rgb2gray

    if image.ndim == 2:
        image = image[:, :, None]
    if image.ndim != 3 or image.shape[2] > 4:
        axes = "x".join(map(str, image.shape))
        raise NotAnImage(f"an image must have a height, a width and 1 to 4 channels, but the file has {axes} values")
    if image.shape[2] in (2, 4):
        image = image[:, :, :-1]
    if image.shape[2] == 3 and channels == 1:
        return np.asarray(rgb2gray(image) * 255, np.float32)[:, :, None]
    return np.asarray(np.repeat(image, channels // image.shape[2], axis=2), np.float32)


def _resize(image: NDArray[np.float32], size: tuple[int, ...]) -> NDArray[np.float32]:
    """Resize an image to (height, width): by area averaging if no axis grows, otherwise by linear interpolation."""
    from skimage.transform import resize, resize_local_mean

    if image.shape[:2] == size[:2]:
        return image
    shrinks = image.shape[0] >= size[0] and image.shape[1] >= size[1]
    if shrinks:
        return np.asarray(resize_local_mean(image, size[:2], channel_axis=2, preserve_range=True))
    return np.asarray(resize(image, size[:2], order=1, preserve_range=True))


def _crop(image: NDArray[np.float32], size: tuple[int, ...]) -> NDArray[np.float32]:
    """Return the largest centred crop of the image with the height-to-width ratio of `size`."""
    height, width = image.shape[:2]
    kept_height = min(height, round(width * size[0] / size[1])) or 1
    kept_width = min(width, round(height * size[1] / size[0])) or 1
    top, left = (height - kept_height) // 2, (width - kept_width) // 2
    return image[top : top + kept_height, left : left + kept_width]


def _inside(image: NDArray[np.float32], size: tuple[int, ...]) -> tuple[int, int]:
    """Return the largest height and width that fit into `size` and keep the height-to-width ratio of the image."""
    ratio = min(size[0] / image.shape[0], size[1] / image.shape[1])
    return max(1, round(image.shape[0] * ratio)), max(1, round(image.shape[1] * ratio))


def _pad(image: NDArray[np.float32], size: tuple[int, ...]) -> NDArray[np.float32]:
    """Add black borders around the image until it has the size `size`; the image stays in the centre."""
    spare = [size[axis] - image.shape[axis] for axis in (0, 1)]
    return np.pad(image, [*((one // 2, one - one // 2) for one in spare), (0, 0)])
