"""The base class of all layers, their weights, and Keras calls as data."""

from collections.abc import Mapping
from typing import ClassVar, TypeAlias

from ...grammar.value_class import value_class
from ..schema.arguments import Arguments
from .shapes import Shape, size

PlainValue: TypeAlias = "bool | int | float | str | tuple[PlainValue, ...] | list[PlainValue] | None"
"""A value that Python, JSON and Keras have in common. JSON writes a tuple as a list."""

KerasArgument: TypeAlias = "PlainValue | KerasCall"


@value_class(slots=True)
class Weight:
    """One weight tensor of a layer; `trainable` is False, for example, for running statistics."""

    name: str
    shape: Shape
    trainable: bool = True


@value_class(slots=True)
class KerasCall:
    """A call of a Keras class or function: the name without `keras.`, and the arguments, which may be calls too.

    The Keras backend executes the call, and the script backend writes the call as Python code.
    """

    name: str
    arguments: Mapping[str, KerasArgument]


@value_class(slots=True)
class KerasNetwork(KerasCall):
    """A call that makes a network of many layers, used as one layer.

    The input first passes through `preprocessing`: layers, and functions of `keras.ops`. The first `frozen_prefix`
    Keras layers of the network are not trained and run in inference mode; None means all layers. `has_dropout` says
    whether the network has dropout layers.
    """

    preprocessing: tuple[KerasCall, ...] = ()
    frozen_prefix: int | None = 0
    has_dropout: bool = False


class Layer(Arguments):
    """One layer of the language.

    Shapes leave out the batch axis and have the channels last. A subclass's docstring is its reference page.
    """

    keras_class: ClassVar[str] = ""
    """The class in `keras.layers` that the layer becomes. `{rank}` stands for the number of axes besides the channels.

    Empty for a layer that overrides `keras_call`, because the layer's arguments determine the class.
    """

    def output(self, shape: Shape) -> Shape:
        """Return the output shape for an input of `shape`.

        Raises:
            ShapeError: if the layer does not accept `shape`.
        """
        return shape

    def weights_for(self, shape: Shape) -> tuple[Weight, ...]:
        """Return the weight tensors of the layer for an input of `shape`; an empty tuple if there are no weights."""
        del shape
        return ()

    def macs(self, shape: Shape) -> int | None:
        """Return the number of multiply-accumulate operations with kernels, for one sample of `shape`.

        Return None if the number is not known.
        """
        del shape
        return 0

    def activation_count(self, shape: Shape) -> int:
        """Return the number of output values of the layer, for one sample of `shape`."""
        return size(self.output(shape))

    def output_activation(self) -> str | None:
        """Return the activation that determines the range of the output; None if the layer keeps the input's range."""
        return None

    def keras_arguments(self, shape: Shape) -> dict[str, KerasArgument]:
        """Return the arguments of the Keras class for an input of `shape`, without Keras's defaults."""
        del shape
        return {}

    def keras_call(self, shape: Shape, image_max: float | None) -> KerasCall:
        """Return the Keras call that makes this layer for an input of `shape`.

        `image_max` is the largest possible value of the input if the input is still in the range of the image, else
        None.
        """
        del image_max
        return KerasCall(f"layers.{class_for(self.keras_class, len(shape) - 1)}", self.keras_arguments(shape))


def class_for(keras_class: str, rank: int) -> str:
    """Return the Keras class for tensors with `rank` axes besides the channels: `Conv2D` for `Conv{rank}D`."""
    return keras_class.replace("{rank}", str(rank))
