"""Transposed convolution."""

from typing import Annotated, Any, ClassVar

from ..schema.field_types import Activation, Choice, Initializer, Lengths, NotNegative, Positive, Truth
from .base import KerasCall, Layer, Weight
from .convolution import kernel_arguments, window, window_arguments
from .shapes import Shape, size, spatial_rank


class ConvTranspose(Layer):
    """Transposed convolution: lays `filters` kernels down at every value, weighted by it, so that images grow.

    Becomes `keras.layers.Conv1DTranspose`, `Conv2DTranspose` or `Conv3DTranspose`. The way up of a U-Net: with a
    stride of 2 it doubles height and width. Where the stride does not divide the kernel the kernels overlap unevenly,
    which shows as a checkerboard; Odena et al., "Deconvolution and Checkerboard Artifacts" (2016).

    Arguments:
        filters: number of kernels, the channels that come out.
        kernel: height x width of a kernel.
        activation: a word such as `relu`; none by default.
        stride: step between two positions in what comes out.
        padding: `same` gives height and width times the stride, `valid` all that a kernel touches.
        dilation: distance between the taps of a kernel; on a CPU, TensorFlow takes one above 1 only with oneDNN,
            which Linux and Windows have on x86.
        bias: whether a number is added to each channel that comes out.
        init: how the kernels are drawn.
        l2: weight of the squared kernel in the loss.

    Input: height x width x channels.
    Output: height * stride x width * stride x filters, with `padding = same`.

    Example: `conv_transpose(32, 2x2, stride = 2)`
    """

    positional: ClassVar[int] = 3

    filters: Positive
    kernel: Lengths = 3
    activation: Activation = "linear"
    stride: Lengths = 1
    padding: Annotated[str, Choice(("same", "valid"))] = "same"
    dilation: Lengths = 1
    bias: Truth = True
    init: Initializer = "glorot_uniform"
    l2: NotNegative = 0.0

    def output(self, shape: Shape) -> Shape:
        kernel, stride, dilation = window(self, spatial_rank(shape, "conv_transpose"))
        along = zip(shape, kernel, stride, dilation, strict=False)
        return (*(_spread(n, k, s, self.padding, d) for n, k, s, d in along), self.filters)

    def weights_for(self, shape: Shape) -> tuple[Weight, ...]:
        kernel, _, _ = window(self, len(shape) - 1)
        weights = Weight("kernel", (*kernel, self.filters, shape[-1]))
        return (weights, Weight("bias", (self.filters,))) if self.bias else (weights,)

    def activates(self) -> str | None:
        return self.activation

    def positions(self, shape: Shape) -> int:
        """Every value of the kernel is used once for each place of the input."""
        return size(shape[:-1])

    def keras(self, shape: Shape) -> KerasCall:
        rank = len(shape) - 1
        arguments: dict[str, Any] = {"filters": self.filters, **window_arguments(self, rank)}
        return KerasCall(f"layers.Conv{rank}DTranspose", arguments | kernel_arguments(self))


def _spread(length: int, window: int, stride: int, padding: str, dilation: int) -> int:
    """The length of an axis after a window has been laid down at every stride-th place, once for each value.

    `same`: length * stride. `valid`: (length - 1) * stride + max(extent, stride), the extent being
    dilation * (window - 1) + 1: what a window shorter than the stride leaves out is filled with zeros.
    """
    if padding == "same":
        return length * stride
    return (length - 1) * stride + max(dilation * (window - 1) + 1, stride)
