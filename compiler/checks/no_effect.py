"""Check for settings of `train` that would take effect only after the last epoch."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.source import Span
from ..model.graph import Graph
from ..sections import Data, Step, Train
from ..sections.train.train import Patience, Plateau


def check_no_effect(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Warn about a `step` schedule, an `early_stop` or a `reduce_lr` that takes effect only after the last epoch."""
    del data, graph
    if train is None:
        return
    for epoch, place in _first_effects(train):
        if epoch >= train.epochs:
            message = f"this has no effect before the end of epoch {epoch}, but training has only {train.epochs} epochs"
            yield Diagnostic(Code.NO_EFFECT, message, place, help="use a smaller number, or more epochs")


def _first_effects(train: Train) -> Iterator[tuple[int, Span]]:
    """Yield the number of the first epoch at whose end a setting can take effect, and the setting's location.

    For a `step` schedule this is the epoch of its last step.
    """
    schedule, stop, plateau = train.optimizer.lr, train.early_stop, train.reduce_lr
    if isinstance(schedule, Step):
        yield schedule.at[-1], schedule.place("at")
    if isinstance(stop, Patience):
        yield stop.epochs + 1, train.place("early_stop")
    if isinstance(plateau, Plateau):
        yield plateau.patience + 1, train.place("reduce_lr")
