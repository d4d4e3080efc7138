"""Normalisation."""

from typing import Any, ClassVar

from ..fields import Above0, Rate, Truth
from ..shapes import Shape
from .base import KerasCall, Layer, Weight


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

    def weights(self, shape: Shape) -> tuple[Weight, ...]:
        channels = shape[-1:]
        trained = [("gamma", self.scale), ("beta", self.center)]
        weights = [Weight(name, channels) for name, wanted in trained if wanted]
        running = [Weight(name, channels, trained=False) for name in ("moving_mean", "moving_variance")]
        return tuple(weights + running)

    def activates(self) -> str | None:
        return "linear"

    def keras(self, shape: Shape) -> KerasCall:
        del shape
        arguments: dict[str, Any] = self.model_dump(exclude_defaults=True)
        return KerasCall("layers.BatchNormalization", arguments)
