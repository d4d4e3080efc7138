"""Pooling: one value for each window, or for each channel."""

from typing import Annotated, ClassVar

from ..schema.choice import Choice
from ..schema.field_types import Lengths
from .base import KerasArgument, Layer
from .shapes import Shape, per_axis, slide, spatial_rank


class Pool(Layer):
    """The base of the pools: a window that moves over height and width, channel by channel."""

    size: Lengths = 2
    stride: Lengths | None = None
    padding: Annotated[str, Choice(("valid", "same"))] = "valid"

    def output(self, shape: Shape) -> Shape:
        rank = spatial_rank(shape, self.word())
        size, stride = self._per_axis(rank)
        return (*slide(self.word(), shape, ("size", size), stride, self.padding), shape[-1])

    def keras_arguments(self, shape: Shape) -> dict[str, KerasArgument]:
        size, stride = self._per_axis(len(shape) - 1)
        arguments: dict[str, KerasArgument] = {"pool_size": size}
        if stride != size:
            arguments["strides"] = stride
        if self.padding != "valid":
            arguments["padding"] = self.padding
        return arguments

    def _per_axis(self, rank: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        stride = self.size if self.stride is None else self.stride
        return per_axis(self.size, rank, "size"), per_axis(stride, rank, "stride")


class MaxPool(Pool):
    """Max pooling: keeps the largest value of each window, channel by channel.

    Becomes `keras.layers.MaxPooling1D`, `MaxPooling2D` or `MaxPooling3D`.

    Arguments:
        size: height x width of the window.
        stride: step between two windows. By default it equals `size`.
        padding: `valid` leaves out an incomplete last window, `same` pads it.

    Input: height x width x channels.
    Output: height // size x width // size x channels, with the defaults.

    Example: `maxpool(2x2)`
    """

    called: ClassVar[str | None] = "maxpool"
    keras_class: ClassVar[str] = "MaxPooling{rank}D"


class AvgPool(Pool):
    """Average pooling: the mean of each window, channel by channel.

    Becomes `keras.layers.AveragePooling1D`, `AveragePooling2D` or `AveragePooling3D`.

    Arguments:
        size: height x width of the window.
        stride: step between two windows. By default it equals `size`.
        padding: `valid` leaves out an incomplete last window, `same` takes the mean of the values inside the image.

    Input: height x width x channels.
    Output: height // size x width // size x channels, with the defaults.

    Example: `avgpool(2x2)`
    """

    called: ClassVar[str | None] = "avgpool"
    keras_class: ClassVar[str] = "AveragePooling{rank}D"


class GlobalPool(Layer):
    """The base of the global pools: one value for each channel."""

    positional: ClassVar[int] = 0

    def output(self, shape: Shape) -> Shape:
        spatial_rank(shape, self.word())
        return shape[-1:]


class GlobalMaxPool(GlobalPool):
    """Global max pooling: the largest value of each channel.

    Becomes `keras.layers.GlobalMaxPooling1D`, `GlobalMaxPooling2D` or `GlobalMaxPooling3D`.

    Input: height x width x channels. Output: channels.

    Example: `conv(32, 3x3, relu) -> global_maxpool`
    """

    called: ClassVar[str | None] = "global_maxpool"
    keras_class: ClassVar[str] = "GlobalMaxPooling{rank}D"


class GlobalAvgPool(GlobalPool):
    """Global average pooling: the mean of each channel.

    Becomes `keras.layers.GlobalAveragePooling1D`, `GlobalAveragePooling2D` or `GlobalAveragePooling3D`. With this layer
    instead of `flatten`, the next dense layer has far fewer weights; Lin et al. (2013).

    Input: height x width x channels. Output: channels.

    Example: `conv(32, 3x3, relu) -> global_avgpool`
    """

    called: ClassVar[str | None] = "global_avgpool"
    keras_class: ClassVar[str] = "GlobalAveragePooling{rank}D"
