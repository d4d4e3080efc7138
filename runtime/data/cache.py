"""The cache of prepared images on disk. Its keys are hashes of the image contents and of the settings."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from ...compiler.sections import Data
from .cache_entry import DamagedEntry, read_entry
from .events import DataEvents
from .kept_images import KeptImages
from .one_builder import one_builder
from .pixels import Values
from .prepare_images import margin, prepare_images
from .sources import Source
from .stored_values import StoredValues

VERSION = 2  # increment it whenever a change of decoding or resizing changes the values of the pixels


def cache_key(source: Source, indices: Sequence[int], data: Data) -> str:
    """Return the cache key of images. It depends on their content, their order, and the settings that change them."""
    settings = [data.image, data.resize, data.orientation, margin(data) if data.resize == "pad" else 0]
    parts = [VERSION, settings, [source.digest(index) for index in indices]]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:24]


def load_images(
    source: Source, indices: Sequence[int], data: Data, path: Path, events: DataEvents
) -> tuple[Values, StoredValues]:
    """Return the images of a source at the given indices.

    If the cache file `path` exists, it is used. Otherwise, or if the file is damaged, the images are decoded straight
    into it, so that the memory does not grow with their number. If another process does that at the moment, this one
    waits for it. The name of the cache file must contain the key that `cache_key` returns for these images.

    The images are a read-only memory map of the file. If it cannot be written, for example because the disk is full,
    they are an array in memory.

    Output: the stored values after resizing (image, height, width, channel), and their types and range before it.

    Raises:
        LabError: if images cannot be read, which the diagnostic names; or if the file cannot be written, and the
            memory is too small.
    """
    shape = (len(indices), *data.image)
    before = _identity(path)
    if loaded := _read(path, shape, events):
        return loaded
    with one_builder(path, events):
        if _identity(path) != before and (loaded := _read(path, shape, events)):
            return loaded
        with KeptImages(path, shape, _sources(data), events) as kept:
            values = prepare_images(source, indices, data, events, kept.append)
            return kept.finish(values), values


def _read(path: Path, shape: tuple[int, ...], events: DataEvents) -> tuple[Values, StoredValues] | None:
    """Return what a file of the cache contains; None if it does not exist or is damaged."""
    if not path.is_file():
        return None
    try:
        loaded = read_entry(path, shape)
    except DamagedEntry as problem:
        events.note(f"the cached images in {path} are damaged ({problem}); the images are decoded again")
        return None
    events.images(shape[0], shape[0])
    return loaded


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what distinguishes a file from one that another process puts in its place; None if there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns


def _sources(data: Data) -> str:
    """Return the sources of the images as the `.lab` file has them."""
    return ", ".join(data.place(setting).text for setting in data.sources)
