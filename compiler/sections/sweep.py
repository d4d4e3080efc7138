"""The `sweep` section: a grid of experiments."""

from ..schema.arguments import SettingsGroup
from ..schema.field_types import PositiveInt


class Sweep(SettingsGroup):
    """The `sweep` section: an experiment for every combination of the listed `let` values.

    Every other name in the section is the name of a `let`, with the list of its values.

    Arguments:
        repeats: number of training runs of each combination.

    Example: `sweep { base = [8, 16]  repeats = 5 }`
    """

    repeats: PositiveInt = 1
