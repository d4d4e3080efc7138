"""Prepared images, kept on disk under a key of the files' contents and the settings, so that nothing is read twice."""

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
from .decode import Bytes, NotAnImage, prepare
from .labels import SHOWN
from .sources import Source

VERSION = 1  # raised whenever reading or resizing changes what comes out

Step = Callable[[int, int], None]  # told how many images of how many are done


def cache_key(source: Source, indices: Sequence[int], data: Data) -> str:
    """A key that changes with the content of any image, with their order, and with the size or fit asked for."""
    parts = [VERSION, data.image, data.resize, [source.digest(index) for index in indices]]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:24]


def load_images(source: Source, indices: Sequence[int], data: Data, path: Path, step: Step) -> Bytes:
    """The images at `indices` of a source, as bytes (image, height, width, channel).

    Read from `path`, whose name is to hold their key, if it is there; else prepared, and written there.

    Raises:
        LabError: naming every image that cannot be read.
    """
    if path.is_file():
        images: Bytes = np.load(path)
        step(len(indices), len(indices))
        return images
    # The arrays are small: on a busy machine BLAS's threads would spend more time waiting for each other than working.
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
        except (OSError, ValueError, SyntaxError) as error:  # SyntaxError: Pillow's for a broken PNG
            # What the reading libraries say is about their plugins; only our own refusals are of use.
            why = str(error) if isinstance(error, NotAnImage) else "no image, or a damaged one"
            unreadable.append(f"{source.names[index]}: {why}")
        step(position + 1, len(indices))
    if unreadable:
        count = "1 image" if len(unreadable) == 1 else f"{len(unreadable)} images"
        more = (f"and {len(unreadable) - SHOWN} more",) if len(unreadable) > SHOWN else ()
        message = f"{count} cannot be read"
        place, notes = data.place("source"), (*sorted(unreadable)[:SHOWN], *more)
        help = "mend or remove them; nothing was left out quietly"
        raise LabError([Diagnostic(Code.UNREADABLE_IMAGE, message, place, help=help, notes=notes)])
    return images
