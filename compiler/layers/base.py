"""The base class of all layers, its weights, and Keras calls as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from ..schema.arguments import Arguments
from .shapes import Shape, size

PlainValue: TypeAlias = "bool | int | float | str | tuple[PlainValue, ...] | list[PlainValue] | None"
"""A value that Python, JSON and Keras have in common; JSON has tuples as lists."""

KerasArgument: TypeAlias = "PlainValue | KerasCall"


@dataclass(frozen=True, slots=True)
class Weight:
    """One weight tensor of a layer; `trainable` is False for running statistics and the like."""

    name: str
    shape: Shape
    trainable: bool = True


@dataclass(frozen=True, slots=True)
class KerasCall:
    """A call of a Keras class or function: its name below `keras`, and its arguments, which may be calls too.

    The Keras backend executes the call, the script backend prints it.
    """

    name: str
    arguments: Mapping[str, KerasArgument]


@dataclass(frozen=True, slots=True)
class KerasNetwork(KerasCall):
    """A call that makes a model of many layers, used as one layer.

    Its input first passes through `preprocessing`: layers, and functions of `keras.ops`. The first `frozen_prefix`
    Keras layers of the network do not train, all of them if it is None; they run in inference mode. `has_dropout` says
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
    """The class below `keras.layers` that the layer becomes, `{rank}` being the number of axes besides the channels.

    Empty for a layer that overrides `keras_call`, because its arguments decide the class.
    """

    def output(self, shape: Shape) -> Shape:
        """The output shape for an input of `shape`.

        Raises:
            ShapeError: if the layer does not accept `shape`.
        """
        return shape

    def weights_for(self, shape: Shape) -> tuple[Weight, ...]:
        """The weight tensors of the layer for an input of `shape`."""
        del shape
        return ()

    def macs(self, shape: Shape) -> int | None:
        """Multiply-accumulate operations with kernels, for one sample of `shape`; None if not known."""
        del shape
        return 0

    def activation_count(self, shape: Shape) -> int:
        """The number of values that the layer computes for one sample of `shape`: those of its output."""
        return size(self.output(shape))

    def output_activation(self) -> str | None:
        """The activation that determines the range of the output; None if the input's range is kept."""
        return None

    def keras_arguments(self, shape: Shape) -> dict[str, KerasArgument]:
        """The arguments of the Keras class for an input of `shape`, those left to Keras's defaults omitted."""
        del shape
        return {}

    def keras_call(self, shape: Shape, image_max: float | None) -> KerasCall:
        """The Keras call that makes this layer for an input of `shape`.

        `image_max` is the largest possible value of the input if that is still in the range of the image, else None.
        """
        del image_max
        return KerasCall(f"layers.{class_for(self.keras_class, len(shape) - 1)}", self.keras_arguments(shape))


def class_for(keras_class: str, rank: int) -> str:
    """The name of a Keras class for tensors with `rank` axes besides the channels: `Conv2D` for `Conv{rank}D`."""
    return keras_class.replace("{rank}", str(rank))
