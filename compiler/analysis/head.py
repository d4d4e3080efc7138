"""The head of a model: how many outputs it ends with, and the activation that decides their range."""

from dataclasses import dataclass

from ..model.graph import Graph, Node, find_activation


@dataclass(frozen=True)
class Head:
    """The end of a model."""

    units: int
    """Length of the last axis: units, or for masks channels."""
    activation: str
    node: Node
    """The layer whose activation it is; the last layer if the model has no activation."""


def head_of(graph: Graph) -> Head:
    """The head of a model; its activation is `linear` if no layer decides the range of the outputs."""
    node = find_activation(graph.nodes, len(graph.nodes) - 1)
    activation = node.layer.output_activation() if node else None
    return Head(graph.output[-1], activation or "linear", node or graph.nodes[-1])
