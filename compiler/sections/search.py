"""The `search` section: values sampled by a search engine."""

from typing import Annotated, ClassVar

from ..schema.arguments import Arguments, SettingsGroup
from ..schema.choice import Choice
from ..schema.field_types import PositiveFloat, PositiveInt
from .train.train import Max, Min


class Search(SettingsGroup):
    """The `search` section: values of `let`s that make a figure best.

    Each name besides these settings is that of a `let`, and its value a range: `choice(8, 16, 32)` is one of the values
    that it lists, `log_range(1e-6, 1e-2)` a number between two bounds.

    Arguments:
        trials: number of trainings.
        goal: the figure to minimise or maximise.

    Example: `search { trials = 40  goal = max(val_accuracy)  base = choice(8, 16, 32) }`
    """

    trials: PositiveInt
    goal: Annotated[Min | Max, Choice((Min, Max))]


class LogRange(Arguments):
    """Numbers between two bounds, each order of magnitude as likely as the next.

    Arguments:
        low: the lower bound.
        high: the upper bound; above the lower one.

    Example: `log_range(1e-6, 1e-2)`
    """

    positional: ClassVar[int] = 2

    low: PositiveFloat
    high: PositiveFloat
