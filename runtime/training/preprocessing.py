"""The first layer of every trained model: raw pixels, 0 to 255, to what `scale` asks for."""

from typing import TYPE_CHECKING

import numpy as np

from ..data.decode import Bytes

if TYPE_CHECKING:
    import keras

CHUNK = 256  # images at a time, so that the statistics need no copy of the whole set as floats


def preprocessing(scale: str, training: Bytes) -> "keras.layers.Layer | None":
    """A layer without weights that travels with the model, so that it takes images as they are.

    `unit`: 0 to 1. `standard`: mean 0 and deviation 1 over the training images, channel by channel. `sample`: the
    same over each image. `none`: nothing.

    Input: training images, bytes (image, height, width, channel).
    """
    import keras

    match scale:
        case "unit":
            return keras.layers.Rescaling(1 / 255, name="scale")
        case "standard":
            mean, deviation = channel_statistics(training)
            return keras.layers.Rescaling((1 / deviation).tolist(), (-mean / deviation).tolist(), name="scale")
        case "sample":
            axes = [1, 2, 3]
            return keras.layers.LayerNormalization(axes, epsilon=1e-3, center=False, scale=False, name="scale")
    return None


def channel_statistics(images: Bytes) -> tuple[np.ndarray, np.ndarray]:
    """Mean and standard deviation of each channel; a channel that never varies gets the deviation 1.

    Input: bytes (image, height, width, channel). Output: two floats a channel.
    """
    total = np.zeros(images.shape[-1])
    squares = np.zeros(images.shape[-1])
    for start in range(0, len(images), CHUNK):
        chunk = images[start : start + CHUNK].astype(np.float64)
        total += chunk.sum(axis=(0, 1, 2))
        squares += np.square(chunk).sum(axis=(0, 1, 2))
    count = images.size / images.shape[-1]
    mean = total / count
    deviation = np.sqrt(np.maximum(squares / count - mean**2, 0))
    return mean, np.where(deviation > 0, deviation, 1)
