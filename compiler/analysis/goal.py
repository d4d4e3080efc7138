"""The goal of `monitor` or `search`: a metric, and whether it is minimized or maximized."""

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
    """Report a goal whose metric is not measured, and warn about a goal in the wrong direction."""
    figure = goal.figure
    if figure not in train.figures:
        message = f"`{figure}` is not measured in this experiment"
        near = nearest(figure, train.figures)
        edits = (Edit(place, f"{goal.word()}({near})"),) if near else ()
        yield Diagnostic(Code.MONITOR, message, place, help=did_you_mean(figure, train.figures), edits=edits)
        return
    better = "max" if larger_is_better(figure) else "min"
    if goal.word() != better:
        end = "smaller" if better == "min" else "larger"
        message = f"`{goal.word()}({figure})` has the wrong direction: a {end} `{figure}` is better"
        instead = f"{better}({figure})"
        yield Diagnostic(Code.DIRECTION, message, place, help=f"write `{instead}`", edits=(Edit(place, instead),))


def larger_is_better(figure: str) -> bool:
    """Return True if larger values of a metric are better. `figure` may be the loss, and may begin with `val_`."""
    word = figure.removeprefix("val_")
    return word != "loss" and METRICS[word].larger_is_better
