"""Draws images of a data set as the model gets them, in one picture."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ....compiler.backends.scaling import PixelRange
from ....compiler.schema.task_kind import TaskKind
from ....grammar.terminal_text import printable
from ..pixel_range import grey_levels
from ..pixels import Bytes, Values, middle_of_mask, middle_slice
from ..targets.label_targets import NO_LABEL
from .inspect_data import InspectedData
from .mask_outlines import draw_legend, draw_outlines

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = 8  # the number of images of each class and part
INCHES = 1.35  # the side of an image
WIDE = 4  # the number of images in a row of `draw_grid`


def draw_sheet(data: InspectedData, path: Path) -> None:
    """Write a picture with up to eight images of each class and part; each row is a class of a part.

    An image with several labels is in the row of its first one, and an image without a label in a row `none`. For
    regression, each row is a part.

    The images are spread evenly over the row's files, in the order of their names. Of a volume, the middle slice is
    drawn. With masks, each row is a part, and the outline of each class in the masks has a colour, which a legend below
    names.

    Raises:
        OSError: if the file cannot be written.
        ValueError: if the ending of the file is not that of a format of Matplotlib.
    """
    from matplotlib.figure import Figure

    rows = {name: positions for name, positions in _rows(data).items() if positions}
    figure = Figure(figsize=(INCHES * (COLUMNS + 1), INCHES * 1.2 * len(rows) + 0.3), layout="constrained")
    grid = figure.subplots(len(rows), COLUMNS, squeeze=False)
    for axes, (name, positions) in zip(grid, rows.items(), strict=True):
        axes[0].set_ylabel(name, fontsize=8)
        for column, axis in enumerate(axes):
            axis.set_xticks([])
            axis.set_yticks([])
            axis.set_frame_on(False)
            if column < len(positions):
                _draw(axis, data, positions[column])
    if data.masks is not None:
        draw_legend(figure, data)
    figure.savefig(path, dpi=150)


def draw_grid(
    data: InspectedData, images: Sequence[Values], titles: Sequence[str], masks: Sequence[Bytes | None], path: Path
) -> None:
    """Write a picture of changed images (height, width, channel) in rows of four, with titles of several lines.

    The outlines of the classes in the masks (height, width) are drawn into the images. Of an image with a depth, the
    middle slice is drawn.

    Raises:
        OSError: if the file cannot be written.
        ValueError: if the ending of the file is not that of a format of Matplotlib.
    """
    from matplotlib.figure import Figure

    assert data.pixels is not None, "otherwise the images cannot be changed"
    figure = Figure(figsize=(2 * WIDE, 2.6 * -(-len(images) // WIDE)), layout="constrained")
    grid = figure.subplots(-(-len(images) // WIDE), WIDE, squeeze=False).ravel()
    for axis in grid:
        axis.set_axis_off()
    for position, (axis, image, title) in enumerate(zip(grid, images, titles, strict=False)):
        _show(axis, middle_slice(image), data.pixels)
        axis.set_title(title, fontsize=6)
        if (mask := masks[position]) is not None:
            draw_outlines(axis, middle_of_mask(mask), data)
    if data.masks is not None:
        draw_legend(figure, data)
    figure.savefig(path, dpi=150)


def _rows(data: InspectedData) -> dict[str, list[int]]:
    """Return the positions of the shown images, by the title of their row."""
    description = data.description
    members: dict[tuple[str | None, str | None], list[int]] = defaultdict(list)
    for position, image in enumerate(description.images):
        members[image.part, _row_of(image.label)].append(position)
    by_part = data.masks is not None or description.task == TaskKind.REGRESSION
    labels = (None,) if by_part else (*dict.fromkeys((*description.classes, NO_LABEL)),)
    rows = ((part, label) for part in (*description.parts, None) for label in labels)
    return {_title(part, label): _spread(members[part, label]) for part, label in rows}


def _row_of(label: str | tuple[str, ...] | float | None) -> str | None:
    """Return the class or the first label by which an image is put into a row; None if rows are only parts."""
    if isinstance(label, tuple):
        return label[0] if label else NO_LABEL
    return label if isinstance(label, str) else None


def _title(part: str | None, label: str | None) -> str:
    name = part or "unused"
    return name if label is None else f"{printable(label)}\n{name}"


def _spread(row: list[int]) -> list[int]:
    """Return up to eight items of a row, spread evenly."""
    return [row[int(place)] for place in np.linspace(0, len(row) - 1, min(COLUMNS, len(row))).round()]


def _draw(axis: "Axes", data: InspectedData, position: int) -> None:
    image = middle_slice(data.images[position])
    pixels = data.pixels or PixelRange(float(image.min()), max(float(image.max()), float(image.min()) + 1))
    _show(axis, image, pixels)
    if data.masks is not None:
        draw_outlines(axis, middle_of_mask(data.masks[position]), data)
    name = printable(Path(data.description.images[position].file).name)
    axis.set_title(name if len(name) < 20 else f"…{name[-18:]}", fontsize=5)


def _show(axis: "Axes", image: Values, pixels: PixelRange) -> None:
    shown = np.rint(grey_levels(image, pixels).clip(0, 255)).astype(np.uint8)
    axis.imshow(shown[..., 0] if shown.shape[-1] == 1 else shown, cmap="gray", vmin=0, vmax=255)
