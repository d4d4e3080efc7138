"""Draws predicted numbers against true ones."""

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure

from ..runs.number_table import NumberTable
from .learning_curves import COLOURS, FAINT, INK, style

SIDE = 4.0  # inches


def draw_scatter(tables: Mapping[str, NumberTable], unit: str) -> Figure:
    """Draw a point for each image of the parts, and the diagonal, on which prediction and truth are equal."""
    figure = Figure((SIDE + 0.9, SIDE), layout="constrained")
    axes = figure.subplots()
    style(axes, "Prediction against truth")
    numbers = np.concatenate([values for one in tables.values() for values in (one.truth, one.prediction)])
    low, high = float(numbers.min()), float(numbers.max())
    margin = 0.04 * (high - low) or 1.0
    ends = (low - margin, high + margin)
    axes.plot(ends, ends, color=FAINT, linewidth=1, linestyle=(0, (3, 3)), zorder=1)
    for part, table in tables.items():
        axes.scatter(table.truth, table.prediction, s=14, color=COLOURS[part], alpha=0.6, linewidths=0, label=part)
    axes.set(xlim=ends, ylim=ends, aspect="equal")
    after = f" ({unit})" if unit else ""
    axes.set_xlabel(f"truth{after}", fontsize=9, color=INK)
    axes.set_ylabel(f"prediction{after}", fontsize=9, color=INK)
    axes.legend(frameon=False, fontsize=9, labelcolor=INK, loc="upper left", handletextpad=0.2)
    return figure
