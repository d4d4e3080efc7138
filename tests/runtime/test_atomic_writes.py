"""Temporary files: none is left after an error, and those of killed processes are removed."""

import os
import time
from contextlib import suppress
from pathlib import Path

import pytest

from labc.runtime.runs.atomic import ABANDONED, remove_abandoned, remove_temporaries, replacing, write_text

OLD = time.time() - 2 * ABANDONED


def write(path: Path, changed: float | None = None) -> Path:
    path.write_text("part of a file")
    if changed is not None:
        os.utime(path, (changed, changed))
    return path


def test_an_error_leaves_the_old_file_and_no_temporary_file(tmp_path: Path) -> None:
    write_text(tmp_path / "a.json", "old")
    with suppress(ZeroDivisionError), replacing(tmp_path / "a.json") as temporary:
        temporary.write_text("new")
        raise ZeroDivisionError
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


def test_the_permissions_of_the_old_file_are_kept(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json")
    path.chmod(0o640)
    write_text(path, "new")
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("new", 0o640)


def test_temporary_files_of_a_locked_folder_are_removed(tmp_path: Path) -> None:
    with replacing(tmp_path / "model.keras") as temporary:
        write(temporary)
        for name in (".run.json.12.new", ".new.keras"):  # written by labc 0.1
            write(tmp_path / name)
        kept = {write(tmp_path / name) for name in ("run.json", ".DS_Store", ".hidden.new", "1-0a1b2c3d.new.json")}
        remove_temporaries(tmp_path)
        assert set(tmp_path.iterdir()) == kept
        write(temporary)


@pytest.mark.parametrize("name", [".12-0a1b2c3d.new.images", ".0a1b.images.12.new", ".0a1b.npy.12.new"])
def test_only_old_temporary_files_are_abandoned(tmp_path: Path, name: str) -> None:
    remove_abandoned(tmp_path)
    kept = {write(tmp_path / "0a1b.images", OLD), write(tmp_path / "0a1b.lock", OLD)}
    abandoned = write(tmp_path / name, OLD)
    remove_abandoned(tmp_path)
    assert set(tmp_path.iterdir()) == kept
    write(abandoned)  # another process writes it at the moment
    remove_abandoned(tmp_path)
    assert abandoned.exists()
