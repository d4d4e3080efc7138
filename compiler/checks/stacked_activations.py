"""Check for an output activation that is applied to the output of another output activation."""

from collections.abc import Iterator
from math import e, exp

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, Label
from ..analysis.head import head_of
from ..model.graph import INPUT, Graph, Node
from ..sections import Data, Train

_OUTPUT = ("sigmoid", "softmax")


def check_stacked_activations(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Report a `sigmoid` or `softmax` on the output of another `sigmoid` or `softmax`, which is already from 0 to 1.

    At the end of the model this is an error, because no training brings the outputs near 0 or 1; else it is a warning.
    """
    del data, train
    if graph is None:
        return
    head = head_of(graph).node
    seen = set()  # a loop makes several nodes with the same span
    for node in graph.nodes:
        first = _before(graph, node) if node.layer.output_activation() in _OUTPUT and not node.weights else None
        if first and node.span not in seen:
            seen.add(node.span)
            yield _squashed(node, first, Code.SQUASHED_HEAD if node is head else Code.SQUASHED)


def _before(graph: Graph, node: Node) -> Node | None:
    """Return the layer whose `sigmoid` or `softmax` decides the range of the input of `node`.

    Return None if a layer with another activation decides that range, or no layer does.
    """
    while node.inputs[0] != INPUT:
        node = graph.nodes[node.inputs[0]]
        if activation := node.layer.output_activation():
            return node if activation in _OUTPUT else None
    return None


def _squashed(node: Node, first: Node, code: Code) -> Diagnostic:
    word, units = str(node.layer.output_activation()), node.output[-1]
    message = f"`{word}` is applied to the output of `{first.layer.output_activation()}`, which is already from 0 to 1"
    low, high = (0.5, 1 / (1 + exp(-1))) if word == "sigmoid" else (1 / (1 + e * (units - 1)), e / (e + units - 1))
    notes = (f"the output of this `{word}` always lies between {low:.2g} and {high:.2g}",)
    help = "remove one of the two activations"
    labels = (Label(first.span, f"the first activation, `{first.layer.output_activation()}`"),)
    return Diagnostic(code, message, node.span, help=help, labels=labels, notes=notes)
