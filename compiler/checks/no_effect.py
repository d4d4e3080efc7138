"""Settings of `train` that come into effect only after the last epoch."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.source import Span
from ..model.graph import Graph
from ..sections import Data, Step, Train
from ..sections.train.train import Patience, Plateau


def check_no_effect(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """A step of the learning rate, an early stop or a lowered learning rate comes before the training is over."""
    del data, graph
    if train is None:
        return
    for epoch, place in _first_effects(train):
        if epoch >= train.epochs:
            message = f"this changes nothing before epoch {epoch} is over, and the training has {train.epochs}"
            yield Diagnostic(Code.NO_EFFECT, message, place, help="give a smaller number, or train longer")


def _first_effects(train: Train) -> Iterator[tuple[int, Span]]:
    """The epochs after which something happens for the first time, each with its place; of steps, the last one."""
    schedule, stop, plateau = train.optimizer.lr, train.early_stop, train.reduce_lr
    if isinstance(schedule, Step):
        yield schedule.at[-1], schedule.place("at")
    if isinstance(stop, Patience):
        yield stop.epochs + 1, train.place("early_stop")
    if isinstance(plateau, Plateau):
        yield plateau.patience + 1, train.place("reduce_lr")
