"""Checks across sections: one function for each rule. A section that could not be read is None."""

from collections.abc import Callable, Iterator

from ...grammar.diagnostics.diagnostic import Diagnostic
from ..model.graph import Graph
from ..sections import Data, Train
from .batch_size import check_batch
from .blended_labels import check_blended_labels
from .class_list import check_classes
from .drawn_volume import check_drawn_volume
from .dropout_place import check_dropout, check_output_kept
from .flat_axis import check_flat_axis
from .fold_sizes import check_folds
from .hinge_head import check_hinge_head
from .idle_augmentation import check_idle_augmentation
from .learning_rate import check_learning_rate, check_schedule
from .mask_classes import check_mask_classes
from .mask_head import check_mask_head
from .model_head import check_model_head
from .monitored_figure import check_monitor
from .no_effect import check_no_effect
from .nothing_trains import check_trains
from .one_task import check_one_task
from .own_word import check_own_word
from .pretrained import check_backbones, check_trained
from .shadowing import check_shadowing
from .source_conflicts import check_columns, check_sources
from .split_fits import check_split
from .stacked_activations import check_stacked_activations
from .unused import check_mistyped_lets, check_unused
from .wrong_task import check_task

Check = Callable[[Data | None, Train | None, Graph | None], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    check_sources,
    check_columns,
    check_one_task,
    check_classes,
    check_mask_classes,
    check_split,
    check_folds,
    check_flat_axis,
    check_idle_augmentation,
    check_drawn_volume,
    check_task,
    check_blended_labels,
    check_monitor,
    check_learning_rate,
    check_schedule,
    check_no_effect,
    check_batch,
    check_model_head,
    check_hinge_head,
    check_mask_head,
    check_stacked_activations,
    check_dropout,
    check_output_kept,
    check_backbones,
    check_trained,
    check_trains,
    check_own_word,
)

__all__ = ["CHECKS", "Check", "check_mistyped_lets", "check_shadowing", "check_unused"]
