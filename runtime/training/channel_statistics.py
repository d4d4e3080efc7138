"""Computes the mean and the standard deviation of each channel of the training images, for `scale = standard`."""

import numpy as np

from ...compiler.backends.scaling import ChannelStatistics, PixelRange
from ..data.pixel_range import grey_levels
from ..data.pixels import Values

CHUNK = 256  # the largest number of images that are converted to floats at a time, to save memory
VALUES = 2**26  # the largest number of their values


def channel_statistics(images: Values, pixels: PixelRange) -> ChannelStatistics:
    """Return the mean and the standard deviation of each channel, after the range `pixels` became 0 to 255.

    The deviation of a channel with equal values is set to 1, because pixels are divided by it.

    Input: stored values (image, height, width, channel) or (image, depth, height, width, channel).
    """
    few = max(1, min(CHUNK, VALUES // images[0].size))
    total = np.zeros(images.shape[-1])
    squares = np.zeros(images.shape[-1])
    axes = tuple(range(images.ndim - 1))
    for start in range(0, len(images), few):
        chunk = grey_levels(images[start : start + few], pixels).astype(np.float64)
        total += chunk.sum(axis=axes)
        squares += np.square(chunk, out=chunk).sum(axis=axes)
    count = images.size / images.shape[-1]
    mean = total / count
    deviation = np.sqrt(np.maximum(squares / count - mean**2, 0))
    return ChannelStatistics.of(mean, np.where(deviation > 0, deviation, 1))
