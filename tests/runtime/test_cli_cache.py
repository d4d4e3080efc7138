"""`labc cache` and the folder of the cache: what is in it, what prune removes, and which folder it is."""

import json
import os
import time
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import labc
from labc.runtime.cli import commands
from labc.runtime.data.caching.cache_entry import DamagedEntry, EntryDescription, describe_entry
from labc.runtime.data.caching.cache_folder import DAY
from labc.runtime.data.stored_values import StoredValues
from labc.runtime.studies.options import default_cache

from .cache_files import write_entry
from .tiny import write_tiny

VALUES = StoredValues({"uint8": 3}, 0, 200)
IMAGES = np.zeros((3, 8, 9, 1), np.uint8)


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(commands, ["cache", *map(str, arguments)])


def write_used(folder: Path, name: str, days: float) -> Path:
    path = folder / f"{name}.images"
    write_entry(path, IMAGES, VALUES, 'folder("skin")')
    os.utime(path, (time.time() - days * DAY,) * 2)
    return path


@given(st.lists(st.integers(0, 99), max_size=6, unique=True), st.integers(0, 99))
def test_prune_removes_what_was_not_used(tmp_path_factory: pytest.TempPathFactory, ages: list[int], limit: int) -> None:
    folder = tmp_path_factory.mktemp("cache")
    paths = {age: write_used(folder, f"{age:02}", age) for age in ages}
    other = folder / "notes.txt"
    other.touch()
    listed = json.loads(call("--cache", folder, "--json").stdout)
    assert [one["file"] for one in listed] == [str(paths[age]) for age in sorted(ages)]
    assert all(one["shape"] == [3, 8, 9, 1] and one["source"] == 'folder("skin")' for one in listed)
    removed = json.loads(call("--cache", folder, "--prune", str(limit), "--json").stdout)
    assert [one["file"] for one in removed] == [str(paths[age]) for age in sorted(ages) if age >= limit]
    assert set(folder.iterdir()) == {paths[age] for age in ages if age < limit} | {other}


def test_the_list_names_the_data(tmp_path: Path) -> None:
    path = write_used(tmp_path, "a", 0.1)
    write_used(tmp_path, "b", 40)
    (tmp_path / "c.images").write_bytes(b"damaged")
    lines = call("--cache", tmp_path).stdout.splitlines()
    assert [line.split()[2:] for line in lines[:-1]] == [
        ["today", "damaged", "c.images"],
        ["today", "3", "images", "8x9x1", 'folder("skin")'],
        ["40", "days", "ago", "3", "images", "8x9x1", 'folder("skin")'],
    ]
    assert lines[-1].startswith("3 files, 0.0 MB, in ")
    assert "removed 2 files" in call("--cache", tmp_path, "--prune", "30").stdout
    assert list(tmp_path.iterdir()) == [path]
    assert call("--cache", tmp_path / "nowhere").stdout == f"0 files, 0.0 MB, in {tmp_path / 'nowhere'}\n"
    assert call("--cache", tmp_path, "--prune", "-1").exit_code == 2


def test_a_description_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = write_used(tmp_path, "a", 0)
    assert describe_entry(path) == EntryDescription("uint8", (3, 8, 9, 1), 'folder("skin")', VALUES)
    for content in (b"", b"x" * 7, bytes(99), b"[]" + bytes([2, 0, 0, 0]) + bytes(4)):
        path.write_bytes(content)
        with pytest.raises(DamagedEntry):
            describe_entry(path)


def test_the_folder_is_that_of_the_option_then_of_the_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LABC_CACHE", raising=False)
    assert default_cache(Path("runs")) == Path("runs/.cache")
    monkeypatch.setenv("LABC_CACHE", str(tmp_path / "shared"))
    assert default_cache(Path("runs")) == tmp_path / "shared"
    path = write_tiny(tmp_path)
    for name, given_folder in (("shared", None), ("given", tmp_path / "given")):
        labc.run(path, tmp_path / f"runs of {name}", quick=True, cache=given_folder)
        assert [one.suffix for one in (tmp_path / name).iterdir()] == [".images"]
        assert not (tmp_path / f"runs of {name}" / ".cache").exists()
    first, second = (next((tmp_path / name).iterdir()) for name in ("shared", "given"))
    assert (first.name, first.read_bytes()) == (second.name, second.read_bytes())
