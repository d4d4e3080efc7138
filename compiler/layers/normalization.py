"""Normalisation and rescaling."""

from math import gcd
from typing import Any, ClassVar

from ...grammar.diagnostics.codes import Code
from ..schema.field_types import Above0, Positive, Rate, Real, Truth
from .base import KerasCall, Layer, Weight
from .shapes import Shape, ShapeError


class BatchNorm(Layer):
    """Batch normalisation: each channel to mean 0 and deviation 1 over the batch, then scaled and shifted.

    Becomes `keras.layers.BatchNormalization`. While training it uses the batch's own statistics; afterwards the
    running ones, two weights a channel that do not train. Ioffe and Szegedy, "Batch Normalization" (2015).

    Arguments:
        momentum: how slowly the running statistics follow.
        epsilon: added to the variance, so that nothing divides by zero.
        center: whether a trained shift is added.
        scale: whether it is multiplied by a trained factor.

    Input: any shape, channels last. Output: the same.

    Example: `conv(32, 3x3) -> batchnorm -> relu`
    """

    called: ClassVar[str | None] = "batchnorm"
    positional: ClassVar[int] = 0

    momentum: Rate = 0.99
    epsilon: Above0 = 1e-3
    center: Truth = True
    scale: Truth = True

    def weights_for(self, shape: Shape) -> tuple[Weight, ...]:
        running = (Weight(name, shape[-1:], trained=False) for name in ("moving_mean", "moving_variance"))
        return (*_scale_and_shift(self, shape), *running)

    def activates(self) -> str | None:
        return "linear"

    def keras(self, shape: Shape) -> KerasCall:
        del shape
        arguments: dict[str, Any] = self.model_dump(exclude_defaults=True)
        return KerasCall("layers.BatchNormalization", arguments)


class LayerNorm(Layer):
    """Layer normalisation: the channels at each place to mean 0 and deviation 1, then scaled and shifted.

    Becomes `keras.layers.LayerNormalization`, which works over the last axis: each image by itself, each place by
    itself, alike while training and afterwards. Ba et al., "Layer Normalization" (2016).

    Arguments:
        epsilon: added to the variance, so that nothing divides by zero.
        center: whether a trained shift is added.
        scale: whether it is multiplied by a trained factor.

    Input: any shape, channels last. Output: the same.

    Example: `conv(32, 3x3) -> layernorm -> relu`
    """

    called: ClassVar[str | None] = "layernorm"
    positional: ClassVar[int] = 0

    epsilon: Above0 = 1e-3
    center: Truth = True
    scale: Truth = True

    def weights_for(self, shape: Shape) -> tuple[Weight, ...]:
        return _scale_and_shift(self, shape)

    def activates(self) -> str | None:
        return "linear"

    def keras(self, shape: Shape) -> KerasCall:
        del shape
        return KerasCall("layers.LayerNormalization", self.model_dump(exclude_defaults=True))


class GroupNorm(Layer):
    """Group normalisation: each group of channels of an image to mean 0 and deviation 1, then scaled and shifted.

    Becomes `keras.layers.GroupNormalization`. It does not depend on the other images of the batch, and so serves where
    batches are small; a single group or one for each channel are known as layer and instance normalisation. Wu and He,
    "Group Normalization" (2018).

    Arguments:
        groups: number of groups; it divides the number of channels.
        epsilon: added to the variance, so that nothing divides by zero.
        center: whether a trained shift is added to each channel.
        scale: whether each channel is multiplied by a trained factor.

    Input: any shape, channels last. Output: the same.

    Example: `conv(32, 3x3) -> groupnorm(8) -> relu`
    """

    called: ClassVar[str | None] = "groupnorm"

    groups: Positive
    epsilon: Above0 = 1e-3
    center: Truth = True
    scale: Truth = True

    def output(self, shape: Shape) -> Shape:
        channels = shape[-1]
        if channels % self.groups:
            message = f"the {channels} channels that reach `groupnorm` do not divide into {self.groups} groups"
            help = f"choose a number that divides {channels}, such as {gcd(channels, self.groups)}"
            raise ShapeError(Code.DOES_NOT_DIVIDE, message, help, "groups")
        return shape

    def weights_for(self, shape: Shape) -> tuple[Weight, ...]:
        return _scale_and_shift(self, shape)

    def activates(self) -> str | None:
        return "linear"

    def keras(self, shape: Shape) -> KerasCall:
        del shape
        return KerasCall("layers.GroupNormalization", self.model_dump(exclude_defaults=True))


class Rescale(Layer):
    """Rescaling: each value times a fixed factor, plus a fixed number.

    Becomes `keras.layers.Rescaling`. Nothing in it trains; `data` has `scale` for the images themselves.

    Arguments:
        scale: the factor.
        offset: what is added after it.

    Input: any shape. Output: the same.

    Example: `rescale(2, offset = -1)`
    """

    scale: Real
    offset: Real = 0.0

    def activates(self) -> str | None:
        return "linear"

    def keras(self, shape: Shape) -> KerasCall:
        del shape
        return KerasCall("layers.Rescaling", self.model_dump(exclude_defaults=True))


def _scale_and_shift(layer: BatchNorm | LayerNorm | GroupNorm, shape: Shape) -> tuple[Weight, ...]:
    """The trained factor and shift of each channel, as far as the layer has them."""
    trained = (("gamma", layer.scale), ("beta", layer.center))
    return tuple(Weight(name, shape[-1:]) for name, wanted in trained if wanted)
