"""Keras callbacks of a training: the history file, the best weights, the progress display."""

import csv
import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras

from ...compiler.sections.train.train import Max, Min
from .diverged import Diverged

Logs = dict[str, Any] | None


class HistoryWriter(keras.callbacks.Callback):  # type: ignore[misc]
    """Writes a row of `history.csv` after each epoch, so that the file is complete up to there if the run is killed.

    The columns are the epoch, its duration in seconds, the learning rate, then the figures on the training images and
    those on the validation images.
    """

    def __init__(self, path: Path, metrics: list[str]) -> None:
        """Write the header line."""
        super().__init__()
        self.path = path
        self.figures = ["loss", *metrics, "val_loss", *(f"val_{metric}" for metric in metrics)]
        self.rows: list[dict[str, float]] = []
        self.start = 0.0
        self._write([["epoch", "seconds", "lr", *self.figures]], "w")

    def on_epoch_begin(self, epoch: int, logs: Logs = None) -> None:  # noqa: ARG002
        """Start timing the epoch."""
        self.start = time.perf_counter()

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        """Write the row.

        Raises:
            Diverged: if a loss is not a finite number.
        """
        logs = logs or {}
        values = {name: float(logs[name]) for name in self.figures}
        row = {
            "epoch": epoch + 1,
            "seconds": round(time.perf_counter() - self.start, 3),
            "lr": float(self.model.optimizer.learning_rate),
            **values,
        }
        self.rows.append(row)
        self._write([[row["epoch"], row["seconds"], f"{row['lr']:.6g}", *(f"{v:.6g}" for v in values.values())]], "a")
        if not (math.isfinite(values["loss"]) and math.isfinite(values["val_loss"])):
            raise Diverged(epoch + 1)

    def _write(self, rows: list[list[Any]], mode: str) -> None:
        with self.path.open(mode, newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)


class BestWeights(keras.callbacks.Callback):  # type: ignore[misc]
    """Keeps the weights of the best epoch in memory; writing them to disk would take longer than some epochs."""

    def __init__(self, monitor: Min | Max) -> None:
        """Compare the epochs by this figure; of equal epochs, the first is the best."""
        super().__init__()
        self.figure = monitor.figure
        self.sign = 1 if isinstance(monitor, Min) else -1
        self.value = math.inf
        self.epoch = 0
        self.weights: list[Any] = []

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        """Keep the weights if this epoch is the best so far."""
        value = float((logs or {})[self.figure])
        if self.sign * value < self.value:
            self.value, self.epoch = self.sign * value, epoch + 1
            self.weights = self.model.get_weights()

    def restore(self) -> None:
        """Give the model the best epoch's weights."""
        self.model.set_weights(self.weights)


class ProgressReporter(keras.callbacks.Callback):  # type: ignore[misc]
    """Reports each epoch, and progress inside it at most ten times a second."""

    def __init__(self, batch: Callable[[int, int], None], epoch: Callable[[int, dict[str, float]], None]) -> None:
        """Report by calling `batch(epoch, batches done)` and `epoch(epoch, figures)`; both count from 1."""
        super().__init__()
        self.batch, self.epoch = batch, epoch
        self.current, self.reported = 1, 0.0

    def on_epoch_begin(self, epoch: int, logs: Logs = None) -> None:  # noqa: ARG002
        """Note the number of the epoch."""
        self.current = epoch + 1

    def on_train_batch_end(self, batch: int, logs: Logs = None) -> None:  # noqa: ARG002
        """Report the batch, unless one was reported less than a tenth of a second ago."""
        now = time.monotonic()
        if now - self.reported > 0.1:
            self.reported = now
            self.batch(self.current, batch + 1)

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        """Report the epoch's figures."""
        self.epoch(epoch + 1, {name: float(value) for name, value in (logs or {}).items()})
