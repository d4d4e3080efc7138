"""Reads `predictions.csv` of a multi-label classification."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .csv_files import read_table
from .file_names import unescape_name
from .judged_images import JudgedImages


@dataclass(frozen=True, eq=False)
class LabelTable(JudgedImages):
    """The labels of validation and test images, and their scores. The arrays have the axes (image, label)."""

    truth: NDArray[np.bool_]
    scores: NDArray[np.float64]
    """Probabilities; or raw scores, if the last layer of the model gives no probabilities."""

    @property
    def prediction(self) -> NDArray[np.bool_]:
        """Which labels are predicted."""
        return self.scores >= 0.5


def read_label_table(path: Path, labels: Sequence[str], kind: str) -> LabelTable:
    """Read `predictions.csv`. The names of the columns with scores begin with `kind`, `probability` or `score`.

    Raises:
        LabError: if the file is missing or broken.
    """
    columns = {what: [f"{what}_{name}" for name in labels] for what in ("truth", kind)}
    rows = read_table(path, ["file", "part", *(name for names in columns.values() for name in names)]).rows
    for row in rows:
        for name in columns["truth"]:
            if row.cells[name] not in ("0", "1"):
                row.refuse(f"`{name}` must be 0 or 1, but is `{row.cells[name]}`")
    truth, scores = (
        np.array([[row.number(name) for name in names] for row in rows]).reshape(len(rows), len(labels))
        for names in columns.values()
    )
    files = tuple(unescape_name(row.cells["file"]) for row in rows)
    return LabelTable(files, tuple(row.cells["part"] for row in rows), truth > 0, scores)
