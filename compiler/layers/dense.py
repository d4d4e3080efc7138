"""Dense layers."""

from typing import ClassVar

from ...grammar.diagnostics.codes import Code
from ..schema.field_types import Activation, Boolean, Initializer, NonNegativeFloat, PositiveInt
from .base import KerasArgument, Layer, Weight
from .kernels import kernel_arguments
from .shapes import Shape, ShapeError, text


class Dense(Layer):
    """Dense (fully connected) layer: each unit is a weighted sum of all input values.

    Becomes `keras.layers.Dense`. An input with a height and a width is an error here. Keras would apply the layer to
    each position separately, which is rarely intended.

    Arguments:
        units: number of output values.
        activation: the word of an activation function, for example `relu`; `linear` means no activation.
        bias: whether a trainable number is added to each output value.
        init: initialiser of the weights.
        l2: weight of the sum of the squared weights in the loss.

    Input: a vector of values. Output: units.

    Example: `dense(64, relu)`
    """

    keras_class: ClassVar[str] = "Dense"
    positional: ClassVar[int] = 2

    units: PositiveInt
    activation: Activation = "linear"
    bias: Boolean = True
    init: Initializer = "glorot_uniform"
    l2: NonNegativeFloat = 0.0

    def output(self, shape: Shape) -> Shape:
        if len(shape) > 1:
            message = f"the input of `dense` must be a vector, but is {text(shape)}"
            raise ShapeError(Code.NEEDS_FLATTEN, message, "place `flatten` before `dense`")
        return (self.units,)

    def weights_for(self, shape: Shape) -> tuple[Weight, ...]:
        weights = Weight("kernel", (shape[-1], self.units))
        return (weights, Weight("bias", (self.units,))) if self.bias else (weights,)

    def macs(self, shape: Shape) -> int:
        return shape[-1] * self.units

    def output_activation(self) -> str | None:
        return self.activation

    def keras_arguments(self, shape: Shape) -> dict[str, KerasArgument]:
        del shape
        return {"units": self.units, **kernel_arguments(self)}
