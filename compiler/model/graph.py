"""A model as a graph of layers with their shapes and weights, independent of any framework."""

from collections.abc import Sequence
from functools import cached_property

from ...grammar.source import Span
from ...grammar.value_class import value_class
from ..layers import Layer, Merge, Weight
from ..layers.shapes import Shape, size

INPUT = -1  # the index that stands for the model's input


@value_class(slots=True)
class Node:
    """One layer of a model.

    `inputs` are the indices of the nodes whose outputs are the layer's inputs, or `INPUT`. Shapes leave out the batch
    axis and have the channels last. `span` is the location of the layer; for a layer of a standard block it is the
    location of the block's call.
    """

    name: str
    layer: Layer | Merge
    inputs: tuple[int, ...]
    output: Shape
    weights: tuple[Weight, ...]
    span: Span
    macs: int | None = 0
    """The number of multiply-accumulate operations with kernels for one sample; None if it is not known."""
    activation_count: int = 0
    """The number of output values for one sample; for a network, of the output values of all its layers."""
    frozen: bool = False
    """Whether the layer is in a `frozen` stack."""
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


@value_class(slots=True)
class NamedTensor:
    """A tap: a tensor that `as name` or `as name[index]` names. Without an index, `index` is "".

    `span` is the location of the name. `used` says whether a merge refers to the tensor by this name, `merged` whether
    the tensor is an input of any merge.
    """

    name: str
    index: str
    span: Span
    used: bool
    merged: bool

    @property
    def text(self) -> str:
        """The tap as a file writes it: `name[index]`, or `name` without an index."""
        return f"{self.name}[{self.index}]" if self.index else self.name


@value_class
class Graph:
    """A model: the shape of its input, and its layers. Each layer comes after the layers that compute its inputs.

    The last layer computes the model's output. `taps` are the named tensors of the model, then those of each call of a
    block. `image_max` is the largest possible value of the input; None if the value is not fixed.
    """

    input: Shape
    nodes: tuple[Node, ...]
    taps: tuple[NamedTensor, ...] = ()
    image_max: float | None = None

    def shape_at(self, index: int) -> Shape:
        """Return the output shape of a node, or the shape of the model's input for `INPUT`."""
        return self.input if index == INPUT else self.nodes[index].output

    def image_max_at(self, index: int) -> float | None:
        """Return the largest possible value of a node's output, or of the model's input for `INPUT`.

        Return None if the values are not in the range of the image.
        """
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
    """Return the node that determines the range of a node's output: the node itself, or an earlier node.

    Return None if the model's input determines the range.
    """
    while index != INPUT:
        if nodes[index].layer.output_activation() is not None:
            return nodes[index]
        index = nodes[index].inputs[0]
    return None
