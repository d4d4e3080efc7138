"""The head of a model: the number of its outputs, and the activation that decides their range."""

from ...grammar.value_class import value_class
from ..model.graph import Graph, Node, find_activation


@value_class
class Head:
    """The head of a model: its number of outputs, and the activation that decides their range."""

    units: int
    """Length of the last axis of the output: units in classification, channels in segmentation."""
    activation: str
    node: Node
    """The layer that has the activation; the last layer if no layer decides the range of the outputs."""


def head_of(graph: Graph) -> Head:
    """Return the head of a model. Its activation is `linear` if no layer decides the range of the outputs."""
    node = find_activation(graph.nodes, len(graph.nodes) - 1)
    activation = node.layer.output_activation() if node else None
    return Head(graph.output[-1], activation or "linear", node or graph.nodes[-1])
