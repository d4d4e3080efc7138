"""Check that the model has a trainable weight."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ..model.graph import Graph
from ..sections import Data, Train


def check_trains(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Warn about a model without trainable weights: training would change nothing."""
    del data
    if train is None or graph is None or graph.trainable:
        return
    what = "all its weights are frozen" if graph.parameters else "it has no weights"
    message = f"no weight of the model trains: {what}"
    help = "take some layers out of `frozen`" if graph.parameters else "add a layer with weights, such as `dense`"
    yield Diagnostic(Code.NOTHING_TRAINS, message, train.place(""), help=help)
