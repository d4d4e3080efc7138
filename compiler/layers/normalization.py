"""Normalisation and rescaling."""

from math import gcd
from typing import ClassVar

from ...grammar.diagnostics.codes import Code
from ..schema.field_types import Boolean, Float, PositiveFloat, PositiveInt, Rate
from .base import KerasArgument, Layer, Weight
from .shapes import Shape, ShapeError


class BatchNorm(Layer):
    """Batch normalisation: brings each channel to mean 0 and standard deviation 1 over the batch.

    Becomes `keras.layers.BatchNormalization`. The result is then scaled and shifted. During training, the layer uses
    the statistics of the batch. Afterwards it uses their running averages: two non-trainable weights for each channel.
    Ioffe and Szegedy, "Batch Normalization" (2015).

    Arguments:
        momentum: weight of the old value in the running averages.
        epsilon: added to the variance, to prevent a division by zero.
        center: whether a trainable shift is added.
        scale: whether the result is multiplied by a trainable factor.

    Input: any shape, channels last. Output: the same shape.

    Example: `conv(32, 3x3) -> batchnorm -> relu`
    """

    called: ClassVar[str | None] = "batchnorm"
    keras_class: ClassVar[str] = "BatchNormalization"
    positional: ClassVar[int] = 0

    momentum: Rate = 0.99
    epsilon: PositiveFloat = 1e-3
    center: Boolean = True
    scale: Boolean = True

    def weights_for(self, shape: Shape) -> tuple[Weight, ...]:
        running = (Weight(name, shape[-1:], trainable=False) for name in ("moving_mean", "moving_variance"))
        return (*_scale_and_shift(self, shape), *running)

    def output_activation(self) -> str | None:
        return "linear"

    def keras_arguments(self, shape: Shape) -> dict[str, KerasArgument]:
        del shape
        return self.model_dump(exclude_defaults=True)


class LayerNorm(Layer):
    """Layer normalisation: brings the channels at each position to mean 0 and standard deviation 1.

    Becomes `keras.layers.LayerNormalization`. The result is then scaled and shifted. The layer works over the last
    axis, separately for each image and each position. It works in the same way during training and afterwards. Ba et
    al., "Layer Normalization" (2016).

    Arguments:
        epsilon: added to the variance, to prevent a division by zero.
        center: whether a trainable shift is added.
        scale: whether the result is multiplied by a trainable factor.

    Input: any shape, channels last. Output: the same shape.

    Example: `conv(32, 3x3) -> layernorm -> relu`
    """

    called: ClassVar[str | None] = "layernorm"
    keras_class: ClassVar[str] = "LayerNormalization"
    positional: ClassVar[int] = 0

    epsilon: PositiveFloat = 1e-3
    center: Boolean = True
    scale: Boolean = True

    def weights_for(self, shape: Shape) -> tuple[Weight, ...]:
        return _scale_and_shift(self, shape)

    def output_activation(self) -> str | None:
        return "linear"

    def keras_arguments(self, shape: Shape) -> dict[str, KerasArgument]:
        del shape
        return self.model_dump(exclude_defaults=True)


class GroupNorm(Layer):
    """Group normalisation: brings each group of channels to mean 0 and standard deviation 1.

    Becomes `keras.layers.GroupNormalization`. The result is then scaled and shifted. The layer works on each image
    separately, so it suits small batches. With a single group it is also known as layer normalisation, and with one
    group for each channel as instance normalisation. Wu and He, "Group Normalization" (2018).

    Arguments:
        groups: number of groups. It must divide the number of channels.
        epsilon: added to the variance, to prevent a division by zero.
        center: whether a trainable shift is added to each channel.
        scale: whether each channel is multiplied by a trainable factor.

    Input: any shape, channels last. Output: the same shape.

    Example: `conv(32, 3x3) -> groupnorm(8) -> relu`
    """

    called: ClassVar[str | None] = "groupnorm"
    keras_class: ClassVar[str] = "GroupNormalization"

    groups: PositiveInt
    epsilon: PositiveFloat = 1e-3
    center: Boolean = True
    scale: Boolean = True

    def output(self, shape: Shape) -> Shape:
        channels = shape[-1]
        if channels % self.groups:
            message = f"{channels} input channels cannot be divided into {self.groups} equal groups"
            help = f"set `groups` to a divisor of {channels}, for example {gcd(channels, self.groups)}"
            raise ShapeError(Code.DOES_NOT_DIVIDE, message, help, "groups")
        return shape

    def weights_for(self, shape: Shape) -> tuple[Weight, ...]:
        return _scale_and_shift(self, shape)

    def output_activation(self) -> str | None:
        return "linear"

    def keras_arguments(self, shape: Shape) -> dict[str, KerasArgument]:
        del shape
        return self.model_dump(exclude_defaults=True)


class Rescale(Layer):
    """Rescaling: multiplies each value by a fixed factor, then adds a fixed number.

    Becomes `keras.layers.Rescaling`. It has no trainable weights. To scale the images, use `scale` in `data`.

    Arguments:
        scale: the factor.
        offset: the number that is added to the product.

    Input: any shape. Output: the same shape.

    Example: `rescale(2, offset = -1)`
    """

    keras_class: ClassVar[str] = "Rescaling"

    scale: Float
    offset: Float = 0.0

    def output_activation(self) -> str | None:
        return "linear"

    def keras_arguments(self, shape: Shape) -> dict[str, KerasArgument]:
        del shape
        return self.model_dump(exclude_defaults=True)


def _scale_and_shift(layer: BatchNorm | LayerNorm | GroupNorm, shape: Shape) -> tuple[Weight, ...]:
    """Return the trainable factor and shift of each channel, as far as the layer has them."""
    optional = (("gamma", layer.scale), ("beta", layer.center))
    return tuple(Weight(name, shape[-1:]) for name, wanted in optional if wanted)
