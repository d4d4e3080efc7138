"""The intermediate form of a model: layers with their shapes, weights and places, in the order they run."""

from dataclasses import dataclass
from functools import cached_property

from ..grammar.source import Span
from .layers import Layer, Weight
from .shapes import Shape, size


@dataclass(frozen=True, slots=True)
class Node:
    """One layer in its place.

    `input` is the index of the node whose tensor it takes, None for the model's input. Shapes leave out the batch.
    """

    name: str
    layer: Layer
    input: int | None
    input_shape: Shape
    output: Shape
    weights: tuple[Weight, ...]
    span: Span

    @property
    def trainable(self) -> int:
        """The number of trained weights."""
        return sum(size(weight.shape) for weight in self.weights if weight.trained)

    @property
    def frozen(self) -> int:
        """The number of weights that training leaves alone."""
        return sum(size(weight.shape) for weight in self.weights if not weight.trained)

    @property
    def parameters(self) -> int:
        """The number of weights."""
        return self.trainable + self.frozen


@dataclass(frozen=True)
class Graph:
    """A model: the shape of its input and its layers; a node comes after the one it takes its input from."""

    input: Shape
    nodes: tuple[Node, ...]

    @property
    def output(self) -> Shape:
        """The shape of the last layer's output."""
        return self.nodes[-1].output if self.nodes else self.input

    @cached_property
    def trainable(self) -> int:
        """The number of trained weights of the model."""
        return sum(node.trainable for node in self.nodes)

    @cached_property
    def frozen(self) -> int:
        """The number of weights of the model that training leaves alone."""
        return sum(node.frozen for node in self.nodes)

    @property
    def parameters(self) -> int:
        """The number of weights of the model."""
        return self.trainable + self.frozen
