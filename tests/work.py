"""Counts the work of a function, independently of the speed of the machine."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


class TooMuchWork(Exception):
    """Raised when a function takes more steps than expected."""


def count_work(function: Callable[[], object], most: int) -> int:
    """Return the number of lines of Python that a function executes; an iteration of a loop on one line counts too.

    Raises:
        TooMuchWork: after more than `most` lines, so that a test fails instead of running for hours.
    """
    lines = 0

    def count(_frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal lines
        lines += event == "line"
        if lines > most:
            raise TooMuchWork(f"more than {most:_} lines")
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        function()
    finally:
        sys.settrace(before)
    return lines
