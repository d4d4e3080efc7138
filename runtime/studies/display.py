"""The events that a run reports while it is running."""

import sys
import warnings

from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.diagnostics.render import render_text


class Display:
    """Receives the progress of a run and shows nothing. Subclasses show the progress."""

    def stage(self, name: str) -> None:
        """Report that a stage of unknown length begins."""

    def images(self, done: int, total: int) -> None:
        """Report that `done` of `total` images are ready."""

    def note(self, text: str) -> None:
        """Report something that the user should know and that does not stop the run. `text` is one sentence."""

    def warn(self, warning: Diagnostic) -> None:
        """Report a warning about the data."""

    def fold(self, number: int, count: int) -> None:
        """Report that the training of a fold of cross-validation begins. Folds are counted from 1."""

    def failed(self, what: str, error: LabError) -> None:
        """Report that one of several trainings has failed, for example `fold 2 of 3`, and that the others go on."""

    def training(self, epochs: int, batches: int) -> None:
        """Report that training begins, with the number of epochs and the number of batches in each epoch."""

    def batch(self, epoch: int, done: int) -> None:
        """Report that `done` batches of an epoch are finished. Epochs are counted from 1."""

    def epoch(self, epoch: int, figures: dict[str, float]) -> None:
        """Report that an epoch is finished, with its loss and metrics. Epochs are counted from 1."""

    def close(self) -> None:
        """Report that the run has ended."""


class PythonWarnings(Display):
    """Turns each warning about the data, and each failure that stops nothing, into a Python warning."""

    def warn(self, warning: Diagnostic) -> None:
        warnings.warn(render_text(warning), stacklevel=_callers_of_labc())

    def failed(self, what: str, error: LabError) -> None:
        warnings.warn(f"{what} failed: {error}", stacklevel=_callers_of_labc())


def _callers_of_labc() -> int:
    """Return the level of the first caller outside labc, for `warnings.warn` in the function that calls this one."""
    level, frame = 1, sys._getframe(1)
    while frame.f_back and frame.f_globals.get("__name__", "").partition(".")[0] == "labc":
        level, frame = level + 1, frame.f_back
    return level
