"""Several processes that build one entry of the image cache, some of which are killed."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from labc.runtime.data.caching.cache_entry import read_entry

from .cache_builder import COUNT, IMAGES

WAITS = "another run is reading the same images; this run waits for it\n"


@contextmanager
def building(folder: Path, waiting: int = -1) -> "Iterator[subprocess.Popen[str]]":
    """A process that builds the entry, and waits at an image; the end of the block kills it."""
    command = [sys.executable, "-m", "tests.runtime.cache_builder", str(folder), str(waiting)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def reads(folder: Path) -> int:
    """The number of images that all processes have decoded."""
    log = folder / "reads"
    return len(log.read_text(encoding="utf-8").splitlines()) if log.exists() else 0


def wait_for_reads(folder: Path, count: int) -> None:
    """Wait until all processes together have decoded as many images."""
    end = time.monotonic() + 60
    while reads(folder) < count:
        assert time.monotonic() < end
        time.sleep(0.005)


def check_entry(folder: Path) -> None:
    """The entry is right."""
    images, _ = read_entry(folder / "cache" / "key.images", IMAGES.shape)
    np.testing.assert_array_equal(images, IMAGES)


def test_a_second_process_waits_for_the_first_and_decodes_nothing(tmp_path: Path) -> None:
    with building(tmp_path, waiting=9) as first:
        wait_for_reads(tmp_path, 9)
        with building(tmp_path) as second:
            assert second.stdout
            assert second.stdout.readline() == WAITS
            (tmp_path / "go").touch()
            assert [process.communicate()[0] for process in (first, second)] == ["right\n"] * 2
    assert reads(tmp_path) == COUNT
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["key.images"]
    check_entry(tmp_path)


def test_two_processes_without_a_lock_both_get_the_images(tmp_path: Path) -> None:
    (tmp_path / "cache" / ".key.lock").mkdir(parents=True)  # cannot be locked
    with building(tmp_path, waiting=9) as first:
        wait_for_reads(tmp_path, 9)
        with building(tmp_path) as second:
            assert second.communicate()[0] == "right\n"
        (tmp_path / "go").touch()
        assert first.communicate()[0] == "right\n"
    assert reads(tmp_path) == 2 * COUNT
    check_entry(tmp_path)


def test_the_one_that_waits_goes_on_if_the_other_is_killed(tmp_path: Path) -> None:
    with building(tmp_path, waiting=COUNT // 2) as first:
        wait_for_reads(tmp_path, COUNT // 2)
        with building(tmp_path) as second:
            assert second.stdout
            assert second.stdout.readline() == WAITS
            first.kill()
            assert second.communicate()[0] == "right\n"
    check_entry(tmp_path)


@pytest.mark.parametrize("moment", [1, COUNT // 2 + 6, COUNT - 1])
def test_a_killed_process_leaves_nothing_that_is_read(tmp_path: Path, moment: int) -> None:
    with building(tmp_path, waiting=moment) as process:
        wait_for_reads(tmp_path, moment)
        process.kill()
    assert not (tmp_path / "cache" / "key.images").exists()
    with building(tmp_path) as process:
        assert process.communicate()[0] == "right\n"
    check_entry(tmp_path)
    left = {path.name for path in (tmp_path / "cache").iterdir() if not path.name.endswith(".new.images")}
    assert left == {"key.images"}
