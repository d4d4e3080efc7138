"""The cache of prepared images on disk. Its keys are hashes of the image contents and of the settings."""

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from ...compiler.sections import Data
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.terminal_text import printable
from .cache_entry import DamagedEntry, read_entry, write_entry
from .image_file import os_reason
from .image_limits import NotAnImage
from .labels import SHOWN
from .pixels import Bytes
from .resize import prepare
from .sources import Source

VERSION = 1  # increment it whenever a change of decoding or resizing changes the values of the pixels

Step = Callable[[int, int], None]  # receives the number of images that are ready and the number of all images
Note = Callable[[str], None]  # receives a sentence for the user about something that does not stop the run


def cache_key(source: Source, indices: Sequence[int], data: Data) -> str:
    """Return the cache key of images. It depends on their content, their order, the image size and the resize mode."""
    parts = [VERSION, data.image, data.resize, [source.digest(index) for index in indices]]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:24]


def load_images(source: Source, indices: Sequence[int], data: Data, path: Path, step: Step, note: Note) -> Bytes:
    """Return the images of a source at the given indices.

    If the cache file `path` exists, the images are read from it. Otherwise, or if the file is damaged, they are decoded
    and written to it. If it cannot be written, for example because the disk is full, the images are returned
    nevertheless. The name of the cache file must contain the key that `cache_key` returns for these images.

    Output: bytes (image, height, width, channel).

    Raises:
        LabError: if images cannot be read; the diagnostic names them.
    """
    if path.is_file():
        try:
            images = read_entry(path, (len(indices), *data.image))
        except DamagedEntry as problem:
            note(f"the cached images in {path} are damaged ({problem}); the images are decoded again")
        else:
            step(len(indices), len(indices))
            return images
    # The arrays are small: with several BLAS threads, a busy machine waits longer for the threads than it computes.
    with threadpool_limits(limits=1, user_api="blas"):
        images = _prepare_all(source, indices, data, step)
    try:
        write_entry(path, images)
    except OSError as error:
        note(f"the images cannot be cached in {path.parent} ({os_reason(error)}); the run continues without the cache")
    return images


def _prepare_all(source: Source, indices: Sequence[int], data: Data, step: Step) -> Bytes:
    images = np.empty((len(indices), *data.image), np.uint8)
    unreadable: list[str] = []
    for position, index in enumerate(indices):
        try:
            images[position] = prepare(source.read(index), data.image, data.resize)
        except NotAnImage as reason:
            unreadable.append(f"{printable(source.names[index])}: {reason}")
        step(position + 1, len(indices))
    if unreadable:
        raise LabError([_unreadable(unreadable, data)])
    return images


def _unreadable(files: list[str], data: Data) -> Diagnostic:
    count = "1 image" if len(files) == 1 else f"{len(files)} images"
    more = (f"and {len(files) - SHOWN} more",) if len(files) > SHOWN else ()
    notes = (*sorted(files)[:SHOWN], *more)
    help = "repair or remove these files; labc does not skip images"
    place = data.place("source")
    return Diagnostic(Code.UNREADABLE_IMAGE, f"{count} cannot be read", place, help=help, notes=notes)
