"""Arithmetic on values. The size of every result is limited, so that evaluation always ends."""

import math
import operator
from collections.abc import Callable
from typing import Any

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from .fail import fail
from .value_size import MAX_ITEMS, value_size
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
    """Compute `left operator right` for numbers. `+` also joins strings or lists, `*` also repeats a list.

    Raises:
        LabError: if the operator cannot take the values, or the result is not finite or beyond the limits.
    """
    symbol = expression.operator
    joins = symbol == "+" and type(left) is type(right) and isinstance(left, str | list | tuple)
    repeats = symbol == "*" and isinstance(left, list | tuple) and type(right) is int
    if not (joins or repeats or (is_number(left) and is_number(right))):
        message = f"cannot apply `{symbol}` to {kind(left)} and {kind(right)}"
        fail(Code.WRONG_TYPE, message, expression)
    _check_bounds(expression, symbol, left, right)
    try:
        result = _OPERATORS[symbol](left, right)
    except ZeroDivisionError:
        fail(Code.BAD_EXPRESSION, "cannot divide by zero", expression)
    except OverflowError:
        result = 0j
    if not is_finite(result):
        fail(Code.BAD_EXPRESSION, "the result must be a finite real number, but is not", expression)
    if _is_percent(symbol, left, right):
        return Percent(result)
    computed: Value = result
    return computed


def _is_percent(symbol: str, left: Value, right: Value) -> bool:
    """Check whether the result is a percentage: of `10% + 5%`, `10% * 2` and `10% / 2` it is, of `2 * 10%` not."""
    both = isinstance(left, Percent) and isinstance(right, Percent)
    return both if symbol in "+-" else isinstance(left, Percent) and not both and symbol in ("*", "/")


def _check_bounds(expression: s.Binary, symbol: str, left: Value, right: Value) -> None:
    """Refuse a result beyond the limits before it is computed, because it may be too large for memory."""
    if isinstance(left, int) and isinstance(right, int):
        sizes = left.bit_length(), right.bit_length()
        bits = {"**": sizes[0] * max(0, right), "*": sum(sizes), "/": 0, "//": sizes[0]}.get(symbol, max(sizes) + 1)
        check_bits(bits, expression)
    elif isinstance(left, list | tuple | str):
        length = _length(left) * right if isinstance(right, int) else _length(left) + _length(right)
        if length > MAX_ITEMS:
            fail(Code.BEYOND_BOUND, f"this must have at most {MAX_ITEMS} items, but would have {length}", expression)


def check_bits(bits: int, expression: s.Expression) -> None:
    """Refuse an integer of this number of bits if it is beyond the limit.

    Raises:
        LabError: if there are more than MAX_BITS bits.
    """
    if bits > MAX_BITS:
        fail(Code.BEYOND_BOUND, f"this integer must be below 2**{MAX_BITS}, but would be larger", expression)


def _length(value: Value) -> int:
    return len(value) if isinstance(value, str) else value_size(value)


def is_finite(value: object) -> bool:
    """Return False for a decimal number that is infinite or no number, and for a complex number."""
    return not (isinstance(value, complex) or (isinstance(value, float) and not math.isfinite(value)))
