"""Reads `predictions.csv` into memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..evaluation.confusion_and_roc import Floats, Integers
from .csv_files import Row, read_table
from .file_names import unescape_name
from .judged_images import JudgedImages


@dataclass(frozen=True, eq=False)
class Predictions(JudgedImages):
    """The predictions of the best weights for validation and test images. All arrays have the axis (image,) first."""

    truth: Integers
    """Class numbers (image,)."""
    prediction: Integers
    """Class numbers (image,)."""
    scores: Floats
    """Probabilities; or raw scores, if the last layer of the model gives no probabilities. Axes: (image, class)."""


def no_predictions() -> Predictions:
    """Return predictions without images."""
    numbers = np.empty(0, np.int64)
    return Predictions((), (), numbers, numbers, np.empty((0, 0)))


def read_predictions(path: Path, classes: Sequence[str], kind: str) -> Predictions:
    """Read a run's predictions. If the file does not exist, the result has no images.

    Input: `classes`, the class names in the order of the class numbers; `kind`, `probability` or `score`: the names of
    the columns with scores begin with it.

    Raises:
        LabError: if the file is broken.
    """
    columns = [f"{kind}_{name}" for name in classes]
    rows = read_table(path, ["file", "part", "truth", "prediction", *columns]).rows if path.exists() else []
    scores = np.array([[row.number(column) for column in columns] for row in rows], dtype=np.float64)
    return Predictions(
        file=tuple(unescape_name(row.cells["file"]) for row in rows),
        part=tuple(row.cells["part"] for row in rows),
        truth=_class_numbers(rows, "truth", classes),
        prediction=_class_numbers(rows, "prediction", classes),
        scores=scores.reshape(len(rows), len(classes)),
    )


def _class_numbers(rows: Sequence[Row], column: str, classes: Sequence[str]) -> Integers:
    numbers = {name: number for number, name in enumerate(classes)}
    for row in rows:
        if row.cells[column] not in numbers:
            row.refuse(f"`{column}` must be a class in `run.json`, but is `{row.cells[column]}`")
    return np.array([numbers[row.cells[column]] for row in rows], dtype=np.int64)
