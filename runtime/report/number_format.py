"""Formats figures as text."""

from collections.abc import Sequence

import numpy as np


def number(value: float) -> str:
    """A figure with three significant digits."""
    if not np.isfinite(value):
        return "not a number"
    return f"{value:.3f}" if 0.1 <= abs(value) < 10 else f"{value:.3g}"


def percent(share: float) -> str:
    """A share in percent, with one decimal."""
    return f"{100 * share:.1f}%"


def percent_range(interval: tuple[float, float]) -> str:
    """An interval of shares, in percent."""
    return f"{100 * interval[0]:.1f} to {100 * interval[1]:.1f}%"


def points(share: float) -> str:
    """The absolute value of a difference of shares, in percentage points."""
    return f"{abs(100 * share):.1f} points"


def shape(lengths: Sequence[int | None]) -> str:
    """A shape as the language writes it: 128x128x1."""
    return "x".join("?" if length is None else str(length) for length in lengths)


def duration(seconds: float) -> str:
    """A time in seconds, or minutes and seconds, or hours and minutes."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes_left = divmod(minutes, 60)
    return f"{hours} h {minutes_left} min" if hours else f"{minutes} min {rest} s"
