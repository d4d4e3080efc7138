"""The `sweep` section: a grid of experiments."""

from ..schema.arguments import SettingsGroup
from ..schema.field_types import PositiveInt


class Sweep(SettingsGroup):
    """The `sweep` section: every combination of the values that it lists for `let`s.

    Each name besides these settings is that of a `let`, and its value a list.

    Arguments:
        repeats: number of trainings of each combination.

    Example: `sweep { base = [8, 16]  repeats = 5 }`
    """

    repeats: PositiveInt = 1
