"""Shows the progress of a run in the terminal: stage, epoch, loss and metrics, and the remaining time."""

import time
from contextlib import suppress
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TimeRemainingColumn
from rich.table import Column

from ....grammar.diagnostics.diagnostic import Diagnostic
from ....grammar.diagnostics.lab_error import LabError
from ....grammar.diagnostics.render import render_text
from ...studies.display import Display
from .console import PlainColumn, PlainConsole

PAUSE = 30.0
"""Seconds between two lines about reading images, if the console is not a terminal."""


class Live(Display):
    """A display with a progress bar if the console is a terminal.

    Otherwise it has one line for each epoch, and while images are read, a line now and then.
    """

    def __init__(self, console: PlainConsole) -> None:
        """Start the display on a console."""
        self.console = console
        self.progress = Progress(
            PlainColumn("{task.description}", table_column=Column(no_wrap=True, min_width=12)),
            BarColumn(bar_width=16, table_column=Column(no_wrap=True, min_width=16)),
            MofNCompleteColumn(table_column=Column(no_wrap=True, min_width=9)),
            TimeRemainingColumn(compact=True, table_column=Column(no_wrap=True, min_width=5)),
            # On a narrow terminal the last values are cut off.
            PlainColumn("{task.fields[figures]}", table_column=Column(no_wrap=True, overflow="ellipsis", ratio=1)),
            console=console,
            transient=True,
            expand=True,
            disable=not console.is_terminal,
        )
        self.task: TaskID | None = None
        self.epochs = self.batches = 0
        self.first_image: float | None = None  # the time when it was read
        self.last_line = 0.0
        self.prefix = ""
        self.progress.start()

    def stage(self, name: str) -> None:
        self._begin(name, None)

    def images(self, done: int, total: int) -> None:
        now = time.monotonic()
        if done == 1 or self.first_image is None:
            self._begin("reading images", total)
            self.first_image = self.last_line = now
        self._update(completed=done)
        if not self.console.is_terminal and now - self.last_line >= PAUSE and 1 < done < total:
            self.last_line = now
            left = (now - self.first_image) / (done - 1) * (total - done)
            with suppress(OSError):
                self.console.print(f"reading images {done:,}/{total:,}, about {format_time(left)} left", soft_wrap=True)

    def note(self, text: str) -> None:
        with suppress(OSError):
            self.console.print(f"note: {text}", soft_wrap=True)

    def warn(self, warning: Diagnostic) -> None:
        with suppress(OSError):
            for line in [*render_text(warning).splitlines(), ""]:
                self.console.print(line, soft_wrap=True)

    def fold(self, number: int, count: int) -> None:
        self.prefix = f"fold {number}/{count}, "
        if not self.console.is_terminal:
            with suppress(OSError):
                self.console.print(f"fold {number} of {count}")

    def failed(self, what: str, error: LabError) -> None:
        with suppress(OSError):
            self.console.print(f"{what} failed:")
            for line in "\n\n".join(map(render_text, error.diagnostics)).splitlines():
                self.console.print(line, soft_wrap=True)

    def training(self, epochs: int, batches: int) -> None:
        self.epochs, self.batches = epochs, batches
        self._begin(f"{self.prefix}training", epochs * batches)

    def batch(self, epoch: int, done: int) -> None:
        description = f"{self.prefix}epoch {epoch}/{self.epochs}"
        self._update(completed=(epoch - 1) * self.batches + done, description=description)

    def epoch(self, epoch: int, figures: dict[str, float]) -> None:
        self._update(completed=epoch * self.batches, figures=format_figures(figures, "/"))
        if not self.console.is_terminal:
            with suppress(OSError):  # nobody reads the output any more, but training continues
                self.console.print(f"epoch {epoch}/{self.epochs}  {format_figures(figures)}", soft_wrap=True)

    def close(self) -> None:
        with suppress(OSError):
            self.progress.stop()

    def _begin(self, description: str, total: int | None) -> None:
        self.first_image = None
        if self.task is not None:
            self.progress.remove_task(self.task)
        self.task = self.progress.add_task(description, total=total, figures="")

    def _update(self, **changes: Any) -> None:
        if self.task is not None:
            self.progress.update(self.task, **changes)


def format_time(seconds: float) -> str:
    """Return a duration as one number, for example `40 s`, `12 min` or `3.5 h`."""
    if seconds < 99.5:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5970 else f"{seconds / 3600:.1f} h"


def format_figures(figures: dict[str, float], short: str = "") -> str:
    """Return the loss and the metrics of an epoch as one line.

    For example `loss 0.512 (validation 0.603)  accuracy 0.741 (validation 0.702)`; or, with "/" as `short`,
    `loss 0.512/0.603  accuracy 0.741/0.702`. A value is left out if it has no validation value.
    """
    names = sorted((name for name in figures if f"val_{name}" in figures), key=lambda name: name != "loss")
    pairs = [(name, f"{figures[name]:.3f}", f"{figures[f'val_{name}']:.3f}") for name in names]
    if short:
        return "  ".join(f"{name} {train}{short}{validation}" for name, train, validation in pairs)
    return "  ".join(f"{name} {train} (validation {validation})" for name, train, validation in pairs)
