"""Counts the work of a function, independently of the speed of the machine."""

import sys
from collections.abc import Callable
from types import FrameType


class TooMuchWork(Exception):
    """Raised when a function makes more calls than expected."""


def count_calls(function: Callable[[], object], most: int) -> int:
    """Return the number of calls that a function makes, of Python and of built-in functions.

    Raises:
        TooMuchWork: after more than `most` calls, so that a test fails instead of running for hours.
    """
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")
        if calls > most:
            sys.setprofile(None)
            raise TooMuchWork(f"more than {most:_} calls")

    sys.setprofile(count)
    try:
        function()
    finally:
        sys.setprofile(None)
    return calls
