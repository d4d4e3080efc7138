"""A run that fails or is killed at any operation on its files: it is unfinished or whole, and it can be run again."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from labc.grammar.diagnostics.lab_error import LabError
from labc.runtime.runs.folder import RunFolder
from labc.runtime.runs.manifest import FILES, find_damage

from ..kill_runs import EXPERIMENT, check_rerun, kill_when
from .disk_faults import Disk, Killed, failing
from .fake_training import fake_training, run_once
from .tiny import write_tiny

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)


@pytest.fixture(scope="module")
def experiment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny(tmp_path_factory.mktemp("faults"), {"[accuracy, auc, precision, recall, specificity, f1]": "[]"})


@pytest.fixture
def cached(experiment: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for runs that only contains the cache of the images."""
    fake_training(monkeypatch)
    run = run_once(experiment, tmp_path / "runs")
    shutil.rmtree(run.folder.parent)
    return tmp_path / "runs"


def operations_of(experiment: Path, runs: Path) -> list[str]:
    """The operations of an undisturbed run."""
    disk = Disk(runs)
    with failing(disk):
        run = run_once(experiment, runs)
    assert is_whole(run.folder)
    shutil.rmtree(run.folder.parent)
    return disk.operations


def is_whole(path: Path) -> bool:
    """Whether the folder holds a finished run with all files and nothing else."""
    info = RunFolder(path).finished_info()
    assert info is None or set(info.files or ()) == set(FILES)
    names = {file.name for file in path.iterdir()}
    return info is not None and not find_damage(path, info) and names == {*FILES, "run.json"}


@contextmanager
def collecting(problems: list[BaseException], *kinds: type[BaseException]) -> Iterator[None]:
    """Add an exception of one of the kinds that the block raises to `problems`."""
    try:
        yield
    except kinds as problem:
        problems.append(problem)


def check_every_operation(
    experiment: Path, cached: Path, error_of: Callable[[int], Callable[[], BaseException]]
) -> list[BaseException]:
    """Let each operation fail in turn, and return what the runs raised."""
    total = len(operations_of(experiment, cached))
    assert total > 50
    problems: list[BaseException] = []
    for number in range(1, total + 1):
        disk = Disk(cached, number, error_of(number))
        with failing(disk), collecting(problems, LabError, Killed):
            run_once(experiment, cached)
        where = f"operation {number}, {disk.operations[number - 1]}"
        for folder in (cached / "tiny").glob("*"):
            info = RunFolder(folder).finished_info()
            assert info is None or not find_damage(folder, info), where
        again = run_once(experiment, cached)
        assert is_whole(again.folder), where
        shutil.rmtree(cached / "tiny")
    return problems


def test_a_run_on_a_disk_that_fails_is_unfinished_or_whole(experiment: Path, cached: Path) -> None:
    def error_of(number: int) -> Callable[[], OSError]:
        code = ERRORS[number % len(ERRORS)]
        return lambda: OSError(code, os.strerror(code))

    problems = check_every_operation(experiment, cached, error_of)
    assert len(problems) > 40
    diagnostics = [one for problem in problems if isinstance(problem, LabError) for one in problem.diagnostics]
    assert {one.code.value for one in diagnostics} <= {"E0605", "E0606"}
    assert all(one.help for one in diagnostics)


def test_a_run_that_is_killed_is_unfinished_or_whole(experiment: Path, cached: Path) -> None:
    assert len(check_every_operation(experiment, cached, lambda _: Killed)) > 50


def test_a_real_run_that_is_killed_can_be_run_again(tmp_path: Path) -> None:
    (tmp_path / "killed.lab").write_text(EXPERIMENT, encoding="utf-8")
    folder = tmp_path / "runs" / "killed"
    assert kill_when(tmp_path, lambda: any(folder.glob("*/history.csv"))) == "unfinished"
    assert kill_when(tmp_path, lambda: any(folder.glob("*/metrics.json"))) in ("unfinished", "finished")
    check_rerun(tmp_path)
