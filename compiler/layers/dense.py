"""Dense layers."""

from typing import Any, ClassVar

from ...grammar.diagnostics.codes import Code
from ..schema.field_types import Activation, Initializer, NotNegative, Positive, Truth
from .base import KerasCall, Layer, Weight
from .convolution import kernel_arguments
from .shapes import Shape, ShapeError, text


class Dense(Layer):
    """Dense (fully connected) layer: every unit sees every value.

    Becomes `keras.layers.Dense`. Unlike Keras's it refuses a tensor that still has a height and a width, on which
    it would work position by position, which is hardly ever meant.

    Arguments:
        units: number of values that come out.
        activation: a word such as `relu`; none by default.
        bias: whether a number is added to each value that comes out.
        init: how the weights are drawn.
        l2: weight of the squared weights in the loss.

    Input: values. Output: units.

    Example: `dense(64, relu)`
    """

    positional: ClassVar[int] = 2

    units: Positive
    activation: Activation = "linear"
    bias: Truth = True
    init: Initializer = "glorot_uniform"
    l2: NotNegative = 0.0

    def output(self, shape: Shape) -> Shape:
        if len(shape) > 1:
            message = f"`dense` takes a row of values, and {text(shape)} reaches it"
            raise ShapeError(Code.NEEDS_FLATTEN, message, "put `flatten` before it")
        return (self.units,)

    def weights_for(self, shape: Shape) -> tuple[Weight, ...]:
        weights = Weight("kernel", (shape[-1], self.units))
        return (weights, Weight("bias", (self.units,))) if self.bias else (weights,)

    def activates(self) -> str | None:
        return self.activation

    def keras(self, shape: Shape) -> KerasCall:
        del shape
        arguments: dict[str, Any] = {"units": self.units}
        return KerasCall("layers.Dense", arguments | kernel_arguments(self))
