"""Draws the learning curves of a run: the loss and each metric over the epochs, for training and validation images."""

from io import BytesIO, StringIO

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from ..evaluation.confusion_and_roc import Floats
from ..runs.record import RunRecord
from .findings import Findings

INK, FAINT, GRID = "#2b3038", "#6b7280", "#d9dce1"
# Blue, vermilion and green from the palette of Okabe and Ito, which people with colour blindness can distinguish.
COLOURS = {"train": "#0072b2", "validation": "#d55e00", "test": "#009e73"}

PANEL = (4.4, 3.0)
"""The width and height of one panel in inches. Two panels side by side are readable at a width of 800 pixels."""


def curves(record: RunRecord, findings: Findings) -> Figure:
    """Draw the loss and all metrics, two panels in each row."""
    columns = min(2, len(record.measures))
    rows = -(-len(record.measures) // columns)
    figure = Figure((PANEL[0] * columns, PANEL[1] * rows))
    grid = figure.subplots(rows, columns, squeeze=False)
    for axes, measure in zip(grid.flat, record.measures, strict=False):
        _draw(axes, record, findings, measure)
    for axes in grid.flat[len(record.measures) :]:
        axes.set_axis_off()
    _set_margins(figure, rows, columns)
    return figure


def panel(record: RunRecord, findings: Findings, measure: str) -> Figure:
    """Draw a figure with one panel: the loss or one metric."""
    figure = Figure(PANEL)
    _draw(figure.subplots(), record, findings, measure)
    _set_margins(figure, 1, 1)
    return figure


def as_svg(figure: Figure) -> str:
    """Return a figure as SVG. Equal figures have equal SVG, and labels are stored as text, not as shapes."""
    with rc_context({"svg.hashsalt": "labc", "svg.fonttype": "none"}):
        text = StringIO()
        figure.savefig(text, format="svg", transparent=True, metadata={"Date": None})
    return text.getvalue()


def as_png(figure: Figure) -> bytes:
    """Return a figure as PNG with a white background, at twice the displayed size."""
    image = BytesIO()
    figure.savefig(image, format="png", dpi=160, facecolor="white", metadata={"Software": None})
    return image.getvalue()


def style(axes: Axes, title: str) -> None:
    """Set the title, grid and colours of the axes in the style of the page."""
    axes.set_title(title, loc="left", fontsize=11, fontweight="bold", color=INK, pad=12, parse_math=False)
    axes.grid(axis="y", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(colors=FAINT, labelcolor=INK, labelsize=9, length=0)
    for side, spine in axes.spines.items():
        spine.set_visible(side == "bottom")
        spine.set_color(FAINT)


def _draw(axes: Axes, record: RunRecord, findings: Findings, measure: str) -> None:
    epochs = record.history["epoch"]
    style(axes, measure)
    axes.set_xlabel("epoch", fontsize=9, color=INK, loc="right")
    axes.xaxis.set_major_locator(MaxNLocator(nbins=7, integer=True, min_n_ticks=1))
    axes.set_xlim(epochs[0] - 0.5, epochs[-1] + 0.5)
    values = {
        part: record.history[name]
        for part, name in (("train", measure), ("validation", f"val_{measure}"))
        if name in record.history
    }
    for part, curve in values.items():
        marker = "o" if len(curve) <= 40 else ""
        axes.plot(epochs, curve, color=COLOURS[part], linewidth=1.8, marker=marker, markersize=3)
    if _spans_decades(list(values.values())):
        axes.set_yscale("log")
    if measure == "loss":  # only the loss defines overfitting
        _mark_overfitting(axes, findings)
    _mark_best(axes, findings)
    _name_ends(axes, values)


def _mark_best(axes: Axes, findings: Findings) -> None:
    best = findings.best.epoch
    axes.axvline(best, color=FAINT, linewidth=1, linestyle=(0, (3, 3)), zorder=1)
    left = best > findings.best.trained / 4
    axes.annotate(
        f"best: {best}",
        (best, 1),
        xycoords=("data", "axes fraction"),
        xytext=(-4 if left else 4, 1),
        textcoords="offset points",
        ha="right" if left else "left",
        va="bottom",
        fontsize=8,
        color=FAINT,
    )


def _mark_overfitting(axes: Axes, findings: Findings) -> None:
    overfitting = findings.overfitting
    if overfitting.verdict != "yes" or overfitting.epoch is None:
        return
    axes.axvspan(overfitting.epoch, findings.best.trained + 0.5, color=COLOURS["validation"], alpha=0.09, linewidth=0)
    axes.annotate(
        f"overfits from about {overfitting.epoch}",
        (overfitting.epoch, 0),
        xycoords=("data", "axes fraction"),
        xytext=(4, 4),
        textcoords="offset points",
        ha="left",
        va="bottom",
        fontsize=8,
        color=FAINT,
    )


def _name_ends(axes: Axes, values: dict[str, Floats]) -> None:
    """Write the name of each curve at its end. If two names would overlap, move them apart."""
    ends = {part: curve[np.isfinite(curve)][-1] for part, curve in values.items() if np.isfinite(curve).any()}
    to_axes = axes.transData + axes.transAxes.inverted()
    heights = {part: float(to_axes.transform((0, end))[1]) for part, end in ends.items()}
    low, *high = sorted(heights, key=heights.__getitem__) or [""]
    if high and (missing := 0.08 - (heights[high[0]] - heights[low])) > 0:
        heights[low] -= missing / 2
        heights[high[0]] += missing / 2
    for part, height in heights.items():
        axes.annotate(
            part,
            (1, height),
            xycoords="axes fraction",
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
            color=COLOURS[part],
            annotation_clip=False,
        )


def _spans_decades(values: list[Floats]) -> bool:
    finite = np.concatenate(values)
    finite = finite[np.isfinite(finite)]
    return bool(finite.size and finite.min() > 0 and finite.max() > 100 * finite.min())


def _set_margins(figure: Figure, rows: int, columns: int) -> None:
    width, height = figure.get_size_inches()
    figure.subplots_adjust(
        left=0.5 / width,
        right=1 - 0.85 / width,
        bottom=0.5 / height,
        top=1 - 0.45 / height,
        wspace=1.3 / (PANEL[0] - 1.3) if columns > 1 else 0,
        hspace=1.0 / (PANEL[1] - 1.0) if rows > 1 else 0,
    )
