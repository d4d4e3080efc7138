"""Draws the outlines of masks on images, in a colour for each class."""

from typing import TYPE_CHECKING, Literal, TypeAlias

from ....grammar.terminal_text import printable
from ..class_colours import PALETTE
from ..pixels import Bytes
from .inspect_data import InspectedData

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Style: TypeAlias = Literal["solid", "dotted", "dashed", "dashdot"]

STYLES: tuple[Style, ...] = (
    "solid",
    "dotted",
    "dashed",
    "dashdot",
)  # of the lines, if there are more classes than colours
WIDTH = 0.9
INSIDE = 0.8  # the place of an outline between the pixels outside (0) and inside (1): two classes side by side have two


def draw_outlines(axis: "Axes", mask: Bytes, data: InspectedData) -> None:
    """Draw the outline of each class of a mask (height, width) except the background."""
    for number in range(len(data.description.classes)):
        inside = mask == number
        if number != data.background and inside.any() and not inside.all():
            axis.contour(inside, levels=[INSIDE], colors=[_colour(number)], linewidths=WIDTH, linestyles=_style(number))


def draw_legend(figure: "Figure", data: InspectedData) -> None:
    """Draw the names of the classes with their colours below the images."""
    from matplotlib.lines import Line2D

    lines = [
        Line2D([], [], color=_colour(number), linestyle=_style(number), label=printable(name))
        for number, name in enumerate(data.description.classes)
        if number != data.background
    ]
    figure.legend(handles=lines, loc="outside lower center", ncols=6, fontsize=7, frameon=False)


def _colour(number: int) -> tuple[float, float, float]:
    red, green, blue = PALETTE[number % len(PALETTE)]
    return red / 255, green / 255, blue / 255


def _style(number: int) -> Style:
    return STYLES[number // len(PALETTE) % len(STYLES)]
