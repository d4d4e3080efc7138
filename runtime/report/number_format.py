"""Figures as text."""

from collections.abc import Sequence

import numpy as np


def number(value: float) -> str:
    """Write a figure to three places that count."""
    if not np.isfinite(value):
        return "not a number"
    return f"{value:.3f}" if 0.1 <= abs(value) < 10 else f"{value:.3g}"


def percent(share: float) -> str:
    """Write a share to a tenth of a percent."""
    return f"{100 * share:.1f}%"


def percent_range(interval: tuple[float, float]) -> str:
    """Write an interval of shares."""
    return f"{100 * interval[0]:.1f} to {100 * interval[1]:.1f}%"


def points(share: float) -> str:
    """Write the size of a difference of shares, in percentage points."""
    return f"{abs(100 * share):.1f} points"


def shape(lengths: Sequence[int | None]) -> str:
    """Write a shape as the language does: 128x128x1."""
    return "x".join("?" if length is None else str(length) for length in lengths)


def duration(seconds: float) -> str:
    """Write a time in the largest units that matter."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes_left = divmod(minutes, 60)
    return f"{hours} h {minutes_left} min" if hours else f"{minutes} min {rest} s"
