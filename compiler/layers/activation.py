"""Activation functions as layers of their own."""

from typing import ClassVar

from ..schema import field_types as fields
from ..schema.field_types import NotNegative
from .base import KerasCall, Layer
from .shapes import Shape


class Activation(Layer):
    """An activation function by its word, for when the word is a parameter.

    Becomes `keras.layers.Activation`.

    Arguments:
        function: one of the activation words.

    Input: any shape. Output: the same.

    Example: `activation(relu)`
    """

    function: fields.Activation

    def activates(self) -> str | None:
        return self.function

    def keras(self, shape: Shape) -> KerasCall:
        del shape
        return KerasCall("layers.Activation", {"activation": self.function})


class _Plain(Layer):
    """An activation function without parameters."""

    positional: ClassVar[int] = 0

    def activates(self) -> str | None:
        return self.word()

    def keras(self, shape: Shape) -> KerasCall:
        del shape
        return KerasCall("layers.Activation", {"activation": self.word()})


class Relu(_Plain):
    """Rectified linear unit: max(0, x).

    Becomes `keras.layers.Activation("relu")`.

    Input: any shape. Output: the same.

    Example: `relu`
    """


class LeakyRelu(Layer):
    """Leaky rectified linear unit: x above 0, slope * x below.

    Becomes `keras.layers.LeakyReLU`. The default slope is that of Keras's function of this name, so that
    `conv(8, activation = leaky_relu)` and `conv(8) -> leaky_relu` are the same.

    Arguments:
        slope: the factor below 0.

    Input: any shape. Output: the same.

    Example: `leaky_relu(0.1)`
    """

    slope: NotNegative = 0.2

    def activates(self) -> str | None:
        return self.word()

    def keras(self, shape: Shape) -> KerasCall:
        del shape
        return KerasCall("layers.LeakyReLU", {"negative_slope": self.slope})


class Elu(Layer):
    """Exponential linear unit: x above 0, alpha * (exp(x) - 1) below.

    Becomes `keras.layers.ELU`. Clevert et al. (2015).

    Arguments:
        alpha: the size of the lowest value.

    Input: any shape. Output: the same.

    Example: `elu`
    """

    alpha: NotNegative = 1.0

    def activates(self) -> str | None:
        return self.word()

    def keras(self, shape: Shape) -> KerasCall:
        del shape
        return KerasCall("layers.ELU", {"alpha": self.alpha})


class Selu(_Plain):
    """Scaled exponential linear unit, which keeps mean and variance.

    Becomes `keras.layers.Activation("selu")`. Klambauer et al. (2017).

    Input: any shape. Output: the same.

    Example: `selu`
    """


class Gelu(_Plain):
    """Gaussian error linear unit: x times the normal distribution function of x.

    Becomes `keras.layers.Activation("gelu")`. Hendrycks and Gimpel (2016).

    Input: any shape. Output: the same.

    Example: `gelu`
    """


class Silu(_Plain):
    """Sigmoid linear unit: x * sigmoid(x), also called swish.

    Becomes `keras.layers.Activation("silu")`.

    Input: any shape. Output: the same.

    Example: `silu`
    """


class Softplus(_Plain):
    """Softplus: log(1 + exp(x)).

    Becomes `keras.layers.Activation("softplus")`.

    Input: any shape. Output: the same.

    Example: `softplus`
    """


class Sigmoid(_Plain):
    """Logistic sigmoid: 1 / (1 + exp(-x)), between 0 and 1.

    Becomes `keras.layers.Activation("sigmoid")`.

    Input: any shape. Output: the same.

    Example: `sigmoid`
    """


class Tanh(_Plain):
    """Hyperbolic tangent, between -1 and 1.

    Becomes `keras.layers.Activation("tanh")`.

    Input: any shape. Output: the same.

    Example: `tanh`
    """


class Softmax(_Plain):
    """Softmax over the last axis: positive values that add up to 1.

    Becomes `keras.layers.Activation("softmax")`.

    Input: any shape. Output: the same.

    Example: `softmax`
    """


class Linear(_Plain):
    """The identity: no activation.

    Becomes `keras.layers.Activation("linear")`.

    Input: any shape. Output: the same.

    Example: `linear`
    """
