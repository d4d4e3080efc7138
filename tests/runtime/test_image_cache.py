"""The cache of images: whatever happens to its files, a run gets the images that decoding gives."""

import os
import pickle
import resource
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import labc
from labc.compiler.sections import Data
from labc.runtime.cli.views.console import ErrorConsole
from labc.runtime.cli.views.progress import Live
from labc.runtime.data.caching.cache import load_images
from labc.runtime.data.caching.cache_entry import DamagedEntry, EntryDescription, read_entry
from labc.runtime.data.pixels import StoredImage
from labc.runtime.data.sources import Source
from labc.runtime.data.stored_values import StoredValues
from labc.runtime.runs.atomic import write_atomically
from labc.runtime.studies.display import Display

from .cache_files import write_entry
from .tiny import write_tiny

SHAPE = (5, 16, 16, 1)
IMAGES = np.random.default_rng(0).integers(0, 256, SHAPE, np.uint8)
SOURCE = "phantom(skin, images = 40)"
VALUES = StoredValues({"uint8": 5}, float(IMAGES.min()), float(IMAGES.max()))


class Given(Source):
    """Images of the size of the tiny experiment, so that decoding them changes nothing."""

    names = tuple(f"{number}.png" for number in range(len(IMAGES)))

    def read(self, index: int) -> StoredImage:
        return StoredImage(IMAGES[index], "array")

    def digest(self, index: int) -> str:
        return str(index)


@dataclass
class Cache:
    """One file of a cache, and what `load` did."""

    file: Path
    data: Data
    notes: list[str] = field(default_factory=list)

    def load(self) -> list[str]:
        """Load the images, check them, and return the notes."""
        self.notes = []
        display = Display()
        display.note = self.notes.append  # type: ignore[method-assign, assignment]
        loaded, values = load_images(Given(), range(len(IMAGES)), self.data, self.file, display)
        np.testing.assert_array_equal(loaded, IMAGES)
        assert loaded.dtype == np.uint8
        assert values == VALUES
        return self.notes


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    folder = tmp_path_factory.mktemp("cache")
    data = labc.load(write_tiny(folder)).experiment.data
    assert data
    return Cache(folder / "cache" / "key.images", data)


def test_a_written_file_is_read_without_a_note(cache: Cache) -> None:
    assert cache.load() == []
    content = cache.file.read_bytes()
    assert cache.load() == []
    assert cache.file.read_bytes() == content
    np.testing.assert_array_equal(np.memmap(cache.file, np.uint8, "r", shape=SHAPE), IMAGES)


DESCRIPTION = EntryDescription("uint8", SHAPE, SOURCE, VALUES).as_text()
LENGTH = IMAGES.nbytes + len(DESCRIPTION) + 1000  # a little less than that of the file
PLACES = st.integers(0, LENGTH - 1)
DAMAGE = st.one_of(
    st.tuples(PLACES, st.integers(1, 255)).map(lambda flip: lambda old: _flipped(old, *flip)),
    PLACES.map(lambda end: lambda old: old[:end]),
    PLACES.map(lambda end: lambda old: old[:end] + bytes(LENGTH - end)),
    st.binary(min_size=1, max_size=9).map(lambda more: lambda old: old + more),
    st.binary(max_size=LENGTH).map(lambda new: lambda _: new),
    st.tuples(PLACES, st.binary(min_size=1, max_size=300)).map(lambda new: lambda old: _overwritten(old, *new)),
)


def _flipped(content: bytes, place: int, bits: int) -> bytes:
    return content[:place] + bytes([content[place] ^ bits]) + content[place + 1 :]


def _overwritten(content: bytes, place: int, new: bytes) -> bytes:
    return (content[:place] + new + content[place + len(new) :])[: len(content)]


