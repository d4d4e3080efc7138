"""The cache of prepared images on disk. Its keys are hashes of the image contents and of the settings."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from ...compiler.sections import Data
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.terminal_text import printable
from .cache_entry import DamagedEntry, read_entry, write_entry
from .events import DataEvents
from .image_file import os_reason
from .image_limits import NotAnImage
from .labels import SHOWN
from .pixels import Values
from .resize import prepare
from .sources import Source
from .stored_values import StoredValues, ValueCounter

VERSION = 2  # increment it whenever a change of decoding or resizing changes the values of the pixels

_TYPES = [np.dtype(one) for one in (np.uint8, np.uint16, np.float32)]  # each can hold the values of those before it


def cache_key(source: Source, indices: Sequence[int], data: Data) -> str:
    """Return the cache key of images. It depends on their content, their order, and the settings that change them."""
    settings = [data.image, data.resize, data.orientation, _margin(data) if data.resize == "pad" else 0]
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
    # The arrays are small: with several BLAS threads, a busy machine waits longer for the threads than it computes.
    with threadpool_limits(limits=1, user_api="blas"):
        loaded = _prepare_all(source, indices, data, events)
    try:
        write_entry(path, *loaded)
    except OSError as error:
        events.note(
            f"the images cannot be cached in {path.parent} ({os_reason(error)}); the run continues without the cache"
        )
    return loaded


def _margin(data: Data) -> float:
    """Return the stored value that is black."""
    return data.window[0] if data.window else 0


def _prepare_all(source: Source, indices: Sequence[int], data: Data, events: DataEvents) -> tuple[Values, StoredValues]:
    images: Values = np.empty((len(indices), *data.image), np.uint8)
    values = ValueCounter()
    unreadable: list[str] = []
    for position, index in enumerate(indices):
        try:
            pixels = source.read(index)
            image = prepare(pixels, data.image, data.resize, _margin(data))
            images = _widened(images, image)
            images[position] = image
            values.add(pixels)
        except NotAnImage as reason:
            unreadable.append(f"{printable(source.names[index])}: {reason}")
        events.images(position + 1, len(indices))
    if unreadable:
        raise LabError([_unreadable(unreadable, data)])
    return images, values.values


def _widened(images: Values, image: Values) -> Values:
    """Return the images with a type that can hold the values of another image too."""
    if _TYPES.index(image.dtype) <= _TYPES.index(images.dtype):
        return images
    return images.astype(np.uint16) if image.dtype == np.uint16 else images.astype(np.float32)


def _unreadable(files: list[str], data: Data) -> Diagnostic:
    count = "1 image" if len(files) == 1 else f"{len(files)} images"
    more = (f"and {len(files) - SHOWN} more",) if len(files) > SHOWN else ()
    notes = (*sorted(files)[:SHOWN], *more)
    help = "repair or remove these files; labc does not skip images"
    place = data.place("source")
    return Diagnostic(Code.UNREADABLE_IMAGE, f"{count} cannot be read", place, help=help, notes=notes)
