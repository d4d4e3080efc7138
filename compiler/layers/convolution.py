"""Convolutions."""

from typing import Annotated, Any, ClassVar

from ...grammar.diagnostics.codes import Code
from ..schema.field_types import Activation, Choice, Initializer, Lengths, NotNegative, Positive, Truth
from .base import KerasCall, Layer, Weight
from .shapes import Shape, ShapeError, per_axis, slide, spatial_rank


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
        kernel, stride, dilation = window(self, spatial_rank(shape, "conv"))
        for what, channels in (("filters", self.filters), ("channels that reach `conv`", shape[-1])):
            if channels % self.groups:
                message = f"the {channels} {what} do not divide into {self.groups} groups"
                raise ShapeError(Code.DOES_NOT_DIVIDE, message, argument="groups")
        return (*slide("conv", shape, ("kernel", kernel), stride, self.padding, dilation), self.filters)

    def weights_for(self, shape: Shape) -> tuple[Weight, ...]:
        kernel = per_axis(self.kernel, len(shape) - 1, "kernel")
        weights = Weight("kernel", (*kernel, shape[-1] // self.groups, self.filters))
        return (weights, Weight("bias", (self.filters,))) if self.bias else (weights,)

    def activates(self) -> str | None:
        return self.activation

    def keras(self, shape: Shape) -> KerasCall:
        rank = len(shape) - 1
        arguments: dict[str, Any] = {"filters": self.filters, **window_arguments(self, rank)}
        if self.groups != 1:
            arguments["groups"] = self.groups
        return KerasCall(f"layers.Conv{rank}D", arguments | kernel_arguments(self))


def window(layer: Any, rank: int) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Kernel, stride and dilation along each of `rank` axes.

    Raises:
        ShapeError: if one of them is for another number of axes, or if there are a stride and a dilation above 1.
    """
    names = ("kernel", "stride", "dilation")
    kernel, stride, dilation = (per_axis(getattr(layer, name), rank, name) for name in names)
    if max(stride) > 1 and max(dilation) > 1:
        message = f"`{layer.word()}` cannot have a stride and a dilation above 1 at the same time"
        raise ShapeError(Code.OUT_OF_BOUNDS, message, argument="dilation")
    return kernel, stride, dilation


def window_arguments(layer: Any, rank: int) -> dict[str, Any]:
    """Keras's arguments for what every sliding kernel has: its size, padding, stride, dilation; defaults left out."""
    kernel, stride, dilation = window(layer, rank)
    arguments: dict[str, Any] = {"kernel_size": kernel, "padding": layer.padding}
    optional = {"strides": stride, "dilation_rate": dilation}
    return arguments | {name: value for name, value in optional.items() if value != (1,) * rank}


def kernel_arguments(layer: Any, kernels: tuple[str, ...] = ("kernel",)) -> dict[str, Any]:
    """Keras's arguments for what every layer with kernels has: activation, bias, init, l2; defaults left out.

    `kernels` are Keras's names for the kernels.
    """
    arguments: dict[str, Any] = {}
    if layer.activation != "linear":
        arguments["activation"] = layer.activation
    if not layer.bias:
        arguments["use_bias"] = False
    for kernel in kernels:
        if layer.init != "glorot_uniform":
            arguments[f"{kernel}_initializer"] = layer.init
        if layer.l2:
            arguments[f"{kernel}_regularizer"] = KerasCall("regularizers.L2", {"l2": layer.l2})
    return arguments
