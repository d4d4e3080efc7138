"""Changes pixel values from 0 (black) to 1 (white): blur, intensity, contrast, brightness, gamma, noise.

Images have the axes (image, height, width, channel), or (image, depth, height, width, channel).
"""

import math

import numpy as np
from keras import ops

from ....compiler.sections.data.augment import Augment
from .geometry import Tensor


def change_values(images: Tensor, augment: Augment, drawn: dict[str, Tensor]) -> Tensor:
    """Return images with another contrast, brightness and gamma, and with noise, clipped to 0 to 1.

    `drawn` are the parameters as `draw_parameters` returns them.

    Input and output: values (image, …, channel).
    """
    inner = tuple(range(1, len(images.shape) - 1))
    if augment.contrast:
        mean = ops.mean(images, axis=inner, keepdims=True)
        images = mean + (images - mean) * _each(drawn["contrast"], images)
    if augment.brightness:
        images = images + _each(drawn["brightness"], images)
    if augment.gamma:
        images = ops.power(ops.clip(images, 0.0, 1.0), _each(drawn["gamma"], images))
    if augment.noise:
        images = images + float(augment.noise) * normal_noise(drawn["noise"], images.shape[1:])
    return ops.clip(images, 0.0, 1.0)


def blur(images: Tensor, deviations: Tensor) -> Tensor:
    """Return images after a Gaussian blur. At the edges the weights of the pixels inside are scaled to the sum 1.

    Input: values (image, [depth,] height, width, channel), standard deviations (image,) in pixels. Each slice of a
    depth is blurred by itself.
    """
    down, across = (_gaussian_weights(deviations, side) for side in images.shape[-3:-1])
    return ops.einsum("nhr,n...rcx,nwc->n...hwx", down, images, across)


def _gaussian_weights(deviations: Tensor, side: int) -> Tensor:
    """Return the weights (image, new pixel, old pixel) of a blur along an axis."""
    squares = np.square(np.subtract.outer(np.arange(side), np.arange(side)), dtype=np.float32)
    spread = 2 * ops.square(ops.maximum(deviations, 1e-3))[:, None, None]
    weights = ops.exp(-ops.convert_to_tensor(squares) / spread)
    return weights / ops.sum(weights, axis=-1, keepdims=True)


def stretch(images: Tensor, low: float, high: float) -> Tensor:
    """Return images in which two percentiles, given as shares, have become 0 and 1. An even image stays as it is."""
    flat = ops.reshape(images, (-1, math.prod(images.shape[1:])))
    ends = ops.quantile(flat, [low, high], axis=1)
    start, width = _each(ends[0], images), _each(ends[1] - ends[0], images)
    return ops.where(width > 0, (images - start) / ops.where(width > 0, width, 1.0), images)


def normal_noise(seeds: Tensor, shape: tuple[int, ...]) -> Tensor:
    """Return numbers (image, *shape) with a standard normal distribution that depend only on each image's seed.

    Two hashes of the seed and of the number of the pixel are two uniform numbers; Box and Muller, "A Note on the
    Generation of Random Normal Deviates" (1958) makes a normal one of them.

    Input: seeds (image,), integers of 32 bits.
    """
    number = np.arange(math.prod(shape), dtype=np.int32)[None]
    seeds = _hash(seeds)[:, None]
    radius, angle = (_uniform(_hash(ops.bitwise_xor(_hash(2 * number + i), seeds))) for i in (0, 1))
    normal = ops.sqrt(-2 * ops.log(radius)) * ops.cos(2 * math.pi * angle)
    return ops.reshape(normal, (-1, *shape))


def _hash(numbers: Tensor) -> Tensor:
    """Mix the bits of integers of 32 bits. The function is lowbias32 of Chris Wellons' hash-prospector."""
    numbers = ops.convert_to_tensor(numbers, dtype="int32")
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B - 2**32)):
        numbers = ops.bitwise_xor(numbers, _shifted(numbers, shift)) * factor
    return ops.bitwise_xor(numbers, _shifted(numbers, 16))


def _shifted(numbers: Tensor, bits: int) -> Tensor:
    """Shift to the right and fill with zeros; the shift of signed integers repeats the sign."""
    return ops.bitwise_and(ops.right_shift(numbers, bits), (1 << (32 - bits)) - 1)


def _uniform(numbers: Tensor) -> Tensor:
    """Return numbers between 0 and 1, both excluded, from the upper 23 bits of integers."""
    return (ops.cast(_shifted(numbers, 9), "float32") + 0.5) * 2.0**-23


def _each(values: Tensor, images: Tensor) -> Tensor:
    """Give numbers (image,) the axes of images."""
    return ops.reshape(values, (-1, *(1,) * (len(images.shape) - 1)))
