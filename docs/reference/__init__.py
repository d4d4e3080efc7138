"""The reference pages that are generated from the code: from its docstrings, fields and bounds."""

from collections.abc import Callable

from .blocks import blocks_page
from .commands import commands_page
from .functions import functions_page
from .layers import layers_page
from .losses import losses_page
from .metrics import metrics_page
from .mistakes import mistakes_page
from .settings import settings_page

PAGES: dict[str, Callable[[], str]] = {
    "layers.md": layers_page,
    "blocks.md": blocks_page,
    "settings.md": settings_page,
    "losses.md": losses_page,
    "metrics.md": metrics_page,
    "functions.md": functions_page,
    "mistakes.md": mistakes_page,
    "commands.md": commands_page,
}

__all__ = ["PAGES"]
