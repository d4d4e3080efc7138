"""Random erasing: a rectangle of each image becomes black."""

import numpy as np
from keras import ops
from numpy.typing import NDArray

from .geometry import Tensor

RATIO = 0.3  # the smallest ratio of the sides; the largest is 1 / RATIO


def draw_rectangles(
    random: np.random.Generator, count: int, largest: float, size: tuple[int, int]
) -> NDArray[np.float32]:
    """Draw rectangles (image, 4): top, left, bottom and right in pixels. They lie inside images of the given size.

    The area is uniform from 0 to `largest`, a share of the image. The ratio of height to width is log-uniform from
    RATIO to 1 / RATIO, and the position is uniform. A rectangle that is longer than the image is shortened to the
    image and becomes wider by as much, so that it keeps its area. Zhong et al., "Random Erasing Data Augmentation"
    (2020), with the smallest area 0 and without the second draw of a rectangle that does not fit.
    """
    share, slimness, down, across = random.random((count, 4)).T
    area = share * largest * size[0] * size[1]
    height = np.sqrt(area * RATIO ** (2 * slimness - 1))
    height = np.clip(height, area / size[1], size[0])
    width = np.minimum(np.divide(area, height, out=np.zeros(count), where=height > 0), size[1])
    top, left = down * (size[0] - height), across * (size[1] - width)
    return np.stack([top, left, top + height, left + width], axis=1).astype(np.float32)


def erase(images: Tensor, rectangles: Tensor, black: float) -> Tensor:
    """Return images in which the pixels whose centres are inside the rectangles are black, in all slices.

    Input: images (image, [depth,] height, width, channel), rectangles as `draw_rectangles` returns them.
    """
    height, width = images.shape[-3:-1]
    top, left, bottom, right = (rectangles[:, i, None] for i in range(4))
    rows, columns = (ops.arange(side, dtype="float32")[None] + 0.5 for side in (height, width))
    down, across = (rows >= top) & (rows < bottom), (columns >= left) & (columns < right)
    inside = down[:, :, None] & across[:, None, :]
    if len(images.shape) == 5:
        inside = inside[:, None]
    return ops.where(inside[..., None], ops.cast(black, images.dtype), images)
