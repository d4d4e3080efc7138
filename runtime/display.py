"""Live progress in the terminal: what is being done, the epoch, the figures on train and validation, the time left."""

from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn


class Display:
    """Shows nothing; what a run tells of itself goes through these methods."""

    def stage(self, name: str) -> None:
        """A stage that cannot be measured begins."""

    def images(self, done: int, total: int) -> None:
        """So many images of so many are ready."""

    def training(self, epochs: int, batches: int) -> None:
        """Training begins: so many epochs of so many batches."""

    def batch(self, epoch: int, done: int) -> None:
        """So many batches of an epoch (from 1) are done."""

    def epoch(self, epoch: int, figures: dict[str, float]) -> None:
        """An epoch (from 1) is done."""

    def close(self) -> None:
        """Nothing more comes."""


class Live(Display):
    """A progress bar where the console is a terminal, a line an epoch where it is not."""

    def __init__(self, console: Console) -> None:
        """Show on a console."""
        self.console = console
        self.progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeRemainingColumn(compact=True),
            TextColumn("{task.fields[figures]}"),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self.task: TaskID | None = None
        self.epochs = self.batches = 0
        self.progress.start()

    def stage(self, name: str) -> None:
        self._begin(name, None)

    def images(self, done: int, total: int) -> None:
        if done == 1 or self.task is None:
            self._begin("reading images", total)
        self._update(completed=done)

    def training(self, epochs: int, batches: int) -> None:
        self.epochs, self.batches = epochs, batches
        self._begin("training", epochs * batches)

    def batch(self, epoch: int, done: int) -> None:
        self._update(completed=(epoch - 1) * self.batches + done, description=f"epoch {epoch}/{self.epochs}")

    def epoch(self, epoch: int, figures: dict[str, float]) -> None:
        shown = describe(figures)
        self._update(completed=epoch * self.batches, figures=shown)
        if not self.console.is_terminal:
            self.console.print(f"epoch {epoch}/{self.epochs}  {shown}", soft_wrap=True)

    def close(self) -> None:
        self.progress.stop()

    def _begin(self, description: str, total: int | None) -> None:
        if self.task is not None:
            self.progress.remove_task(self.task)
        self.task = self.progress.add_task(description, total=total, figures="")

    def _update(self, **changes: Any) -> None:
        if self.task is not None:
            self.progress.update(self.task, **changes)


def describe(figures: dict[str, float]) -> str:
    """`loss 0.512 (validation 0.603)  accuracy 0.741 (validation 0.702)`."""
    names = sorted((name for name in figures if f"val_{name}" in figures), key=lambda name: name != "loss")
    return "  ".join(f"{name} {figures[name]:.3f} (validation {figures[f'val_{name}']:.3f})" for name in names)
