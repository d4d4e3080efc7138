"""What is written image by image, of whatever types and onto whatever disk, is what NumPy puts into one array."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labc.grammar.diagnostics.codes import Code
from labc.grammar.diagnostics.lab_error import LabError
from labc.runtime.data.caching import entry_writer
from labc.runtime.data.caching.cache_entry import describe_entry, read_entry
from labc.runtime.data.caching.entry_writer import EntryWriter
from labc.runtime.data.caching.kept_images import KeptImages, MemoryImages
from labc.runtime.data.stored_values import StoredValues
from labc.runtime.studies.display import Display

VALUES = StoredValues({"uint8": 3, "float64": 1}, -1.5, 1e300)
TYPES = st.sampled_from([np.uint8, np.uint16, np.float32])


@st.composite
def image_lists(draw: st.DrawFn) -> list[np.ndarray[Any, Any]]:
    """Images of one shape, with one to four axes, and several types."""
    shape = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    random = np.random.default_rng(draw(st.integers(0, 9)))
    types = draw(st.lists(TYPES, min_size=1, max_size=20))
    return [
        random.integers(0, np.iinfo(np.uint8 if one is np.uint8 else np.uint16).max, shape).astype(one) for one in types
    ]


CHUNKS = st.sampled_from([1, 7, 64, 4096])


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache") / "key.images"


@given(image_lists(), CHUNKS)
def test_the_file_holds_what_numpy_stacks(path: Path, images: list[np.ndarray[Any, Any]], chunk: int) -> None:
    expected = np.stack(images)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(entry_writer, "CHUNK", chunk)
        with EntryWriter(path, expected.shape, 'folder("skin")') as writer:
            for image in images:
                writer.append(image)
            assert np.concatenate([*writer.chunks()]).tobytes() == expected.tobytes()
            mapped = writer.finish(VALUES)
    again, values = read_entry(path, expected.shape)
    memory = MemoryImages(expected.shape)
    for image in images:
        memory.append(image)
    for found in (mapped, again, memory.images):
        assert found.dtype == expected.dtype
        np.testing.assert_array_equal(found, expected)
    assert not mapped.flags.writeable
    assert not again.flags.writeable
    assert values == VALUES
    assert describe_entry(path).shape == expected.shape
    assert [*path.parent.iterdir()] == [path]


@contextmanager
def small_disk(size: int) -> Iterator[None]:
    """No file may be larger: writes fail as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


class Notes(Display):
    """Collects the notes."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def note(self, text: str) -> None:
        self.notes.append(text)


@given(image_lists(), CHUNKS, st.floats(0, 1))
def test_a_disk_that_becomes_full_loses_no_image(
    path: Path, images: list[np.ndarray[Any, Any]], chunk: int, share: float
) -> None:
    path.unlink(missing_ok=True)
    expected = np.stack(images)
    display = Notes()
    with pytest.MonkeyPatch.context() as patched, small_disk(int(share * expected.nbytes)):
        patched.setattr(entry_writer, "CHUNK", chunk)
        with KeptImages(path, expected.shape, "", "images", display) as kept:
            for image in images:
                kept.append(image)
            found = kept.finish(VALUES)
    assert found.dtype == expected.dtype
    np.testing.assert_array_equal(found, expected)
    (note,) = display.notes
    assert note.endswith("(File too large); the run continues without the cache")
    assert [*path.parent.iterdir()] == []


def test_too_large_for_the_disk_and_the_memory(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shape = (10, 2**20)

    class Memory:
        total = 2**22

    images = np.zeros(shape, np.uint8)
    monkeypatch.setattr(psutil, "virtual_memory", Memory)
    monkeypatch.setattr(entry_writer, "CHUNK", 2**18)

    def keep_all() -> None:
        with KeptImages(path, shape, "", "masks", Display()) as kept:
            for image in images:
                kept.append(image)

    with small_disk(2**22), pytest.raises(LabError) as caught:
        keep_all()
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code is Code.UNWRITABLE
    assert diagnostic.message.startswith("the masks cannot be cached in ")
    assert "(File too large), and are too large for the memory" in diagnostic.message
    assert diagnostic.notes == ("they need at least 0.0 GiB, and this machine has 0.0 GiB",)
    assert [*path.parent.iterdir()] == []


def test_what_is_not_finished_is_removed(path: Path) -> None:
    def interrupted(writer: EntryWriter) -> None:
        writer.append(np.zeros(3, np.uint8))
        raise KeyboardInterrupt

    path.unlink(missing_ok=True)
    with pytest.raises(KeyboardInterrupt), EntryWriter(path, (2, 3), "") as writer:
        interrupted(writer)
    assert [*path.parent.iterdir()] == []
