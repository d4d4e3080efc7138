"""`predictions.csv`, read into memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..evaluation.confusion_and_roc import Floats, Integers
from .csv_files import Row, read_table


@dataclass(frozen=True, eq=False)
class Predictions:
    """The predictions of the best weights for validation and test images. All arrays have the axis (image,) first."""

    file: tuple[str, ...]
    part: tuple[str, ...]
    truth: Integers
    """Class numbers (image,)."""
    prediction: Integers
    """Class numbers (image,)."""
    scores: Floats
    """Probabilities, or raw scores where the head gives none (image, class)."""

    def of(self, part: str) -> "Predictions":
        """The images of one part, `validation` or `test`."""
        chosen = np.array([name == part for name in self.part], dtype=bool)
        return self.take(np.flatnonzero(chosen))

    def take(self, rows: Integers) -> "Predictions":
        """The images with these indices, in this order."""
        return Predictions(
            file=tuple(self.file[row] for row in rows),
            part=tuple(self.part[row] for row in rows),
            truth=self.truth[rows],
            prediction=self.prediction[rows],
            scores=self.scores[rows],
        )

    def __len__(self) -> int:
        """The number of images."""
        return len(self.file)


def read_predictions(path: Path, classes: Sequence[str], kind: str) -> Predictions:
    """Read a run's predictions; none if it left no such file, as a run on masks does.

    Input: the class names by number; `kind`, `probability` or `score`, begins the names of the columns with scores.

    Raises:
        LabError: if the file is broken.
    """
    columns = [f"{kind}_{name}" for name in classes]
    rows = read_table(path, ["file", "part", "truth", "prediction", *columns]).rows if path.exists() else []
    scores = np.array([[row.number(column) for column in columns] for row in rows], dtype=np.float64)
    return Predictions(
        file=tuple(row.cells["file"] for row in rows),
        part=tuple(row.cells["part"] for row in rows),
        truth=_class_numbers(rows, "truth", classes),
        prediction=_class_numbers(rows, "prediction", classes),
        scores=scores.reshape(len(rows), len(classes)),
    )


def _class_numbers(rows: Sequence[Row], column: str, classes: Sequence[str]) -> Integers:
    numbers = {name: number for number, name in enumerate(classes)}
    for row in rows:
        if row.cells[column] not in numbers:
            row.refuse(f"`{column}` is none of the classes in `run.json`")
    return np.array([numbers[row.cells[column]] for row in rows], dtype=np.int64)
