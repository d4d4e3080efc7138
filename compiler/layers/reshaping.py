"""Flattening and reshaping."""

from typing import ClassVar

from ...grammar.diagnostics.codes import Code
from ..schema.field_types import TensorShape
from .base import KerasCall, Layer
from .shapes import Shape, ShapeError, size, text


class Flatten(Layer):
    """Flattening: all values of the tensor in one row.

    Becomes `keras.layers.Flatten`.

    Input: any shape. Output: the product of its lengths.

    Example: `flatten`
    """

    positional: ClassVar[int] = 0

    def output(self, shape: Shape) -> Shape:
        return (size(shape),)

    def keras(self, shape: Shape) -> KerasCall:
        del shape
        return KerasCall("layers.Flatten", {})


class Reshape(Layer):
    """Reshaping: the same values, in the same order, in another shape.

    Becomes `keras.layers.Reshape`. Every length is written out; there is no -1 for what is left.

    Arguments:
        shape: the new lengths, up to four, without the batch.

    Input: any shape. Output: `shape`, which holds as many values.

    Example: `dense(784) -> reshape(28x28x1)`
    """

    shape: TensorShape

    def output(self, shape: Shape) -> Shape:
        held, given = size(self.shape), size(shape)
        if held != given:
            message = f"`reshape` makes {held} values, {text(self.shape)}, of the {given} that reach it, {text(shape)}"
            help = f"choose lengths whose product is {given}"
            raise ShapeError(Code.OUT_OF_BOUNDS, message, help, "shape")
        return self.shape

    def keras(self, shape: Shape) -> KerasCall:
        del shape
        return KerasCall("layers.Reshape", {"target_shape": self.shape})
