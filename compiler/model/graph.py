"""The intermediate form of a model: layers with their shapes, weights and places, in the order they run."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ...grammar.source import Span
from ..layers import KerasCall, Layer, Merge, Weight
from ..layers.shapes import Shape, size

INPUT = -1  # the index that stands for the model's input


@dataclass(frozen=True, slots=True)
class Node:
    """One layer in its place.

    `inputs` are the indices of the nodes whose tensors it takes, `INPUT` being the model's input. Shapes leave out the
    batch axis and have the channels last. `span` is its place, for a layer of a standard block where that is called.
    """

    name: str
    layer: Layer | Merge
    inputs: tuple[int, ...]
    output: Shape
    weights: tuple[Weight, ...]
    call: KerasCall
    span: Span
    multiply_adds: int | None = 0
    values: int = 0
    """How many values it computes for one sample: those of its output, and where it is a network, those inside."""
    frozen: bool = False
    """Whether it stands in a `frozen` stack."""

    @property
    def trainable(self) -> int:
        """The number of trained weights."""
        return 0 if self.frozen else sum(size(weight.shape) for weight in self.weights if weight.trained)

    @property
    def parameters(self) -> int:
        """The number of weights."""
        return sum(size(weight.shape) for weight in self.weights)


@dataclass(frozen=True, slots=True)
class NamedTensor:
    """A tensor that `as` gave a name: `index` is the text of its index, "" for none; `span` is where it got it.

    `used` says whether a merge takes it by this name, `merged` whether one takes it at all.
    """

    name: str
    index: str
    span: Span
    used: bool
    merged: bool

    @property
    def text(self) -> str:
        """`name[index]`."""
        return f"{self.name}[{self.index}]" if self.index else self.name


@dataclass(frozen=True)
class Graph:
    """A model: the shape of its input, and its layers, each after those it works on; the last is the end.

    `taps` are the tensors that have a name, in the order they were given.
    """

    input: Shape
    nodes: tuple[Node, ...]
    taps: tuple[NamedTensor, ...] = ()

    @property
    def output(self) -> Shape:
        """The shape of the last layer's output."""
        return self.nodes[-1].output

    @cached_property
    def parameters(self) -> int:
        """The number of weights of the model."""
        return sum(node.parameters for node in self.nodes)

    @cached_property
    def trainable(self) -> int:
        """The number of trained weights of the model."""
        return sum(node.trainable for node in self.nodes)

    @property
    def frozen(self) -> int:
        """The number of weights of the model that training leaves alone."""
        return self.parameters - self.trainable


def decides_range(nodes: Sequence[Node], index: int) -> Node | None:
    """The layer that decides in what range the values lie that leave a node; None if that is the model's input."""
    while index != INPUT:
        if nodes[index].layer.activates() is not None:
            return nodes[index]
        index = nodes[index].inputs[0]
    return None
