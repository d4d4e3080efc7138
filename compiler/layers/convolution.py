"""Convolutions."""

from typing import Annotated, ClassVar

from ...grammar.diagnostics.codes import Code
from ..schema.choice import Choice
from ..schema.field_types import Activation, Boolean, Initializer, Lengths, NonNegativeFloat, PositiveInt
from .base import KerasArgument, Layer, Weight
from .kernels import kernel_arguments
from .shapes import Shape, ShapeError, per_axis, size, slide, spatial_rank


class Convolution(Layer):
    """The base of all convolutions: kernels that move over one to three axes, then a bias and an activation."""

    kernel: Lengths = 3
    activation: Activation = "linear"
    stride: Lengths = 1
    padding: Annotated[str, Choice(("same", "valid"))] = "same"
    dilation: Lengths = 1
    bias: Boolean = True
    init: Initializer = "glorot_uniform"
    l2: NonNegativeFloat = 0.0

    prefixes: ClassVar[tuple[str, ...]] = ("kernel",)
    """For each kernel, the prefix of its arguments in Keras: `depthwise` for `depthwise_initializer`."""

    def output(self, shape: Shape) -> Shape:
        return (*self.spatial(shape), self.channels(shape))

    def spatial(self, shape: Shape) -> tuple[int, ...]:
        """Return the lengths of the output along all axes besides the channels.

        Raises:
            ShapeError: if the layer does not accept `shape`.
        """
        kernel, stride, dilation = self.window(spatial_rank(shape, self.word()))
        return slide(self.word(), shape, ("kernel", kernel), stride, self.padding, dilation)

    def channels(self, shape: Shape) -> int:
        """Return the number of output channels."""
        raise NotImplementedError

    def kernels(self, shape: Shape) -> tuple[Weight, ...]:
        """Return the kernels, without the bias."""
        raise NotImplementedError

    def weights_for(self, shape: Shape) -> tuple[Weight, ...]:
        bias = (Weight("bias", (self.channels(shape),)),) if self.bias else ()
        return (*self.kernels(shape), *bias)

    def macs(self, shape: Shape) -> int:
        """Return the number of operations: every value of a kernel is used once at each output position."""
        return size(self.spatial(shape)) * sum(size(kernel.shape) for kernel in self.kernels(shape))

    def output_activation(self) -> str | None:
        return self.activation

    def keras_arguments(self, shape: Shape) -> dict[str, KerasArgument]:
        rank = len(shape) - 1
        kernel, stride, dilation = self.window(rank)
        steps = {"strides": stride, "dilation_rate": dilation}
        return {
            "kernel_size": kernel,
            "padding": self.padding,
            **{name: lengths for name, lengths in steps.items() if lengths != (1,) * rank},
            **kernel_arguments(self, self.prefixes),
        }

    def window(self, rank: int) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
        """Return the kernel, the stride and the dilation along each of `rank` axes.

        Raises:
            ShapeError: if an argument has another number of axes, or if both a stride and a dilation are above 1.
        """
        names = ("kernel", "stride", "dilation")
        kernel, stride, dilation = (per_axis(getattr(self, name), rank, name) for name in names)
        if max(stride) > 1 and max(dilation) > 1:
            message = f"`{self.word()}` cannot have both a stride and a dilation above 1"
            raise ShapeError(Code.OUT_OF_BOUNDS, message, argument="dilation")
        return kernel, stride, dilation


class HasFilters(Layer):
    """The argument `filters`. A class lists this base after `Convolution`, so that `filters` is its first argument."""

    filters: PositiveInt


class Conv(Convolution, HasFilters):
    """Convolution: each of `filters` kernels moves over the image and computes weighted sums over all input channels.

    Becomes `keras.layers.Conv1D`, `Conv2D` or `Conv3D`, depending on the rank of its input.

    Arguments:
        filters: number of kernels, which is the number of output channels.
        kernel: height x width of a kernel.
        activation: the word of an activation function, for example `relu`; `linear` means no activation.
        stride: step between two positions of a kernel.
        padding: `same` keeps height and width (at stride 1), `valid` does not pad.
        dilation: distance between neighbouring elements of a kernel.
        bias: whether a trainable number is added to each output channel.
        init: initialiser of the kernels.
        l2: weight of the sum of the squared kernel values in the loss.
        groups: number of groups that the channels are divided into. Each group has separate kernels.

    Input: height x width x channels.
    Output: height / stride x width / stride x filters, with `padding = same`.

    Example: `conv(32, 3x3, relu)`
    """

    keras_class: ClassVar[str] = "Conv{rank}D"
    positional: ClassVar[int] = 3

    groups: PositiveInt = 1

    def output(self, shape: Shape) -> Shape:
        output = super().output(shape)
        for what, channels in (("filters", self.filters), ("input channels", shape[-1])):
            if channels % self.groups:
                message = f"{channels} {what} cannot be divided into {self.groups} equal groups"
                raise ShapeError(Code.DOES_NOT_DIVIDE, message, argument="groups")
        return output

    def channels(self, shape: Shape) -> int:
        del shape
        return self.filters

    def kernels(self, shape: Shape) -> tuple[Weight, ...]:
        kernel, _, _ = self.window(len(shape) - 1)
        return (Weight("kernel", (*kernel, shape[-1] // self.groups, self.filters)),)

    def keras_arguments(self, shape: Shape) -> dict[str, KerasArgument]:
        groups: dict[str, KerasArgument] = {} if self.groups == 1 else {"groups": self.groups}
        return {"filters": self.filters, **super().keras_arguments(shape), **groups}
