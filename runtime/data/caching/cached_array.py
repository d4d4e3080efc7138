"""Gets an array from its file in the cache, or builds it there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeAlias

from ..events import DataEvents
from ..pixels import Values
from ..stored_values import StoredValues
from .cache_entry import DamagedEntry, read_entry
from .kept_images import KeptImages
from .one_builder import one_builder

Build: TypeAlias = Callable[[Callable[[Values], object]], StoredValues]
"""Passes each image to its argument, one after the other, and returns what the file says about the stored values."""


def cached_array(
    path: Path, shape: tuple[int, ...], source: str, what: str, build: Build, events: DataEvents
) -> tuple[Values, StoredValues]:
    """Return images, or for example masks, from the file `path` of the cache.

    If the file does not exist or is damaged, `build` makes the images, and they are written straight into the file, so
    that the memory does not grow with their number. If another process does that at the moment, this one waits for it.

    The images are a read-only memory map of the file. If it cannot be written, for example because the disk is full,
    they are an array in memory.

    Input: `shape`, that of all images (image, ...); `source`, the source as in the `.lab` file; `what`, the images in
    a note, for example `images`.

    Raises:
        LabError: if `build` does, or if the file cannot be written, and the memory is too small.
    """
    before = _identity(path)
    if loaded := _read(path, shape, what, events):
        return loaded
    with _no_new_folder_after_a_failure(path.parent), one_builder(path, what, events):
        if _identity(path) != before and (loaded := _read(path, shape, what, events)):
            return loaded
        with KeptImages(path, shape, source, what, events) as kept:
            values = build(kept.append)
            return kept.finish(values), values


def _read(path: Path, shape: tuple[int, ...], what: str, events: DataEvents) -> tuple[Values, StoredValues] | None:
    """Return what a file of the cache contains; None if it does not exist or is damaged."""
    if not path.is_file():
        return None
    try:
        loaded = read_entry(path, shape)
    except DamagedEntry as problem:
        events.note(f"the cached {what} in {path} are damaged ({problem}); the {what} are decoded again")
        return None
    events.images(shape[0], shape[0])
    return loaded


@contextmanager
def _no_new_folder_after_a_failure(folder: Path) -> Iterator[None]:
    """Remove the folders that the block has made if it fails, unless they contain something."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        yield
    except BaseException:
        with suppress(OSError):
            for one in missing:
                one.rmdir()
        raise


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what distinguishes a file from one that another process puts in its place; None if there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns
