"""The folder of one run, `runs/<experiment>/<fingerprint>/`, and what stands in its `run.json`."""

import hashlib
import json
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from ...compiler.experiment import Experiment
from ...grammar.diagnostics.codes import Code
from ..option_errors import refuse_option
from ..training.weight_files import by_content
from .atomic import write_json

FORMAT = 1  # part of every fingerprint: raised when the same experiment would come out differently


def fingerprint(experiment: Experiment, images: str, backend: str, quick: bool) -> str:
    """Twelve hexadecimal digits that stand for everything that decides how a training comes out.

    `images` is the key of the selected images. What decides is the meaning of the file (not its layout, nor the names
    in it), the content of the images and of files of weights (not the folder they lie in), the backend and its version,
    and `--quick`. The device is not among them.
    """
    meaning = experiment.meaning
    meaning["data"] = {**meaning["data"], "source": images}
    meaning["model"] = {**meaning["model"], "layers": by_content(experiment)}
    parts = [FORMAT, meaning, backend, metadata.version("keras"), metadata.version(backend), quick]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class RunFolder:
    """A run's folder on disk."""

    path: Path

    def read(self) -> dict[str, Any] | None:
        """What `run.json` holds, None if there is none that can be read."""
        try:
            held: dict[str, Any] = json.loads((self.path / "run.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return held

    @property
    def finished(self) -> bool:
        """Whether the run came to its end."""
        return (self.read() or {}).get("status") == "finished"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes out. The lock is the operating system's, so that a killed process leaves none behind.

        Raises:
            LabError: if another process is in there.
        """
        experiment = self.path.parent
        cache = experiment.parent / ".cache"
        cache.mkdir(parents=True, exist_ok=True)
        lock = FileLock(cache / f"{experiment.name}-{self.path.name}.lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            help = "wait for it, or follow its history.csv"
            refuse_option(Code.BUSY, "another process is at this very training", str(self.path), help)
        try:
            yield
        finally:
            lock.release()

    def write(self, run: dict[str, Any]) -> None:
        """Replace `run.json`."""
        write_json(self.path / "run.json", run)


def run_folder(runs: Path, experiment: Experiment, print_: str, again: bool) -> RunFolder:
    """The folder for a fingerprint; with `again` the first `<fingerprint>-2`, `-3`, … that has not finished."""
    folder = RunFolder(runs / experiment.name / print_)
    number = 2
    while again and folder.finished:
        folder = RunFolder(runs / experiment.name / f"{print_}-{number}")
        number += 1
    return folder


def describe_machine() -> dict[str, Any]:
    """The machine, as far as it bears on results and times; neither its name nor its user."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30 if hasattr(os, "sysconf") else None
    return {
        "system": platform.platform(terse=True),
        "processor": platform.processor() or platform.machine(),
        "cpus": os.cpu_count(),
        "memory_gib": round(memory, 1) if memory else None,
    }


def versions(backend: str) -> dict[str, str]:
    """The versions of what takes part in a run."""
    names = ["labc", "keras", backend, "numpy", "scikit-image", "lark", "pydantic"]
    return {"python": platform.python_version(), **{name: metadata.version(name) for name in names}}


def now() -> str:
    """The time, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def command_line() -> str:
    """How this process was called, the program by its name alone."""
    import shlex

    return shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]])
