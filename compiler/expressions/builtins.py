"""The functions of the language.

Each function takes evaluated arguments and returns a value. It raises TypeError or ValueError for arguments that it
does not accept, and `evaluate` turns the exception into a diagnostic. The docstring of a function is its entry in the
reference.
"""

import math
from collections.abc import Callable
from itertools import islice
from typing import Any

from .value_size import MAX_ITEMS
from .values import Value


def _range(*bounds: int) -> list[Value]:
    """`range(stop)`, `range(start, stop)`, `range(start, stop, step)`: the integers from `start`, without `stop`.

    Example: `range(2, 8, 3) == [2, 5]`
    """
    if not 1 <= len(bounds) <= 3 or not all(type(bound) is int for bound in bounds):
        raise TypeError("takes one to three integers")
    values = range(*bounds)
    return list(islice(values, MAX_ITEMS + 1))


def _reversed(items: list[Value]) -> list[Value]:
    """`reversed(items)`: the items in reverse order.

    Example: `reversed([1, 2, 3]) == [3, 2, 1]`
    """
    return list(reversed(items))


def _enumerate(items: list[Value], start: int = 0) -> list[Value]:
    """`enumerate(items, start = 0)`: a pair (number, item) for each item. The numbers count from `start`.

    Example: `enumerate([8, 16]) == [(0, 8), (1, 16)]`
    """
    return [tuple(pair) for pair in enumerate(items, start)]


def _len(items: list[Value]) -> int:
    """`len(items)`: the number of items in a list or tuple, or of characters in a string.

    Example: `len([8, 16, 32]) == 3`
    """
    return len(items)


def _min(*values: Any) -> Value:
    """`min(items)`, `min(a, b, …)`: the smallest item.

    Example: `min(8, 3, 5) == 3`
    """
    smallest: Value = min(*values)
    return smallest


def _max(*values: Any) -> Value:
    """`max(items)`, `max(a, b, …)`: the largest item.

    Example: `max([8, 3, 5]) == 8`
    """
    largest: Value = max(*values)
    return largest


def _sum(items: list[Any]) -> Value:
    """`sum(items)`: the sum of a list of numbers.

    Example: `sum([1, 2, 3]) == 6`
    """
    total: Value = sum(items)
    return total


def _abs(value: Any) -> Value:
    """`abs(number)`: the absolute value.

    Example: `abs(-3) == 3`
    """
    size: Value = abs(value)
    return size


def _round(value: float, digits: int = 0) -> int | float:
    """`round(number, digits = 0)`: the rounded number, an integer without `digits`. A half goes to the even digit.

    Example: `round(2.5) == 2 and round(0.126, 2) == 0.13`
    """
    if type(digits) is not int or abs(digits) > 20:
        raise ValueError("takes at most 20 digits")
    return round(value, digits) if digits else round(value)


def _linspace(start: float, stop: float, count: int) -> list[Value]:
    """`linspace(start, stop, count)`: `count` numbers with equal differences, from `start` to `stop` inclusive.

    Example: `linspace(0, 1, 5) == [0, 0.25, 0.5, 0.75, 1]`
    """
    return [*_evenly(start, stop, count)]


def _geomspace(start: float, stop: float, count: int) -> list[Value]:
    """`geomspace(start, stop, count)`: `count` numbers with equal ratios, from `start` to `stop` inclusive.

    Example: `geomspace(1e-3, 1e-6, 4) == [1e-3, 1e-4, 1e-5, 1e-6]`
    """
    if not (start > 0 and stop > 0):
        raise ValueError("takes bounds above 0")
    # Rounded to 15 digits, so that geomspace(1e-3, 1e-6, 4) gives 1e-5 and not 1.0000000000000003e-05.
    exponents = _evenly(math.log10(start), math.log10(stop), count)
    return [float(f"{10**exponent:.14e}") for exponent in exponents]


def _evenly(start: float, stop: float, count: int) -> list[float]:
    if type(count) is not int or not 1 <= count <= MAX_ITEMS:
        raise ValueError(f"takes a count from 1 to {MAX_ITEMS}")
    return [start + (stop - start) * i / max(1, count - 1) for i in range(count)]


def _zip(*lists: list[Value]) -> list[Value]:
    """`zip(items, items, …)`: a list of tuples: the first items, the second items, to the end of the shortest list.

    Example: `zip([1, 2], [8, 16]) == [(1, 8), (2, 16)]`
    """
    return [tuple(items) for items in zip(*lists, strict=False)]


FUNCTIONS: dict[str, Callable[..., Value]] = {
    "range": _range,
    "reversed": _reversed,
    "enumerate": _enumerate,
    "len": _len,
    "min": _min,
    "max": _max,
    "sum": _sum,
    "abs": _abs,
    "round": _round,
    "linspace": _linspace,
    "geomspace": _geomspace,
    "zip": _zip,
}
