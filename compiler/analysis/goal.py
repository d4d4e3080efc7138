"""The goal of a monitor or a search: a measured figure, and whether it is to be small or large."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.edit import Edit
from ...grammar.diagnostics.suggest import did_you_mean, nearest
from ...grammar.source import Span
from ..metrics import METRICS
from ..sections import Train
from ..sections.train.train import Max, Min


def check_goal(goal: Min | Max, train: Train, place: Span) -> Iterator[Diagnostic]:
    """The figure is in the history, and the goal is its better end."""
    figure = goal.figure
    if figure not in train.figures:
        message = f"`{figure}` is not measured in this experiment"
        near = nearest(figure, train.figures)
        edits = (Edit(place, f"{goal.word()}({near})"),) if near else ()
        yield Diagnostic(Code.MONITOR, message, place, help=did_you_mean(figure, train.figures), edits=edits)
        return
    better = "max" if larger_is_better(figure) else "min"
    if goal.word() != better:
        end = "largest" if better == "min" else "smallest"
        message = f"`{goal.word()}({figure})` looks for the {end} {figure.removeprefix('val_')}"
        instead = f"{better}({figure})"
        yield Diagnostic(Code.DIRECTION, message, place, help=f"write `{instead}`", edits=(Edit(place, instead),))


def larger_is_better(figure: str) -> bool:
    """Whether a figure of the history is better the larger it is; it is the loss or a metric."""
    word = figure.removeprefix("val_")
    return word != "loss" and METRICS[word].larger_is_better
