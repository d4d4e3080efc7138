"""The functions of the language. Each gets evaluated arguments and returns a value; wrong ones raise TypeError or
ValueError, which evaluate.py turns into a diagnostic at the call."""

import math
from collections.abc import Callable
from itertools import islice

from .values import Value

MAX_ITEMS = 10_000  # the longest list that a file may compute


def _range(*bounds: int) -> list[int]:
    if not 1 <= len(bounds) <= 3 or not all(type(bound) is int for bound in bounds):
        raise TypeError("takes one to three whole numbers")
    values = range(*bounds)
    return list(islice(values, MAX_ITEMS + 1))


def _round(value: float, digits: int = 0) -> int | float:
    if type(digits) is not int or abs(digits) > 20:
        raise ValueError("takes at most 20 digits")
    return round(value, digits) if digits else round(value)


def _linspace(start: float, stop: float, count: int) -> list[float]:
    _check_count(count)
    return [start + (stop - start) * i / max(1, count - 1) for i in range(count)]


def _geomspace(start: float, stop: float, count: int) -> list[float]:
    _check_count(count)
    if not (start > 0 and stop > 0):
        raise ValueError("takes bounds above 0")
    # Rounded to 15 digits, so that geomspace(1e-3, 1e-6, 4) gives 1e-5 and not 1.0000000000000003e-05.
    logs = _linspace(math.log10(start), math.log10(stop), count)
    return [float(f"{10**log:.14e}") for log in logs]


def _check_count(count: int) -> None:
    if type(count) is not int or not 1 <= count <= MAX_ITEMS:
        raise ValueError(f"takes a count from 1 to {MAX_ITEMS}")


def _pairs(*lists: list[Value]) -> list[Value]:
    return [tuple(items) for items in zip(*lists, strict=False)]


FUNCTIONS: dict[str, Callable[..., Value]] = {
    "range": _range,
    "reversed": lambda items: list(reversed(items)),
    "enumerate": lambda items, start=0: [tuple(pair) for pair in enumerate(items, start)],
    "len": lambda items: len(items),
    "min": min,
    "max": max,
    "sum": lambda items: sum(items),
    "abs": abs,
    "round": _round,
    "linspace": _linspace,
    "geomspace": _geomspace,
    "zip": _pairs,
}
