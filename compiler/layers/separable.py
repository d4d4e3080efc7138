"""Convolutions that work channel by channel."""

from typing import ClassVar

from ...grammar.diagnostics.codes import Code
from ..schema.field_types import PositiveInt
from .base import KerasArgument, Weight
from .convolution import Convolution, HasFilters
from .shapes import Shape, ShapeError, spatial_rank, text


class ChannelwiseConvolution(Convolution):
    """The base of the convolutions that apply kernels to each channel separately: only in 1-D and 2-D, as in Keras."""

    multiplier: PositiveInt = 1

    instead_in_3d: ClassVar[str]
    """What to use for an input with three axes besides the channels. `{channels}` stands for the number of channels."""

    def spatial(self, shape: Shape) -> tuple[int, ...]:
        rank = spatial_rank(shape, self.word())
        if rank > 2:
            message = (
                f"`{self.word()}` takes one or two axes besides the channels, but its input of {text(shape)} has three"
            )
            raise ShapeError(Code.WRONG_RANK, message, self.instead_in_3d.format(channels=shape[-1]))
        _, stride, _ = self.window(rank)
        if len(set(stride)) > 1:  # TensorFlow supports this on some CPUs only
            message = f"the stride of `{self.word()}` must be the same along both axes, but is {text(stride)}"
            help = "set `stride` to one integer, or use `conv`, which takes a stride for each axis"
            raise ShapeError(Code.OUT_OF_BOUNDS, message, help, "stride")
        return super().spatial(shape)

    def depthwise_kernel(self, name: str, shape: Shape) -> Weight:
        """Return the weight tensor that has `multiplier` kernels for each channel."""
        kernel, _, _ = self.window(len(shape) - 1)
        return Weight(name, (*kernel, shape[-1], self.multiplier))

    def keras_arguments(self, shape: Shape) -> dict[str, KerasArgument]:
        multiplier: dict[str, KerasArgument] = {} if self.multiplier == 1 else {"depth_multiplier": self.multiplier}
        return super().keras_arguments(shape) | multiplier


class DepthwiseConv(ChannelwiseConvolution):
    """Depthwise convolution: applies kernels to each channel separately, and does not sum over channels.

    Becomes `keras.layers.DepthwiseConv1D` or `DepthwiseConv2D`. It has no `filters`: the number of output channels is
    the number of input channels times the multiplier.

    Arguments:
        kernel: height x width of a kernel.
        activation: the word of an activation function, for example `relu`; `linear` means no activation.
        stride: step between two positions of a kernel, the same along every axis.
        padding: `same` keeps height and width (at stride 1), `valid` does not pad.
        dilation: distance between neighbouring elements of a kernel.
        bias: whether a trainable number is added to each output channel.
        init: initialiser of the kernels.
        l2: weight of the sum of the squared kernel values in the loss.
        multiplier: number of kernels for each input channel.

    Input: height x width x channels.
    Output: height / stride x width / stride x channels * multiplier, with `padding = same`.

    Example: `depthwise_conv(3x3, relu)`
    """

    keras_class: ClassVar[str] = "DepthwiseConv{rank}D"
    positional: ClassVar[int] = 2
    prefixes: ClassVar[tuple[str, ...]] = ("depthwise",)
    instead_in_3d: ClassVar[str] = "in 3-D use `conv` with `groups = {channels}`, which works channel by channel"

    def channels(self, shape: Shape) -> int:
        return shape[-1] * self.multiplier

    def kernels(self, shape: Shape) -> tuple[Weight, ...]:
        return (self.depthwise_kernel("kernel", shape),)


class SeparableConv(ChannelwiseConvolution, HasFilters):
    """Separable convolution: applies kernels to each channel separately, then computes weighted sums of the channels.

    Becomes `keras.layers.SeparableConv1D` or `SeparableConv2D`. It has far fewer weights than `conv`: channels *
    (kernel + filters) instead of channels * kernel * filters, where kernel is height * width. Chollet, "Xception"
    (2017).

    Arguments:
        filters: number of weighted sums, which is the number of output channels.
        kernel: height x width of a kernel.
        activation: the word of an activation function, for example `relu`; `linear` means no activation.
        stride: step between two positions of a kernel, the same along every axis.
        padding: `same` keeps height and width (at stride 1), `valid` does not pad.
        dilation: distance between neighbouring elements of a kernel.
        bias: whether a trainable number is added to each output channel.
        init: initialiser of the kernels and of the weights of the sums.
        l2: weight of the sum of their squares in the loss.
        multiplier: number of kernels for each input channel.

    Input: height x width x channels.
    Output: height / stride x width / stride x filters, with `padding = same`.

    Example: `separable_conv(32, 3x3, relu)`
    """

    keras_class: ClassVar[str] = "SeparableConv{rank}D"
    positional: ClassVar[int] = 3
    prefixes: ClassVar[tuple[str, ...]] = ("depthwise", "pointwise")
    instead_in_3d: ClassVar[str] = (
        "in 3-D use `conv`, or `conv` with `groups = {channels}` followed by a `conv` with `kernel = 1`"
    )

    def channels(self, shape: Shape) -> int:
        del shape
        return self.filters

    def kernels(self, shape: Shape) -> tuple[Weight, ...]:
        depthwise = self.depthwise_kernel("depthwise_kernel", shape)
        pointwise = (*(1 for _ in shape[1:]), shape[-1] * self.multiplier, self.filters)
        return (depthwise, Weight("pointwise_kernel", pointwise))

    def keras_arguments(self, shape: Shape) -> dict[str, KerasArgument]:
        return {"filters": self.filters, **super().keras_arguments(shape)}
