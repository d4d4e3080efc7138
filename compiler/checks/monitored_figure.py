"""Check that `monitor` names a metric that is measured."""

from collections.abc import Iterator

from ...grammar.diagnostics.diagnostic import Diagnostic
from ..analysis.goal import check_goal
from ..model.graph import Graph
from ..sections import Data, Train


def check_monitor(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Report a `monitor` whose metric is not measured, and warn about one in the wrong direction."""
    del data, graph
    if train:
        yield from check_goal(train.monitor, train, train.place("monitor"))
