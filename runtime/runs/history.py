"""Reads `history.csv` into memory."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from ..evaluation.confusion_and_roc import Floats
from .csv_files import read_table
from .file_errors import refuse_file

NOT_MEASURES = ("epoch", "seconds", "lr")


def read_history(path: Path) -> dict[str, Floats]:
    """Read the columns `epoch`, `seconds`, `lr`, `loss`, `val_loss`, …. Each is an array with the axis (epoch,).

    An empty cell becomes nan.

    Raises:
        LabError: if the file is missing or broken, or has no epochs.
    """
    table = read_table(path, required=["epoch", "loss"])
    if not table.rows:
        refuse_file(table.source, "has no epochs")
    for number, row in enumerate(table.rows, 1):
        if row.number("epoch") != number:
            row.refuse(f"`epoch` must be {number}, but is `{row.cells['epoch']}`")
    return {name: np.array([row.number(name) for row in table.rows]) for name in table.columns}


def measures(history: Mapping[str, Floats]) -> tuple[str, ...]:
    """Return the names of the values that were measured in each epoch: `loss` and the metrics."""
    return tuple(name for name in history if name not in NOT_MEASURES and not name.startswith("val_"))