@given(DAMAGE)
def test_any_damage_is_noted_and_repaired(cache: Cache, damage: Callable[[bytes], bytes]) -> None:
    write_entry(cache.file, IMAGES, VALUES, SOURCE)
    content = cache.file.read_bytes()
    damaged = damage(content)
    cache.file.write_bytes(damaged)
    notes = cache.load()
    if damaged == content:
        assert notes == []
    else:
        (note,) = notes
        assert "are damaged" in note and str(cache.file) in note
    assert cache.file.read_bytes() == content
    assert cache.load() == []


def test_a_note_gives_the_reason(cache: Cache) -> None:
    for damaged, expected in (
        (b"", "the file has only 0 bytes"),
        (bytes(9999), "the checksum is wrong"),
        (bytes(LENGTH), "the checksum is wrong"),
    ):
        cache.file.write_bytes(damaged)
        assert cache.load() == [
            f"the cached images in {cache.file} are damaged ({expected}); the images are decoded again"
        ]


def npy(array: np.ndarray) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with path.open("wb") as file:
            np.save(file, array)

    return write


class Payload:
    """Creates a file when it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("unpickled",)


FOREIGN: dict[str, Callable[[Path], object]] = {
    "nan": lambda path: path.write_bytes(np.full(LENGTH // 4, np.nan, np.float32).tobytes()),
    "zeros": lambda path: path.write_bytes(bytes(LENGTH)),
    "npy": npy(IMAGES),
    "floats": npy(np.full(SHAPE, np.nan, np.float32)),
    "objects": npy(np.array([Payload()])),
    "pickle": lambda path: path.write_bytes(pickle.dumps(Payload())),
    "another shape": lambda path: write_entry(path, IMAGES[:, :8], VALUES, SOURCE),
    "another key": lambda path: write_entry(path.with_name("other.images"), ~IMAGES, VALUES, SOURCE),
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_file_of_another_kind_is_not_used(
    cache: Cache, kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    FOREIGN[kind](cache.file)
    if kind == "another key":
        cache.file.with_name("other.images").replace(cache.file)
    assert len(cache.load()) == 1
    assert cache.load() == []
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_in_the_cache_is_replaced(cache: Cache) -> None:
    cache.file.unlink(missing_ok=True)
    os.mkfifo(cache.file)
    cache.load()
    assert cache.file.is_file()


def test_a_folder_in_the_place_of_the_file_does_not_stop_the_run(cache: Cache) -> None:
    cache.file.unlink(missing_ok=True)
    cache.file.mkdir()
    (note,) = cache.load()
    assert note.endswith("(Is a directory); the run continues without the cache")
    cache.file.rmdir()
    assert cache.load() == []


def test_a_file_that_cannot_be_read_is_decoded_again(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    write_entry(cache.file, IMAGES, VALUES, SOURCE)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", refuse)
        with pytest.raises(DamagedEntry, match="Permission denied"):
            read_entry(cache.file, SHAPE)
        assert len(cache.load()) == 2
    assert cache.load() == []


def test_a_full_disk_leaves_no_file_and_does_not_stop_the_run(cache: Cache) -> None:
    cache.file.unlink(missing_ok=True)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (IMAGES.nbytes // 2, hard))  # writes fail as on a full disk
    try:
        (note,) = cache.load()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert note.endswith("(File too large); the run continues without the cache")
    assert list(cache.file.parent.iterdir()) == []


def test_temporary_files_of_killed_processes_are_removed(cache: Cache) -> None:
    def kill(_: object) -> None:
        os._exit(9)

    cache.file.unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        write_atomically(cache.file, kill)
    os.waitpid(child, 0)
    (left,) = cache.file.parent.iterdir()
    cache.load()  # the file may belong to a process that is still writing it
    assert left.exists()
    os.utime(left, (0, 0))
    cache.file.unlink()
    cache.load()
    assert list(cache.file.parent.iterdir()) == [cache.file]


def test_a_note_is_one_line_on_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    live = Live(ErrorConsole())
    live.note("the cached images in [bold]runs[/nothing] " + "are damaged " * 20)
    live.close()
    out, err = capfd.readouterr()
    assert out == ""
    assert err == "note: the cached images in [bold]runs[/nothing] " + "are damaged " * 20 + "\n"
