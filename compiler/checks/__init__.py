"""Rules across sections: one function a rule, called with the sections as far as they could be read."""

from collections.abc import Callable, Iterator

from ...grammar.diagnostic import Diagnostic
from ..graph import Graph
from ..settings import Data, Train
from .augment import check_flat_axis
from .backbone import check_backbones, check_trained
from .batch import check_batch
from .classes import check_classes
from .dropout import check_dropout, check_output_kept
from .folds import check_folds
from .foreign import check_foreign
from .head import check_head
from .learning_rate import check_learning_rate, check_schedule
from .masks import check_masks
from .monitor import check_goal, check_monitor
from .no_effect import check_no_effect
from .shadowing import check_shadowing
from .sources import check_columns, check_sources
from .split import check_split
from .squashed import check_squashed
from .task import check_task
from .trains import check_trains
from .unused import check_unused, reached_in

Check = Callable[[Data | None, Train | None, Graph | None], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    check_sources,
    check_columns,
    check_classes,
    check_split,
    check_folds,
    check_flat_axis,
    check_task,
    check_monitor,
    check_learning_rate,
    check_schedule,
    check_no_effect,
    check_batch,
    check_head,
    check_masks,
    check_squashed,
    check_dropout,
    check_output_kept,
    check_backbones,
    check_trained,
    check_trains,
    check_foreign,
)

__all__ = ["CHECKS", "Check", "check_goal", "check_shadowing", "check_unused", "reached_in"]
