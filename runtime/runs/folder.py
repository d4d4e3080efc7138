"""The folder of one run: its path is `runs/<experiment>/<fingerprint>/`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.lab_error import LabError
from ..option_errors import refuse_option
from .json_files import read_document, write_document
from .run_info import RunInfo


@dataclass(frozen=True)
class RunFolder:
    """A run's folder on disk."""

    path: Path

    @property
    def info_file(self) -> Path:
        """The path of `run.json`."""
        return self.path / "run.json"

    def write_info(self, info: RunInfo) -> None:
        """Replace `run.json`."""
        write_document(self.info_file, info)

    def is_finished(self) -> bool:
        """Return whether the folder holds a finished run; False if there is no `run.json`.

        Raises:
            LabError: if `run.json` is broken, or was written by a newer version of labc.
        """
        return self.info_file.exists() and read_document(self.info_file, RunInfo).status == "finished"

    def is_taken(self) -> bool:
        """Return whether the folder holds a run that must not be overwritten: a finished or an unreadable run."""
        try:
            return self.is_finished()
        except LabError:
            return True

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Lock the folder against other processes inside the block.

        The operating system holds the lock and releases it when the process ends, even if the process is killed.

        Raises:
            LabError: if another process holds the lock.
        """
        experiment = self.path.parent
        cache = experiment.parent / ".cache"
        cache.mkdir(parents=True, exist_ok=True)
        lock = FileLock(cache / f"{experiment.name}-{self.path.name}.lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            help = "wait until that process ends; `history.csv` in the run's folder shows its progress"
            refuse_option(Code.BUSY, "another process is running this training", str(self.path), help)
        try:
            yield
        finally:
            lock.release()


def run_folder(runs: Path, experiment: str, fingerprint: str, again: bool) -> RunFolder:
    """Return the folder for a fingerprint.

    With `again`, it is the first free folder of `<fingerprint>`, `<fingerprint>-2`, `<fingerprint>-3`, …

    Input: `experiment`, the file name of the `.lab` file without its extension.
    """
    folder = RunFolder(runs / experiment / fingerprint)
    number = 2
    while again and folder.is_taken():
        folder = RunFolder(runs / experiment / f"{fingerprint}-{number}")
        number += 1
    return folder
