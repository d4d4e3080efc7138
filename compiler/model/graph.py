"""A model as a graph of layers with their shapes and weights, independent of any framework."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ...grammar.source import Span
from ..layers import Layer, Merge, Weight
from ..layers.shapes import Shape, size

INPUT = -1  # the index that stands for the model's input


@dataclass(frozen=True, slots=True)
class Node:
    """One layer of a model.

    `inputs` are the indices of the nodes that give its inputs, or `INPUT`. Shapes leave out the batch axis and have
    the channels last. `span` is where the layer stands; for a layer of a standard block, where the block is called.
    """

    name: str
    layer: Layer | Merge
    inputs: tuple[int, ...]
    output: Shape
    weights: tuple[Weight, ...]
    span: Span
    macs: int | None = 0
    """Multiply-accumulate operations with kernels, for one sample; None if not known."""
    activation_count: int = 0
    """The number of values that it computes for one sample: those of its output, for a network those of all layers."""
    frozen: bool = False
    """Whether it stands in a `frozen` stack."""
    image_max: float | None = None
    """The largest possible output value, if the output is still in the range of the image; else None."""

    @property
    def trainable(self) -> int:
        """The number of trainable weights."""
        return 0 if self.frozen else sum(size(weight.shape) for weight in self.weights if weight.trainable)

    @property
    def parameters(self) -> int:
        """The number of weights."""
        return sum(size(weight.shape) for weight in self.weights)


@dataclass(frozen=True, slots=True)
class NamedTensor:
    """A tensor named by `as name` or `as name[index]`; `index` is "" if there is none, `span` is where it is named.

    `used` says whether a merge refers to it by this name, `merged` whether it is an input of any merge.
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
    """A model: the shape of its input, and its layers in an order in which each follows its inputs.

    The last layer gives the model's output. `taps` are the named tensors, in the order of their names in the file.
    `image_max` is the largest possible value of the input, None if it is not fixed.
    """

    input: Shape
    nodes: tuple[Node, ...]
    taps: tuple[NamedTensor, ...] = ()
    image_max: float | None = None

    def shape_at(self, index: int) -> Shape:
        """The output shape of a node, or the shape of the model's input."""
        return self.input if index == INPUT else self.nodes[index].output

    def image_max_at(self, index: int) -> float | None:
        """The largest possible value of a node's output or of the model's input; None if not in the image's range."""
        return self.image_max if index == INPUT else self.nodes[index].image_max

    @property
    def output(self) -> Shape:
        """The shape of the model's output."""
        return self.nodes[-1].output

    @cached_property
    def parameters(self) -> int:
        """The number of weights."""
        return sum(node.parameters for node in self.nodes)

    @cached_property
    def trainable(self) -> int:
        """The number of trainable weights."""
        return sum(node.trainable for node in self.nodes)

    @property
    def frozen(self) -> int:
        """The number of weights that training does not change."""
        return self.parameters - self.trainable


def find_activation(nodes: Sequence[Node], index: int) -> Node | None:
    """The layer that determines the range of a node's output: the node itself, or the nearest before it that does.

    None if that is the model's input.
    """
    while index != INPUT:
        if nodes[index].layer.output_activation() is not None:
            return nodes[index]
        index = nodes[index].inputs[0]
    return None
