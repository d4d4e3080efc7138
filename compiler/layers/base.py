"""What a layer is: its arguments, its shape rule, its weights, and the Keras call it becomes."""

from dataclasses import dataclass
from typing import Any

from ..schema.arguments import Arguments
from .shapes import Shape, size


@dataclass(frozen=True, slots=True)
class Weight:
    """One weight tensor; `trained` is False for those that only keep statistics."""

    name: str
    shape: Shape
    trained: bool = True


@dataclass(frozen=True, slots=True)
class KerasCall:
    """A Keras class by its name below `keras` and its arguments, as data.

    Building a model calls it, writing a script prints it; both start from here. An argument may itself be a call.
    """

    name: str
    arguments: dict[str, Any]


@dataclass(frozen=True, slots=True)
class KerasNetwork(KerasCall):
    """A call that makes a model of many layers.

    Its input goes through `before` first: layers, and functions of `keras.ops`. The first `still` of its layers, all
    if it is None, do not train, and work as after training; `drops` says whether there is dropout among its layers.
    """

    before: tuple[KerasCall, ...] = ()
    still: int | None = 0
    drops: bool = False


class Layer(Arguments):
    """One layer of the language.

    Shapes leave out the batch axis and have the channels last. A subclass's docstring is its reference page.
    """

    def output(self, shape: Shape) -> Shape:
        """The shape that leaves the layer.

        Raises:
            ShapeError: if the layer cannot take `shape`.
        """
        return shape

    def weights_for(self, shape: Shape) -> tuple[Weight, ...]:
        """The weight tensors that the layer makes for an input of `shape`."""
        del shape
        return ()

    def multiply_adds(self, shape: Shape) -> int | None:
        """Multiplications, each with its addition, for one sample of `shape`; what has no kernel is not counted.

        None if it is not known how often the kernels are used.
        """
        kernels = sum(size(weight.shape) for weight in self.weights_for(shape) if weight.name.endswith("kernel"))
        return kernels * self.positions(shape)

    def positions(self, shape: Shape) -> int:
        """How often every value of a kernel is used: once for each place of the output."""
        return size(self.output(shape)[:-1])

    def values(self, shape: Shape) -> int:
        """The number of values that it computes for one sample of `shape`."""
        return size(self.output(shape))

    def activates(self) -> str | None:
        """The activation that decides the range of what comes out; None if that is decided by what goes in."""
        return None

    def keras(self, shape: Shape) -> KerasCall:
        """The Keras layer that this becomes for an input of `shape`."""
        raise NotImplementedError
