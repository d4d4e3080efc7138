"""Output activations on top of each other: probabilities made of probabilities."""

from collections.abc import Iterator
from math import e, exp

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, Label
from ..model.graph import INPUT, Graph, Node
from ..sections import Data, Train
from .model_head import head_of

_OUTPUT = ("sigmoid", "softmax")


def check_squashed(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """No sigmoid or softmax works on what one of them has made already, values from 0 to 1.

    At the end of the model it is an error: the outputs cannot come near 0 and 1, whatever is trained.
    """
    del data, train
    if graph is None:
        return
    head = head_of(graph).node
    seen = set()  # loops bring the same place up again
    for node in graph.nodes:
        first = _before(graph, node) if node.layer.activates() in _OUTPUT and not node.weights else None
        if first and node.span not in seen:
            seen.add(node.span)
            yield _squashed(node, first, Code.SQUASHED_HEAD if node is head else Code.SQUASHED)


def _before(graph: Graph, node: Node) -> Node | None:
    """The layer whose output activation decides the range of what reaches `node`, None if another one decides it."""
    while node.inputs[0] != INPUT:
        node = graph.nodes[node.inputs[0]]
        if activation := node.layer.activates():
            return node if activation in _OUTPUT else None
    return None


def _squashed(node: Node, first: Node, code: Code) -> Diagnostic:
    word, units = str(node.layer.activates()), node.output[-1]
    message = f"`{word}` works on what `{first.layer.activates()}` has made, values from 0 to 1"
    low, high = (0.5, 1 / (1 + exp(-1))) if word == "sigmoid" else (1 / (1 + e * (units - 1)), e / (e + units - 1))
    notes = (f"whatever is trained, this `{word}` gives values from {low:.2g} to {high:.2g}",)
    help = "keep one of the two"
    labels = (Label(first.span, f"the first, `{first.layer.activates()}`"),)
    return Diagnostic(code, message, node.span, help=help, labels=labels, notes=notes)
