"""A finished run folder, read into memory."""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..evaluation.array_metrics import Floats, Integers

Json = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Predictions:
    """What the best weights say of each validation and test image; one entry an image."""

    file: tuple[str, ...]
    part: tuple[str, ...]
    truth: Integers
    """Class numbers (image,)."""
    prediction: Integers
    """Class numbers (image,)."""
    scores: Floats
    """Probabilities, or raw scores where the head gives none (image, class)."""

    def of(self, part: str) -> "Predictions":
        """Return the images of one part only, `validation` or `test`."""
        chosen = np.array([name == part for name in self.part], dtype=bool)
        return self.take(np.flatnonzero(chosen))

    def take(self, rows: Integers) -> "Predictions":
        """Return the images with these indices, in this order."""
        return Predictions(
            file=tuple(self.file[row] for row in rows),
            part=tuple(self.part[row] for row in rows),
            truth=self.truth[rows],
            prediction=self.prediction[rows],
            scores=self.scores[rows],
        )

    def __len__(self) -> int:
        """Count the images."""
        return len(self.file)


@dataclass(frozen=True, eq=False)
class Record:
    """Everything that a finished run left in its folder."""

    source: str
    """The `.lab` file's text."""
    run: Json
    plan: Json
    metrics: Json
    history: Mapping[str, Floats]
    """The columns of `history.csv`: `epoch`, `loss`, `val_loss`, …, each with the axis (epoch,)."""
    predictions: Predictions
    """Empty where the run left none, as when it marks pixels instead of naming images."""

    @property
    def classes(self) -> tuple[str, ...]:
        """The class names, by class number."""
        return tuple(self.run.get("classes", ()))

    @property
    def measures(self) -> tuple[str, ...]:
        """What was measured in each epoch: `loss`, then the metrics."""
        return tuple(
            name for name in self.history if name not in ("epoch", "seconds", "lr") and not name.startswith("val_")
        )


def read_record(folder: Path) -> Record:
    """Read a finished run's folder.

    Raises OSError where a file is missing, and ValueError or KeyError where one is not what a run writes.
    """
    run = _read_json(folder / "run.json")
    return Record(
        source=(folder / "experiment.lab").read_text(encoding="utf-8"),
        run=run,
        plan=_read_json(folder / "plan.json"),
        metrics=_read_json(folder / "metrics.json"),
        history=_read_history(folder / "history.csv"),
        predictions=_read_predictions(folder / "predictions.csv", run.get("classes", ())),
    )


def _read_json(path: Path) -> Json:
    content: Json = json.loads(path.read_text(encoding="utf-8"))
    return content


def _read_table(path: Path) -> tuple[Sequence[str], list[dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines)
        return table.fieldnames or (), list(table)


def _read_history(path: Path) -> dict[str, Floats]:
    names, rows = _read_table(path)
    # An empty cell is a value that was not measured in that epoch.
    return {name: np.array([float(row[name] or "nan") for row in rows]) for name in names}


def _read_predictions(path: Path, classes: Sequence[str]) -> Predictions:
    names, rows = _read_table(path) if path.exists() else ((), [])
    numbers = {name: number for number, name in enumerate(classes)}
    kind = "probability" if f"probability_{classes[0] if classes else ''}" in names else "score"
    return Predictions(
        file=tuple(row["file"] for row in rows),
        part=tuple(row["part"] for row in rows),
        truth=_integers(numbers[row["truth"]] for row in rows),
        prediction=_integers(numbers[row["prediction"]] for row in rows),
        scores=np.array(
            [[float(row[f"{kind}_{name}"] or "nan") for name in classes] for row in rows], dtype=np.float64
        ).reshape(len(rows), len(classes)),
    )


def _integers(values: Any) -> NDArray[np.int64]:
    return np.fromiter(values, dtype=np.int64)
