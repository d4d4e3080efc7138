"""Reads `predictions.csv` of a regression."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .csv_files import read_table
from .file_names import unescape_name
from .judged_images import JudgedImages


@dataclass(frozen=True, eq=False)
class NumberTable(JudgedImages):
    """The numbers of validation and test images, and their predictions. The arrays have the axis (image,)."""

    truth: NDArray[np.float64]
    prediction: NDArray[np.float64]


def read_number_table(path: Path) -> NumberTable:
    """Read `predictions.csv`.

    Raises:
        LabError: if the file is missing or broken.
    """
    rows = read_table(path, ["file", "part", "truth", "prediction"]).rows
    for row in rows:
        for name in ("truth", "prediction"):
            if not np.isfinite(row.number(name)):
                row.refuse(f"`{name}` must be a finite number, but is `{row.cells[name]}`")
    truth, prediction = (np.array([row.number(name) for row in rows]) for name in ("truth", "prediction"))
    files = tuple(unescape_name(row.cells["file"]) for row in rows)
    return NumberTable(files, tuple(row.cells["part"] for row in rows), truth, prediction)
