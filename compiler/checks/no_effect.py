"""Settings of `train` that would take effect only after the last epoch."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.source import Span
from ..model.graph import Graph
from ..sections import Data, Step, Train
from ..sections.train.train import Patience, Plateau


def check_no_effect(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """A step of the learning rate, `early_stop` and `reduce_lr` can take effect before training ends."""
    del data, graph
    if train is None:
        return
    for epoch, place in _first_effects(train):
        if epoch >= train.epochs:
            message = f"this has no effect before the end of epoch {epoch}, and training has {train.epochs} epochs"
            yield Diagnostic(Code.NO_EFFECT, message, place, help="use a smaller number, or more epochs")


def _first_effects(train: Train) -> Iterator[tuple[int, Span]]:
    """The first epoch at whose end each setting can take effect, and its place; of a schedule's steps, the last one."""
    schedule, stop, plateau = train.optimizer.lr, train.early_stop, train.reduce_lr
    if isinstance(schedule, Step):
        yield schedule.at[-1], schedule.place("at")
    if isinstance(stop, Patience):
        yield stop.epochs + 1, train.place("early_stop")
    if isinstance(plateau, Plateau):
        yield plateau.patience + 1, train.place("reduce_lr")
