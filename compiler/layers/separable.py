"""Convolutions that work channel by channel."""

from typing import Annotated, Any, ClassVar

from ...grammar.diagnostics.codes import Code
from ..schema.field_types import Activation, Choice, Initializer, Lengths, NotNegative, Positive, Truth
from .base import KerasCall, Layer, Weight
from .convolution import kernel_arguments, window, window_arguments
from .shapes import Shape, ShapeError, slide, spatial_rank, text


class DepthwiseConv(Layer):
    """Depthwise convolution: slides a kernel over each channel by itself, and sums over none.

    Becomes `keras.layers.DepthwiseConv1D` or `DepthwiseConv2D`. It takes no `filters`: as many channels come out as go
    in, times the multiplier.

    Arguments:
        kernel: height x width of a kernel.
        activation: a word such as `relu`; none by default.
        stride: step between two positions, the same along every axis.
        padding: `same` keeps height and width (at stride 1), `valid` does not pad.
        dilation: distance between the taps of a kernel.
        multiplier: number of kernels for each channel.
        bias: whether a number is added to each channel that comes out.
        init: how the kernels are drawn.
        l2: weight of the squared kernel in the loss.

    Input: height x width x channels.
    Output: height / stride x width / stride x channels * multiplier, with `padding = same`.

    Example: `depthwise_conv(3x3, relu)`
    """

    positional: ClassVar[int] = 2

    kernel: Lengths = 3
    activation: Activation = "linear"
    stride: Lengths = 1
    padding: Annotated[str, Choice(("same", "valid"))] = "same"
    dilation: Lengths = 1
    multiplier: Positive = 1
    bias: Truth = True
    init: Initializer = "glorot_uniform"
    l2: NotNegative = 0.0

    def output(self, shape: Shape) -> Shape:
        help = f"in 3-D use `conv` with `groups = {shape[-1]}`, which works channel by channel"
        return (*_slide(self, shape, help), shape[-1] * self.multiplier)

    def weights_for(self, shape: Shape) -> tuple[Weight, ...]:
        kernel, _, _ = window(self, len(shape) - 1)
        weights = Weight("kernel", (*kernel, shape[-1], self.multiplier))
        return (weights, Weight("bias", (shape[-1] * self.multiplier,))) if self.bias else (weights,)

    def activates(self) -> str | None:
        return self.activation

    def keras(self, shape: Shape) -> KerasCall:
        rank = len(shape) - 1
        arguments = {**window_arguments(self, rank), **_multiplier(self)}
        return KerasCall(f"layers.DepthwiseConv{rank}D", arguments | kernel_arguments(self, ("depthwise",)))


class SeparableConv(Layer):
    """Separable convolution: a kernel for each channel by itself, then a weighted sum of the channels at each place.

    Becomes `keras.layers.SeparableConv1D` or `SeparableConv2D`. It has far fewer weights than `conv`: channels *
    (kernel + filters), not channels * kernel * filters, a kernel being height * width; Chollet, "Xception" (2017).

    Arguments:
        filters: number of weighted sums, the channels that come out.
        kernel: height x width of a kernel.
        activation: a word such as `relu`; none by default.
        stride: step between two positions, the same along every axis.
        padding: `same` keeps height and width (at stride 1), `valid` does not pad.
        dilation: distance between the taps of a kernel.
        multiplier: number of kernels for each channel that goes in.
        bias: whether a number is added to each channel that comes out.
        init: how the kernels, and the weights of the sums, are drawn.
        l2: weight of the squares of both in the loss.

    Input: height x width x channels.
    Output: height / stride x width / stride x filters, with `padding = same`.

    Example: `separable_conv(32, 3x3, relu)`
    """

    positional: ClassVar[int] = 3

    filters: Positive
    kernel: Lengths = 3
    activation: Activation = "linear"
    stride: Lengths = 1
    padding: Annotated[str, Choice(("same", "valid"))] = "same"
    dilation: Lengths = 1
    multiplier: Positive = 1
    bias: Truth = True
    init: Initializer = "glorot_uniform"
    l2: NotNegative = 0.0

    def output(self, shape: Shape) -> Shape:
        help = f"in 3-D use `conv`, or `conv` with `groups = {shape[-1]}` and one of kernel 1 after it"
        return (*_slide(self, shape, help), self.filters)

    def weights_for(self, shape: Shape) -> tuple[Weight, ...]:
        kernel, stride, _ = window(self, len(shape) - 1)
        depthwise = Weight("depthwise_kernel", (*kernel, shape[-1], self.multiplier))
        pointwise = Weight("pointwise_kernel", (*(1 for _ in stride), shape[-1] * self.multiplier, self.filters))
        weights = (depthwise, pointwise)
        return (*weights, Weight("bias", (self.filters,))) if self.bias else weights

    def activates(self) -> str | None:
        return self.activation

    def keras(self, shape: Shape) -> KerasCall:
        rank = len(shape) - 1
        arguments: dict[str, Any] = {"filters": self.filters, **window_arguments(self, rank), **_multiplier(self)}
        kernels = ("depthwise", "pointwise")
        return KerasCall(f"layers.SeparableConv{rank}D", arguments | kernel_arguments(self, kernels))


def _slide(layer: DepthwiseConv | SeparableConv, shape: Shape, help: str) -> tuple[int, ...]:
    """The spatial lengths after the layer's kernels have slid over `shape`; `help` says what to do in 3-D.

    Raises:
        ShapeError: if `shape` has three axes besides the channels, which Keras does not have, or if the stride is not
            the same along both, which TensorFlow takes on some CPUs only.
    """
    word = layer.word()
    rank = spatial_rank(shape, word)
    if rank > 2:
        message = f"`{word}` takes one or two axes besides the channels, and {text(shape)} has three"
        raise ShapeError(Code.WRONG_RANK, message, help)
    kernel, stride, dilation = window(layer, rank)
    if len(set(stride)) > 1:
        message = f"`{word}` needs the same stride along both axes, and this is {text(stride)}"
        help = "give one number, or use `conv`, which takes a stride for each axis"
        raise ShapeError(Code.OUT_OF_BOUNDS, message, help, "stride")
    return slide(word, shape, ("kernel", kernel), stride, layer.padding, dilation)


def _multiplier(layer: DepthwiseConv | SeparableConv) -> dict[str, Any]:
    return {} if layer.multiplier == 1 else {"depth_multiplier": layer.multiplier}
