"""Pooling: one value for each window, or for each channel."""

from typing import Annotated, Any, ClassVar

from ..schema.field_types import Choice, Lengths
from .base import KerasCall, Layer
from .shapes import Shape, per_axis, slide, spatial_rank


class _Pool(Layer):
    """What both pools share: a window that slides over height and width, channel by channel."""

    keras_name: ClassVar[str]

    size: Lengths = 2
    stride: Lengths | None = None
    padding: Annotated[str, Choice(("valid", "same"))] = "valid"

    def output(self, shape: Shape) -> Shape:
        rank = spatial_rank(shape, self.word())
        size, stride = self._per_axis(rank)
        return (*slide(self.word(), shape, ("size", size), stride, self.padding), shape[-1])

    def keras(self, shape: Shape) -> KerasCall:
        rank = len(shape) - 1
        size, stride = self._per_axis(rank)
        arguments: dict[str, Any] = {"pool_size": size}
        if stride != size:
            arguments["strides"] = stride
        if self.padding != "valid":
            arguments["padding"] = self.padding
        return KerasCall(f"layers.{self.keras_name}{rank}D", arguments)

    def _per_axis(self, rank: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        stride = self.size if self.stride is None else self.stride
        return per_axis(self.size, rank, "size"), per_axis(stride, rank, "stride")


class MaxPool(_Pool):
    """Max pooling: keeps the largest value of each window, channel by channel.

    Becomes `keras.layers.MaxPooling1D`, `MaxPooling2D` or `MaxPooling3D`.

    Arguments:
        size: height x width of the window.
        stride: step between two windows; the size by default.
        padding: `valid` leaves out an incomplete last window, `same` pads it.

    Input: height x width x channels.
    Output: height // size x width // size x channels, with the defaults.

    Example: `maxpool(2x2)`
    """

    called: ClassVar[str | None] = "maxpool"
    keras_name: ClassVar[str] = "MaxPooling"


class AvgPool(_Pool):
    """Average pooling: the mean of each window, channel by channel.

    Becomes `keras.layers.AveragePooling1D`, `AveragePooling2D` or `AveragePooling3D`.

    Arguments:
        size: height x width of the window.
        stride: step between two windows; the size by default.
        padding: `valid` leaves out an incomplete last window, `same` takes the mean of what it holds.

    Input: height x width x channels.
    Output: height // size x width // size x channels, with the defaults.

    Example: `avgpool(2x2)`
    """

    called: ClassVar[str | None] = "avgpool"
    keras_name: ClassVar[str] = "AveragePooling"


class _GlobalPool(Layer):
    """What both global pools share: one value for each channel."""

    keras_name: ClassVar[str]
    positional: ClassVar[int] = 0

    def output(self, shape: Shape) -> Shape:
        spatial_rank(shape, self.word())
        return shape[-1:]

    def keras(self, shape: Shape) -> KerasCall:
        return KerasCall(f"layers.{self.keras_name}{len(shape) - 1}D", {})


class GlobalMaxPool(_GlobalPool):
    """Global max pooling: the largest value of each channel.

    Becomes `keras.layers.GlobalMaxPooling1D`, `GlobalMaxPooling2D` or `GlobalMaxPooling3D`.

    Input: height x width x channels. Output: channels.

    Example: `conv(32, 3x3, relu) -> global_maxpool`
    """

    called: ClassVar[str | None] = "global_maxpool"
    keras_name: ClassVar[str] = "GlobalMaxPooling"


class GlobalAvgPool(_GlobalPool):
    """Global average pooling: the mean of each channel.

    Becomes `keras.layers.GlobalAveragePooling1D`, `GlobalAveragePooling2D` or `GlobalAveragePooling3D`. In place of
    `flatten` it takes away nearly all weights of the dense layer that follows; Lin et al. (2013).

    Input: height x width x channels. Output: channels.

    Example: `conv(32, 3x3, relu) -> global_avgpool`
    """

    called: ClassVar[str | None] = "global_avgpool"
    keras_name: ClassVar[str] = "GlobalAveragePooling"
