"""Rules across sections: one function a rule, called with the sections as far as they could be read."""

from collections.abc import Callable, Iterator

from ...grammar.diagnostic import Diagnostic
from ..graph import Graph
from ..settings import Data, Train
from .dropout import check_dropout
from .head import check_head
from .monitor import check_figure, check_monitor
from .shadowing import check_shadowing
from .split import check_split
from .squashed import check_squashed
from .unused import check_unused, used_in

Check = Callable[[Data | None, Train | None, Graph | None], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (check_split, check_monitor, check_head, check_squashed, check_dropout)

__all__ = ["CHECKS", "Check", "check_figure", "check_shadowing", "check_unused", "used_in"]
