"""Reads the files of a segmentation run about single images: `predictions.csv` and `predicted_masks.npz`."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ...compiler.files.provider import open_regular
from .csv_files import read_table
from .file_errors import refuse_file, unread
from .file_names import unescape_name
from .judged_images import JudgedImages

MASKS_FILE = "predicted_masks.npz"

Floats = NDArray[np.float64]
Masks = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class MaskTable(JudgedImages):
    """How well the best weights mark validation and test images. The arrays have the axes (image, class)."""

    share: Floats
    """The share of the pixels that have the class."""
    dice: Floats
    iou: Floats


def read_mask_table(path: Path, classes: Sequence[str]) -> MaskTable:
    """Read `predictions.csv` of a segmentation run.

    Raises:
        LabError: if the file is missing or broken.
    """
    columns = {what: [f"{what}_{name}" for name in classes] for what in ("share", "dice", "iou")}
    rows = read_table(path, ["file", "part", *(name for names in columns.values() for name in names)]).rows
    for row in rows:
        for name in (name for names in columns.values() for name in names):
            if not 0 <= row.number(name) <= 1:
                row.refuse(f"`{name}` must be from 0 to 1, but is `{row.cells[name]}`")
    share, dice, iou = (
        np.array([[row.number(name) for name in names] for row in rows]).reshape(len(rows), len(classes))
        for names in columns.values()
    )
    files = tuple(unescape_name(row.cells["file"]) for row in rows)
    return MaskTable(files, tuple(row.cells["part"] for row in rows), share, dice, iou)


def read_predicted_masks(path: Path) -> dict[str, Masks]:
    """Read `predicted_masks.npz`: the predicted masks of each part, class numbers (image, …).

    Raises:
        LabError: if the file is missing or broken.
    """
    try:
        with open_regular(path) as file, np.load(file, allow_pickle=False) as arrays:
            return {name: np.asarray(arrays[name], np.uint8) for name in arrays.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        what = "is missing" if isinstance(error, FileNotFoundError) else "is not a file of masks, or is damaged"
        refuse_file(unread(path), what)
