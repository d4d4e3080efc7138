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
    """Writes a row of `history.csv` after each epoch. If the run is killed, the file contains all finished epochs.

    The columns are the epoch, its duration in seconds, the learning rate, then the loss and metrics on the training
    images, then the loss and metrics on the validation images.
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
    """Keeps the weights of the best epoch in memory. Writing them to disk can take longer than an epoch."""

    def __init__(self, monitor: Min | Max) -> None:
        """Set the monitored value by which epochs are compared. The first of several equal epochs is the best."""
        super().__init__()
        self.figure = monitor.figure
        self.sign = 1 if isinstance(monitor, Min) else -1
        self.value = math.inf
        self.epoch = 0
        self.weights: list[Any] = []

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        """Keep the weights if the epoch is the best of all epochs until now."""
        value = self.sign * float((logs or {})[self.figure])
        if value < self.value or not self.epoch:  # the first epoch is kept even if its value is undefined
            self.value, self.epoch = math.inf if math.isnan(value) else value, epoch + 1
            self.weights = self.model.get_weights()

    def restore(self) -> None:
        """Set the weights of the model to those of the best epoch."""
        self.model.set_weights(self.weights)


class ProgressReporter(keras.callbacks.Callback):  # type: ignore[misc]
    """Reports each finished epoch, and finished batches at most ten times per second."""

    def __init__(self, batch: Callable[[int, int], None], epoch: Callable[[int, dict[str, float]], None]) -> None:
        """Set the functions that receive the reports.

        They are called as `batch(epoch, number of finished batches)` and `epoch(epoch, loss and metrics by name)`.
        Epochs are counted from 1.
        """
        super().__init__()
        self.batch, self.epoch = batch, epoch
        self.current, self.reported = 1, 0.0

    def on_epoch_begin(self, epoch: int, logs: Logs = None) -> None:  # noqa: ARG002
        """Store the number of the epoch."""
        self.current = epoch + 1

    def on_train_batch_end(self, batch: int, logs: Logs = None) -> None:  # noqa: ARG002
        """Report the batch, unless another batch was reported in the last tenth of a second."""
        now = time.monotonic()
        if now - self.reported > 0.1:
            self.reported = now
            self.batch(self.current, batch + 1)

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        """Report the loss and metrics of the epoch."""
        self.epoch(epoch + 1, {name: float(value) for name, value in (logs or {}).items()})
