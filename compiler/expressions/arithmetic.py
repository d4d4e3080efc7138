"""Arithmetic on values. Results are bounded, so that evaluation always ends."""

import math
import operator
from collections.abc import Callable
from typing import Any

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from .builtins import MAX_ITEMS
from .fail import fail
from .values import Percent, Value, is_number, kind

MAX_BITS = 256  # integers stay below 2**256

_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "**": operator.pow,
}


def compute(expression: s.Binary, left: Value, right: Value) -> Value:
    """The value of `left operator right`: numbers, texts and lists joined by `+`, lists repeated by `*`.

    Raises:
        LabError: for values that the operator does not take, and where there is no finite result within the bounds.
    """
    symbol = expression.operator
    joins = symbol == "+" and type(left) is type(right) and isinstance(left, str | list | tuple)
    repeats = symbol == "*" and isinstance(left, list | tuple) and type(right) is int
    if not (joins or repeats or (is_number(left) and is_number(right))):
        message = f"`{symbol}` cannot take {kind(left)} and {kind(right)}"
        fail(Code.WRONG_TYPE, message, expression)
    _check_bounds(expression, symbol, left, right)
    try:
        result = _OPERATORS[symbol](left, right)
    except ZeroDivisionError:
        fail(Code.BAD_EXPRESSION, "this divides by zero", expression)
    except OverflowError:
        result = 0j
    if isinstance(result, complex) or (isinstance(result, float) and not math.isfinite(result)):
        fail(Code.BAD_EXPRESSION, "this has no finite real result", expression)
    if _is_percent(symbol, left, right):
        return Percent(result)
    computed: Value = result
    return computed


def _is_percent(symbol: str, left: Value, right: Value) -> bool:
    """Whether the result is a percentage: a sum of two, or one times a number; a number times one is a number."""
    both = isinstance(left, Percent) and isinstance(right, Percent)
    return both if symbol in "+-" else isinstance(left, Percent) and not both and symbol in ("*", "/")


def _check_bounds(expression: s.Binary, symbol: str, left: Value, right: Value) -> None:
    """Refuse before computing: the result itself may be too large to hold."""
    if isinstance(left, int) and isinstance(right, int):
        sizes = left.bit_length(), right.bit_length()
        bits = {"**": sizes[0] * max(0, right), "*": sum(sizes), "/": 0, "//": sizes[0]}.get(symbol, max(sizes) + 1)
        if bits > MAX_BITS:
            message = f"this integer would be larger than 2**{MAX_BITS}, the bound"
            fail(Code.BEYOND_BOUND, message, expression)
    elif isinstance(left, list | tuple | str):
        length = len(left) * right if isinstance(right, int) else len(left) + _length(right)
        if length > MAX_ITEMS:
            fail(Code.BEYOND_BOUND, f"this would have {length} items; the bound is {MAX_ITEMS}", expression)


def _length(value: Value) -> int:
    return len(value) if isinstance(value, list | tuple | str) else 0
