"""The result of `labc.run`."""

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

    `record` is the content of its folder as typed objects; `info` and `metrics` are two of its files as dictionaries.
    These three properties raise LabError if a file is missing, broken, or written by a newer version of labc.
    """

    folder: Path
    trained: bool
    """True if this call trained the model; False if it only found a finished run."""
    restored: tuple[str, ...] = ()
    """The files of a found run that were missing or damaged, and that this call has made again."""

    @cached_property
    def record(self) -> RunRecord:
        """The content of the folder: `info`, `plan`, `metrics`, `history`, `predictions`."""
        return read_record(self.folder)

    @cached_property
    def info(self) -> dict[str, Any]:
        """The content of `run.json`."""
        return read_document(self.folder / "run.json", RunInfo).as_data()

    @cached_property
    def metrics(self) -> dict[str, Any]:
        """The content of `metrics.json`: `best`, `final`, `claims`, and the values on `train`, `validation`, `test`."""
        return read_document(self.folder / "metrics.json", RunMetrics).as_data()
