"""What `labc.run` returns."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ..runs.json_files import read_document
from ..runs.record import RunRecord, read_record
from ..runs.run_info import RunInfo
from ..runs.run_metrics import RunMetrics


@dataclass(frozen=True)
class Run:
    """A finished run.

    `record` is everything in its folder, typed; `info` and `metrics` are two of its files as plain data.
    Each raises LabError where a file that it needs is missing, broken, or written by a newer version of labc.
    """

    folder: Path
    trained: bool
    """False if it was trained before, so that nothing was done."""

    @cached_property
    def record(self) -> RunRecord:
        """The whole folder: `info`, `plan`, `metrics`, `history`, `predictions`."""
        return read_record(self.folder)

    @cached_property
    def info(self) -> dict[str, Any]:
        """The content of `run.json`."""
        return read_document(self.folder / "run.json", RunInfo).as_data()

    @cached_property
    def metrics(self) -> dict[str, Any]:
        """The content of `metrics.json`: `best`, `final`, and the figures on `train`, `validation` and `test`."""
        return read_document(self.folder / "metrics.json", RunMetrics).as_data()
