"""Convolutions."""

from typing import Annotated, Any, ClassVar

from ...grammar.codes import Code
from ..fields import Activation, Choice, Initializer, Lengths, NotNegative, Positive, Truth
from ..shapes import Shape, ShapeError, per_axis, slide, spatial_rank
from .base import KerasCall, Layer, Weight


class Conv(Layer):
    """Convolution: slides `filters` kernels over the image and sums over its channels.

    Becomes `keras.layers.Conv1D`, `Conv2D` or `Conv3D`, by the tensor that reaches it.

    Arguments:
        filters: number of kernels, the channels that come out.
        kernel: height x width of a kernel.
        activation: a word such as `relu`; none by default.
        stride: step between two positions.
        padding: `same` keeps height and width (at stride 1), `valid` does not pad.
        dilation: distance between the taps of a kernel.
        groups: the channels are divided into this many groups, each with kernels of its own.
        bias: whether a number is added to each channel that comes out.
        init: how the kernels are drawn.
        l2: weight of the squared kernel in the loss.

    Input: height x width x channels.
    Output: height / stride x width / stride x filters, with `padding = same`.

    Example: `conv(32, 3x3, relu)`
    """

    positional: ClassVar[int] = 3

    filters: Positive
    kernel: Lengths = 3
    activation: Activation = "linear"
    stride: Lengths = 1
    padding: Annotated[str, Choice(("same", "valid"))] = "same"
    dilation: Lengths = 1
    groups: Positive = 1
    bias: Truth = True
    init: Initializer = "glorot_uniform"
    l2: NotNegative = 0.0

    def output(self, shape: Shape) -> Shape:
        rank = spatial_rank(shape, "conv")
        kernel, stride, dilation = self._per_axis(rank)
        if max(stride) > 1 and max(dilation) > 1:
            message = "`conv` cannot have a stride and a dilation above 1 at the same time"
            raise ShapeError(Code.OUT_OF_BOUNDS, message, argument="dilation")
        for what, channels in (("filters", self.filters), ("channels that reach `conv`", shape[-1])):
            if channels % self.groups:
                message = f"the {channels} {what} do not divide into {self.groups} groups"
                raise ShapeError(Code.DOES_NOT_DIVIDE, message, argument="groups")
        return (*slide("conv", shape, ("kernel", kernel), stride, self.padding, dilation), self.filters)

    def weights(self, shape: Shape) -> tuple[Weight, ...]:
        kernel = per_axis(self.kernel, len(shape) - 1, "kernel")
        weights = Weight("kernel", (*kernel, shape[-1] // self.groups, self.filters))
        return (weights, Weight("bias", (self.filters,))) if self.bias else (weights,)

    def activates(self) -> str | None:
        return self.activation

    def keras(self, shape: Shape) -> KerasCall:
        rank = len(shape) - 1
        kernel, stride, dilation = self._per_axis(rank)
        arguments: dict[str, Any] = {"filters": self.filters, "kernel_size": kernel, "padding": self.padding}
        optional = {
            "strides": (stride, (1,) * rank),
            "dilation_rate": (dilation, (1,) * rank),
            "groups": (self.groups, 1),
        }
        arguments |= {name: value for name, (value, default) in optional.items() if value != default}
        return KerasCall(f"layers.Conv{rank}D", arguments | kernel_arguments(self))

    def _per_axis(self, rank: int) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
        return (
            per_axis(self.kernel, rank, "kernel"),
            per_axis(self.stride, rank, "stride"),
            per_axis(self.dilation, rank, "dilation"),
        )


def kernel_arguments(layer: Any) -> dict[str, Any]:
    """Keras's arguments for what every layer with a kernel has: activation, bias, init, l2; defaults left out."""
    arguments: dict[str, Any] = {}
    if layer.activation != "linear":
        arguments["activation"] = layer.activation
    if not layer.bias:
        arguments["use_bias"] = False
    if layer.init != "glorot_uniform":
        arguments["kernel_initializer"] = layer.init
    if layer.l2:
        arguments["kernel_regularizer"] = KerasCall("regularizers.L2", {"l2": layer.l2})
    return arguments
