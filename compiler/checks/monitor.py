"""What "best" means, against what is measured."""

from collections.abc import Iterator

from ...grammar.codes import Code
from ...grammar.diagnostic import Diagnostic
from ...grammar.suggest import did_you_mean
from ..graph import Graph
from ..settings import Data, Train


def check_monitor(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """`monitor` names one of the figures that every epoch writes down."""
    del data, graph
    if train is None:
        return
    figures = ["loss", *train.metrics]
    figures += [f"val_{figure}" for figure in figures]
    name = train.monitor.figure
    if name not in figures:
        help = did_you_mean(name, figures)
        message = f"`{name}` is not measured in this experiment"
        yield Diagnostic(Code.MONITOR, message, train.place("monitor"), help=help)
