"""What "best" means, against what is measured."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.suggest import did_you_mean
from ...grammar.source import Span
from ..model.graph import Graph
from ..sections import Data, Train
from ..sections.train.train import Max, Min


def check_monitor(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """`monitor` names one of the figures that every epoch writes down."""
    del data, graph
    if train is None:
        return
    yield from check_goal(train.monitor, train, train.place("monitor"))


def check_goal(goal: Min | Max, train: Train, place: Span) -> Iterator[Diagnostic]:
    """A figure that the history has, and the better end of it."""
    figure = goal.figure
    if figure not in train.figures:
        message = f"`{figure}` is not measured in this experiment"
        yield Diagnostic(Code.MONITOR, message, place, help=did_you_mean(figure, train.figures))
        return
    better = "min" if figure.endswith("loss") else "max"
    if goal.word() != better:
        end = "largest loss" if better == "min" else f"smallest {figure.removeprefix('val_')}"
        message = f"`{goal.word()}({figure})` takes the epoch with the {end} for the best"
        yield Diagnostic(Code.DIRECTION, message, place, help=f"write `{better}({figure})`")
