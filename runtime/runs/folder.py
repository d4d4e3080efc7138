"""The folder of one run: its path is `runs/<experiment>/<fingerprint>/`."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, islice, takewhile
from pathlib import Path

from filelock import FileLock, Timeout

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.lab_error import LabError
from ..option_errors import refuse_option
from .atomic import remove_temporaries
from .file_errors import refuse_file, unread
from .file_names import folded_name, folder_name
from .json_files import read_document, write_document
from .manifest import FILES, seal_files
from .run_info import RunInfo

LOCKS = ".locks"
"""The folder below `runs/` for locks. No experiment has this name: see `folder_name`."""


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

    def start(self, info: RunInfo) -> None:
        """Write `run.json` of a run that starts, and remove what an earlier, unfinished run has left in the folder.

        The caller holds the lock.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        self.write_info(info)
        remove_temporaries(self.path)
        for name in FILES:
            (self.path / name).unlink(missing_ok=True)

    def finish(self, info: RunInfo) -> None:
        """Write `run.json` of a finished run, with the sizes and hashes of its files, after all files are on the disk.

        The caller holds the lock.
        """
        self.write_info(info.model_copy(update={"status": "finished", "files": seal_files(self.path)}))

    def finished_info(self) -> RunInfo | None:
        """Return `run.json` of a finished run; None if the folder does not exist or holds an unfinished run.

        Raises:
            LabError: if `run.json` is broken, is of another run, or was written by a newer version of labc; or if it is
                missing, but the folder contains other files of a run.
        """
        try:
            missing = not self.info_file.exists()
            if missing and not any((self.path / name).exists() for name in FILES):
                return None
        except OSError as error:
            refuse_file(unread(self.info_file), f"cannot be read: {error.strerror or error}")
        info = read_document(self.info_file, RunInfo)
        if info.status == "finished" and info.fingerprint != self.path.name.partition("-")[0]:
            refuse_file(unread(self.info_file), f"is of another run, whose fingerprint is `{info.fingerprint}`")
        return info if info.status == "finished" else None

    def is_taken(self) -> bool:
        """Return whether the path holds what must not be overwritten: a finished or an unreadable run, or no folder."""
        if os.path.lexists(self.path) and not self.path.is_dir():
            return True
        try:
            return self.finished_info() is not None
        except LabError:
            return True

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Lock the folder against other processes inside the block.

        The operating system holds the lock and releases it when the process ends, even if the process is killed.

        Raises:
            LabError: if another process holds the lock.
        """
        self._lock_file.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._lock_file, timeout=0)
        try:
            lock.acquire()
        except Timeout:
            help = "wait until that process ends; `history.csv` in the run's folder shows its progress"
            refuse_option(Code.BUSY, "another process is running this training", str(self.path), help)
        try:
            yield
        finally:
            lock.release()

    @property
    def _lock_file(self) -> Path:
        """The lock file. Its name has a constant length, and is equal for two paths that may be the same folder."""
        experiment = folded_name(self.path.parent.name)
        number = hashlib.sha256(experiment.encode()).hexdigest()[:12]
        return self.path.parent.parent / LOCKS / f"{self.path.name}-{number}.lock"


def run_folder(runs: Path, experiment: str, fingerprint: str, again: bool) -> RunFolder:
    """Return the folder for a fingerprint.

    With `again`, it is the first free folder of `<fingerprint>`, `<fingerprint>-2`, `<fingerprint>-3`, …

    Input: `experiment`, the file name of the `.lab` file without its extension.
    """
    return next(folder for folder in _folders(runs, experiment, fingerprint) if not (again and folder.is_taken()))


def later_folders(runs: Path, experiment: str, fingerprint: str) -> Iterator[RunFolder]:
    """Yield the existing folders `<fingerprint>-2`, `<fingerprint>-3`, …, which `--again` has written."""
    later = islice(_folders(runs, experiment, fingerprint), 1, None)
    return takewhile(lambda folder: folder.path.exists(), later)


def _folders(runs: Path, experiment: str, fingerprint: str) -> Iterator[RunFolder]:
    parent = runs / folder_name(experiment)
    yield RunFolder(parent / fingerprint)
    for number in count(2):
        yield RunFolder(parent / f"{fingerprint}-{number}")
