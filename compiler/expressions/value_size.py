"""The size of a value. It is limited, so that a value can always be compared, copied and shown."""

from ...grammar.diagnostics.codes import Code
from ...grammar.recovery.depth_limit import MAX_DEPTH
from ...grammar.syntax import Expression
from .fail import fail
from .scope import Scope
from .values import Value

MAX_ITEMS = 10_000  # of a list, with the items of the lists in it
CHARACTERS = 100  # of a string, that count as one more item


def value_size(value: object) -> int:
    """Return the number of items in a list or tuple, with the items of the lists in it; 0 for other values.

    A string counts as an item for every 100 characters. The counting ends above MAX_ITEMS.
    """
    return _size(value, MAX_DEPTH)


def check_size(value: Value, expression: Expression, scope: Scope) -> Value:
    """Take the size of a new value from the budget, and return the value.

    Raises:
        LabError: if the value has more than MAX_ITEMS items, or lists that are nested too deeply.
        LimitExceeded: if the budget is used up.
    """
    if isinstance(value, list | tuple | str):
        count = value_size(value)
        scope.budget.spend(count, expression.span)
        if count > MAX_ITEMS:
            message = f"this list must have at most {MAX_ITEMS} items, with those of the lists in it, but has more"
            fail(Code.BEYOND_BOUND, message, expression)
    return value


def _size(value: object, levels: int) -> int:
    if isinstance(value, str):
        return len(value) // CHARACTERS
    if not isinstance(value, list | tuple):
        return 0
    count = len(value) if levels else MAX_ITEMS + 1  # a list that is nested too deeply counts as too large
    for item in value:
        if count > MAX_ITEMS:
            break
        count += _size(item, levels - 1)
    return count
