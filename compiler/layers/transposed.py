"""Transposed convolution."""

from typing import ClassVar

from .base import KerasArgument, Weight
from .convolution import Convolution, HasFilters
from .shapes import Shape, size, spatial_rank


class ConvTranspose(Convolution, HasFilters):
    """Transposed convolution: multiplies kernels by each input value, and adds the results to a larger image.

    Becomes `keras.layers.Conv1DTranspose`, `Conv2DTranspose` or `Conv3DTranspose`. It is the upsampling step of a
    U-Net: with a stride of 2 it doubles height and width. If the kernel size is not a multiple of the stride, the
    kernels overlap unevenly, which causes checkerboard patterns; Odena et al., "Deconvolution and Checkerboard
    Artifacts" (2016).

    Arguments:
        filters: number of kernels, which is the number of output channels.
        kernel: height x width of a kernel.
        activation: the word of an activation function, for example `relu`; `linear` means no activation.
        stride: step between two kernels in the output.
        padding: `same` gives height and width times the stride; `valid` keeps every position that a kernel covers.
        dilation: distance between neighbouring elements of a kernel. On a CPU, TensorFlow supports a dilation above 1
            only with oneDNN, which exists on x86 with Linux or Windows.
        bias: whether a trainable number is added to each output channel.
        init: initialiser of the kernels.
        l2: weight of the sum of the squared kernel values in the loss.

    Input: height x width x channels.
    Output: height * stride x width * stride x filters, with `padding = same`.

    Example: `conv_transpose(32, 2x2, stride = 2)`
    """

    keras_class: ClassVar[str] = "Conv{rank}DTranspose"
    positional: ClassVar[int] = 3

    def spatial(self, shape: Shape) -> tuple[int, ...]:
        kernel, stride, dilation = self.window(spatial_rank(shape, self.word()))
        along = zip(shape, kernel, stride, dilation, strict=False)
        return tuple(_transposed_length(n, k, s, self.padding, d) for n, k, s, d in along)

    def channels(self, shape: Shape) -> int:
        del shape
        return self.filters

    def kernels(self, shape: Shape) -> tuple[Weight, ...]:
        kernel, _, _ = self.window(len(shape) - 1)
        return (Weight("kernel", (*kernel, self.filters, shape[-1])),)

    def macs(self, shape: Shape) -> int:
        """Return the number of operations: every value of the kernel is used once at each input position."""
        return size(shape[:-1]) * sum(size(kernel.shape) for kernel in self.kernels(shape))

    def keras_arguments(self, shape: Shape) -> dict[str, KerasArgument]:
        return {"filters": self.filters, **super().keras_arguments(shape)}


def _transposed_length(length: int, window: int, stride: int, padding: str, dilation: int) -> int:
    """Return the output length along an axis.

    `same`: length * stride. `valid`: (length - 1) * stride + max(extent, stride), where
    extent = dilation * (window - 1) + 1; zeros fill the gaps if the windows are shorter than the stride.
    """
    if padding == "same":
        return length * stride
    return (length - 1) * stride + max(dilation * (window - 1) + 1, stride)
