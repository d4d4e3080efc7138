"""What a layer is: its arguments, its shape rule, its weights, and the Keras call it becomes."""

from dataclasses import dataclass
from typing import Any

from ..arguments import Arguments
from ..shapes import Shape, size


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

    def multiply_adds(self, shape: Shape) -> int:
        """Multiplications, each with its addition, for one sample of `shape`; what has no kernel is not counted."""
        kernels = sum(size(weight.shape) for weight in self.weights_for(shape) if weight.name.endswith("kernel"))
        return kernels * self.positions(shape)

    def positions(self, shape: Shape) -> int:
        """How often every value of a kernel is used: once for each place of the output."""
        return size(self.output(shape)[:-1])

    def activates(self) -> str | None:
        """The activation that decides the range of what comes out; None if that is decided by what goes in."""
        return None

    def keras(self, shape: Shape) -> KerasCall:
        """The Keras layer that this becomes for an input of `shape`."""
        raise NotImplementedError
