"""Activation functions as layers."""

from typing import ClassVar

from ..schema import field_types as fields
from ..schema.field_types import NonNegativeFloat
from .base import KerasArgument, Layer
from .shapes import Shape


class Activation(Layer):
    """The activation function with the given word. A block can use it to apply an activation that is a parameter.

    Becomes `keras.layers.Activation`.

    Arguments:
        function: the word of the activation function.

    Input: any shape. Output: the same shape.

    Example: `activation(relu)`
    """

    keras_class: ClassVar[str] = "Activation"

    function: fields.Activation

    def output_activation(self) -> str | None:
        return self.function

    def keras_arguments(self, shape: Shape) -> dict[str, KerasArgument]:
        del shape
        return {"activation": self.function}


class ActivationFunction(Layer):
    """The base of the activation functions without arguments. Keras uses the same words for them."""

    keras_class: ClassVar[str] = "Activation"
    positional: ClassVar[int] = 0

    def output_activation(self) -> str | None:
        return self.word()

    def keras_arguments(self, shape: Shape) -> dict[str, KerasArgument]:
        del shape
        return {"activation": self.word()}


class Relu(ActivationFunction):
    """Rectified linear unit: max(0, x).

    Becomes `keras.layers.Activation("relu")`.

    Input: any shape. Output: the same shape.

    Example: `relu`
    """


class LeakyRelu(Layer):
    """Leaky rectified linear unit: x above 0, slope * x below.

    Becomes `keras.layers.LeakyReLU`. The default slope is that of Keras's function `leaky_relu`, so that
    `conv(8, activation = leaky_relu)` and `conv(8) -> leaky_relu` compute the same values.

    Arguments:
        slope: the factor for values below 0.

    Input: any shape. Output: the same shape.

    Example: `leaky_relu(0.1)`
    """

    keras_class: ClassVar[str] = "LeakyReLU"

    slope: NonNegativeFloat = 0.2

    def output_activation(self) -> str | None:
        return self.word()

    def keras_arguments(self, shape: Shape) -> dict[str, KerasArgument]:
        del shape
        return {"negative_slope": self.slope}


class Elu(Layer):
    """Exponential linear unit: x above 0, alpha * (exp(x) - 1) below.

    Becomes `keras.layers.ELU`. Clevert et al. (2015).

    Arguments:
        alpha: the lower bound of the output is -alpha.

    Input: any shape. Output: the same shape.

    Example: `elu`
    """

    keras_class: ClassVar[str] = "ELU"

    alpha: NonNegativeFloat = 1.0

    def output_activation(self) -> str | None:
        return self.word()

    def keras_arguments(self, shape: Shape) -> dict[str, KerasArgument]:
        del shape
        return {"alpha": self.alpha}


class Selu(ActivationFunction):
    """Scaled exponential linear unit, which keeps the mean near 0 and the variance near 1.

    Becomes `keras.layers.Activation("selu")`. Klambauer et al. (2017).

    Input: any shape. Output: the same shape.

    Example: `selu`
    """


class Gelu(ActivationFunction):
    """Gaussian error linear unit: x times the cumulative distribution function of the standard normal at x.

    Becomes `keras.layers.Activation("gelu")`. Hendrycks and Gimpel (2016).

    Input: any shape. Output: the same shape.

    Example: `gelu`
    """


class Silu(ActivationFunction):
    """Sigmoid linear unit: x * sigmoid(x), also known as swish.

    Becomes `keras.layers.Activation("silu")`.

    Input: any shape. Output: the same shape.

    Example: `silu`
    """


class Softplus(ActivationFunction):
    """Softplus: log(1 + exp(x)).

    Becomes `keras.layers.Activation("softplus")`.

    Input: any shape. Output: the same shape.

    Example: `softplus`
    """


class Sigmoid(ActivationFunction):
    """Logistic sigmoid: 1 / (1 + exp(-x)), between 0 and 1.

    Becomes `keras.layers.Activation("sigmoid")`.

    Input: any shape. Output: the same shape.

    Example: `sigmoid`
    """


class Tanh(ActivationFunction):
    """Hyperbolic tangent, between -1 and 1.

    Becomes `keras.layers.Activation("tanh")`.

    Input: any shape. Output: the same shape.

    Example: `tanh`
    """


class Softmax(ActivationFunction):
    """Softmax over the last axis: exp(x) divided by the sum of exp(x). The results are positive and add up to 1.

    Becomes `keras.layers.Activation("softmax")`.

    Input: any shape. Output: the same shape.

    Example: `softmax`
    """


class Linear(ActivationFunction):
    """The identity: no activation.

    Becomes `keras.layers.Activation("linear")`.

    Input: any shape. Output: the same shape.

    Example: `linear`
    """
