"""Formats numbers as strings."""

from collections.abc import Sequence

import numpy as np


def number(value: float) -> str:
    """Return a number with about three significant digits; "not a number" if it is nan or infinite."""
    size = abs(value)
    if not np.isfinite(value):
        return "not a number"
    if 10 <= size < 1e6:
        return f"{value:.1f}" if size < 100 else f"{value:,.0f}"
    return f"{value:.3f}" if 0.1 <= size < 10 else f"{value:.3g}"


def percent(share: float) -> str:
    """Return a share in percent with one decimal, for example `83.5%`."""
    return f"{100 * share:.1f}%"


def percent_range(interval: tuple[float, float]) -> str:
    """Return an interval of shares in percent, for example `70.1 to 83.5%`."""
    return f"{100 * interval[0]:.1f} to {100 * interval[1]:.1f}%"


def points(share: float) -> str:
    """Return the absolute value of a difference of shares in percentage points, for example `3.1 points`."""
    return f"{abs(100 * share):.1f} points"


def shape(lengths: Sequence[int | None]) -> str:
    """Return a shape as it is written in a `.lab` file, for example `128x128x1`; an unknown length is `?`."""
    return "x".join("?" if length is None else str(length) for length in lengths)


def duration(seconds: float) -> str:
    """Return a time in seconds, in minutes and seconds, or in hours and minutes, for example `3 min 20 s`."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes_left = divmod(minutes, 60)
    return f"{hours} h {minutes_left} min" if hours else f"{minutes} min {rest} s"
