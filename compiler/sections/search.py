"""The `search` section: values sampled by a search engine."""

from typing import Annotated, ClassVar

from ..schema.arguments import Arguments, SettingsGroup
from ..schema.choice import Choice
from ..schema.field_types import PositiveFloat, PositiveInt
from .train.train import Max, Min


class Search(SettingsGroup):
    """The `search` section: a search for the `let` values that minimize or maximize a metric.

    Every other name in the section is the name of a `let`, with the values to try. `choice(8, 16, 32)` gives one of the
    listed values, `log_range(1e-6, 1e-2)` gives a number between two bounds.

    Arguments:
        trials: number of training runs.
        goal: the metric to minimize or maximize.

    Example: `search { trials = 40  goal = max(val_accuracy)  base = choice(8, 16, 32) }`
    """

    trials: PositiveInt
    goal: Annotated[Min | Max, Choice((Min, Max))]


class LogRange(Arguments):
    """A random number between two bounds. Every order of magnitude is equally likely.

    Arguments:
        low: the lower bound.
        high: the upper bound. It must be above `low`.

    Example: `log_range(1e-6, 1e-2)`
    """

    positional: ClassVar[int] = 2

    low: PositiveFloat
    high: PositiveFloat
