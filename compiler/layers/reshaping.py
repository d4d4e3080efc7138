"""Flattening and reshaping."""

from typing import ClassVar

from ...grammar.diagnostics.codes import Code
from ..schema.field_types import TensorShape
from .base import KerasArgument, Layer
from .shapes import Shape, ShapeError, size, text


class Flatten(Layer):
    """Flattening: puts all values of the tensor into one vector.

    Becomes `keras.layers.Flatten`.

    Input: any shape. Output: the product of its lengths.

    Example: `flatten`
    """

    keras_class: ClassVar[str] = "Flatten"
    positional: ClassVar[int] = 0

    def output(self, shape: Shape) -> Shape:
        return (size(shape),)


class Reshape(Layer):
    """Reshaping: changes the shape, and keeps the values and their order.

    Becomes `keras.layers.Reshape`. Every length must be given: Keras accepts -1 for a length that
    it computes itself, but labc does not.

    Arguments:
        shape: the new lengths, at most four, without the batch.

    Input: any shape. Output: `shape`, with the same number of values.

    Example: `dense(784) -> reshape(28x28x1)`
    """

    keras_class: ClassVar[str] = "Reshape"

    shape: TensorShape

    def output(self, shape: Shape) -> Shape:
        wanted, given = size(self.shape), size(shape)
        if wanted != given:
            message = (
                f"`reshape` to {text(self.shape)} needs {wanted} values, but its input of {text(shape)} has {given}"
            )
            help = f"choose lengths whose product is {given}"
            raise ShapeError(Code.OUT_OF_BOUNDS, message, help, "shape")
        return self.shape

    def keras_arguments(self, shape: Shape) -> dict[str, KerasArgument]:
        del shape
        return {"target_shape": self.shape}
