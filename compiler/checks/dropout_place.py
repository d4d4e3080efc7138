"""Check where dropout stands: not directly before batch normalisation, and not at the end of the model."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, Label
from ..layers import BatchNorm, Dropout, SpatialDropout
from ..model.graph import INPUT, Graph, Node
from ..sections import Data, Train


def check_dropout(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Warn about dropout before batch normalisation without a layer with weights between them.

    The normalisation then learns a variance that is too large: Li et al., "Understanding the Disharmony between Dropout
    and Batch Normalization by Variance Shift" (2019). They find a smaller effect with such a layer between the two.
    There is no warning in that case: the weights adapt, and many common networks are built that way.
    """
    del data, train
    if graph is None:
        return
    seen = set()  # a loop makes several nodes with the same span
    for node in graph.nodes:
        if isinstance(node.layer, BatchNorm) and not node.frozen:
            for dropout in _dropouts(graph, node):
                if (node.span, dropout.span) not in seen:
                    seen.add((node.span, dropout.span))
                    yield _shift(node, dropout)


def check_output_kept(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Warn about dropout after the last layer with weights: it sets outputs of the model to 0."""
    del data
    last = graph.nodes[-1] if graph and train else None
    while graph and last and not last.weights and last.inputs[0] != INPUT:
        if isinstance(last.layer, Dropout | SpatialDropout) and last.layer.rate > 0:
            message = f"`{last.layer.word()}` after the last layer with weights sets outputs of the model to 0"
            yield Diagnostic(
                Code.OUTPUT_DROPPED, message, last.span, help=f"place `{last.layer.word()}` before that layer"
            )
            return
        last = graph.nodes[last.inputs[0]]


def _dropouts(graph: Graph, node: Node) -> Iterator[Node]:
    """Yield the dropout layers before `node` that are not separated from it by a layer with weights."""
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
    message = f"`batchnorm` after `{word}` learns a variance that is too large"
    notes = ("dropout increases the variance of its output, but only in training",)
    help = f"place `{word}` after `batchnorm` and its activation"
    labels = (Label(dropout.span, "the dropout layer"),)
    return Diagnostic(Code.VARIANCE_SHIFT, message, node.span, help=help, labels=labels, notes=notes)
