"""The cache of prepared images on disk. Its keys are hashes of the image contents and of the settings."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from ...compiler.sections import Data
from .cache_entry import DamagedEntry, read_entry, write_entry
from .events import DataEvents
from .image_file import os_reason
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

    If the cache file `path` exists, the images are read from it. Otherwise, or if the file is damaged, they are decoded
    and written to it. If it cannot be written, for example because the disk is full, the images are returned
    nevertheless. The name of the cache file must contain the key that `cache_key` returns for these images.

    Output: the stored values after resizing (image, height, width, channel), and their types and range before it.

    Raises:
        LabError: if images cannot be read; the diagnostic names them.
    """
    if path.is_file():
        try:
            loaded = read_entry(path, (len(indices), *data.image))
        except DamagedEntry as problem:
            events.note(f"the cached images in {path} are damaged ({problem}); the images are decoded again")
        else:
            events.images(len(indices), len(indices))
            return loaded
    loaded = prepare_images(source, indices, data, events)
    try:
        write_entry(path, *loaded, _sources(data))
    except OSError as error:
        events.note(
            f"the images cannot be cached in {path.parent} ({os_reason(error)}); the run continues without the cache"
        )
    return loaded


def _sources(data: Data) -> str:
    """Return the sources of the images as the `.lab` file has them."""
    return ", ".join(data.place(setting).text for setting in data.sources)
