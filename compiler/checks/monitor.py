"""What "best" means, against what is measured."""

from collections.abc import Iterator

from ...grammar.codes import Code
from ...grammar.diagnostic import Diagnostic
from ...grammar.source import Span
from ...grammar.suggest import did_you_mean
from ..graph import Graph
from ..settings import Data, Train


def check_monitor(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """`monitor` names one of the figures that every epoch writes down."""
    del data, graph
    if train is None:
        return
    yield from check_figure(train.monitor.figure, train, train.place("monitor"))


def check_figure(name: str, train: Train, place: Span) -> Iterator[Diagnostic]:
    """A figure that the history has."""
    if name not in train.figures:
        message = f"`{name}` is not measured in this experiment"
        yield Diagnostic(Code.MONITOR, message, place, help=did_you_mean(name, train.figures))
