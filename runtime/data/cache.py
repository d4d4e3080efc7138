"""The cache of prepared images on disk, keyed by file content and settings, so that no image is decoded twice."""

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
from ..runs.atomic import write_atomically
from .labels import SHOWN
from .resize import Bytes, NotAnImage, prepare
from .sources import Source

VERSION = 1  # raise it whenever decoding or resizing gives other values

Step = Callable[[int, int], None]  # called with the number of images done and the number of all images


def cache_key(source: Source, indices: Sequence[int], data: Data) -> str:
    """A key that changes with the content of any image, their order, the image size and the resize mode."""
    parts = [VERSION, data.image, data.resize, [source.digest(index) for index in indices]]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:24]


def load_images(source: Source, indices: Sequence[int], data: Data, path: Path, step: Step) -> Bytes:
    """The images at `indices` of a source.

    Reads them from the cache file `path` if it exists; otherwise decodes them and writes it. Its name must contain
    their key.

    Output: bytes (image, height, width, channel).

    Raises:
        LabError: naming every image that cannot be read.
    """
    if path.is_file():
        images: Bytes = np.load(path)
        step(len(indices), len(indices))
        return images
    # The arrays are small: with several BLAS threads a busy machine spends more time on waiting than on computing.
    with threadpool_limits(limits=1, user_api="blas"):
        images = _prepare_all(source, indices, data, step)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, lambda file: np.save(file, images))
    return images


def _prepare_all(source: Source, indices: Sequence[int], data: Data, step: Step) -> Bytes:
    images = np.empty((len(indices), *data.image), np.uint8)
    unreadable: list[str] = []
    for position, index in enumerate(indices):
        try:
            images[position] = prepare(source.read(index), data.image, data.resize)
        except (OSError, ValueError, SyntaxError) as error:  # Pillow raises SyntaxError for a broken PNG
            # The messages of the decoding libraries are about their plugins; only our own reasons help a user.
            why = str(error) if isinstance(error, NotAnImage) else "not an image, or a damaged one"
            unreadable.append(f"{source.names[index]}: {why}")
        step(position + 1, len(indices))
    if unreadable:
        raise LabError([_unreadable(unreadable, data)])
    return images


def _unreadable(files: list[str], data: Data) -> Diagnostic:
    count = "1 image" if len(files) == 1 else f"{len(files)} images"
    more = (f"and {len(files) - SHOWN} more",) if len(files) > SHOWN else ()
    notes = (*sorted(files)[:SHOWN], *more)
    help = "repair or remove them; labc leaves no image out silently"
    place = data.place("source")
    return Diagnostic(Code.UNREADABLE_IMAGE, f"{count} cannot be read", place, help=help, notes=notes)
