"""Dropout straight before batch normalisation."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, Label
from ..layers import BatchNorm, Dropout, SpatialDropout
from ..model.graph import INPUT, Graph, Node
from ..sections import Data, Train


def check_dropout(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """No dropout reaches a batch normalisation unchanged by weights: it learns a variance that dropout has raised.

    Li et al., "Understanding the Disharmony between Dropout and Batch Normalization by Variance Shift" (2019). They
    see some of it with weights between too; but there the weights adapt, and networks in wide use are built so.
    """
    del data, train
    if graph is None:
        return
    seen = set()  # loops bring the same places up again
    for node in graph.nodes:
        if isinstance(node.layer, BatchNorm) and not node.frozen:
            for dropout in _dropouts(graph, node):
                if (node.span, dropout.span) not in seen:
                    seen.add((node.span, dropout.span))
                    yield _shift(node, dropout)


def check_output_kept(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Nothing drops the answers of a model that is trained: what follows the last weights is no dropout."""
    del data
    last = graph.nodes[-1] if graph and train else None
    while graph and last and not last.weights and last.inputs[0] != INPUT:
        if isinstance(last.layer, Dropout | SpatialDropout) and last.layer.rate > 0:
            message = f"`{last.layer.word()}` behind the last layer with weights drops the model's own answers"
            yield Diagnostic(Code.OUTPUT_DROPPED, message, last.span, help="put it before that layer")
            return
        last = graph.nodes[last.inputs[0]]


def _dropouts(graph: Graph, node: Node) -> Iterator[Node]:
    """The layers that drop something and whose output reaches `node` with no layer with weights between."""
    waiting, seen = list(node.inputs), {INPUT}
    while waiting:
        index = waiting.pop()
        if index in seen or graph.nodes[index].weights:
            continue
        seen.add(index)
        before = graph.nodes[index]
        waiting.extend(before.inputs)
        if isinstance(before.layer, Dropout | SpatialDropout) and before.layer.rate > 0:
            yield before


def _shift(node: Node, dropout: Node) -> Diagnostic:
    word = dropout.layer.word()
    message = f"`batchnorm` learns its statistics from values that `{word}` has changed"
    notes = ("dropout raises the variance in training only; afterwards the learned one is too large",)
    help = f"put `{word}` behind `batchnorm` and its activation"
    labels = (Label(dropout.span, "dropped here"),)
    return Diagnostic(Code.VARIANCE_SHIFT, message, node.span, help=help, labels=labels, notes=notes)
