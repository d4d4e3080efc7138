"""Keeps decoded images: in a file of the cache, or in memory where that file cannot be written."""

import math
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Self

import numpy as np
import psutil

from ....grammar.diagnostics.codes import Code
from ...option_errors import refuse_option
from ..decoding.image_file import os_reason
from ..events import DataEvents
from ..pixels import Values
from ..stored_values import StoredValues
from .entry_writer import EntryWriter


class MemoryImages:
    """Images in memory, added one after the other. An image of a wider type widens those before it."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        """Take as many images as `shape` says: (image, ...)."""
        self.images: Values = np.empty(shape, np.uint8)
        self._count = 0

    def append(self, image: Values) -> None:
        """Add the next image (...)."""
        wider = np.promote_types(self.images.dtype, image.dtype)
        if wider != self.images.dtype:
            self.images = self.images.astype(wider)
        self.images[self._count] = image
        self._count += 1


class KeptImages:
    """Images in a file of the cache. If it cannot be written, a note says so, and all images are kept in memory.

    It is used in a `with` block, at whose end an unfinished file is removed.
    """

    def __init__(self, path: Path, shape: tuple[int, ...], source: str, what: str, events: DataEvents) -> None:
        """Take as many images as `shape` says: (image, ...). Their source is `source` in the `.lab` file, `what` the
        word for them in a note, for example `images`.

        Raises:
            LabError: here and in the other methods, if the file cannot be written and the memory is too small.
        """
        self._path, self._shape, self._what, self._events = path, shape, what, events
        self._cleanup = ExitStack()
        self._images: EntryWriter | MemoryImages
        try:
            self._images = self._cleanup.enter_context(EntryWriter(path, shape, source))
        except OSError as error:
            self._images = self._in_memory((), error)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._cleanup.close()

    def append(self, image: Values) -> None:
        """Add the next image (...)."""
        try:
            self._images.append(image)
        except OSError as error:
            self._leave_file(error)
            self._images.append(image)

    def finish(self, values: StoredValues) -> Values:
        """Return all images (image, ...): a read-only memory map of the file, or an array."""
        if isinstance(self._images, EntryWriter):
            try:
                return self._images.finish(values)
            except OSError as error:
                self._leave_file(error)
        assert isinstance(self._images, MemoryImages)
        return self._images.images

    def _leave_file(self, error: OSError) -> None:
        assert isinstance(self._images, EntryWriter)
        self._images = self._in_memory(self._images.chunks(), error)
        self._cleanup.close()

    def _in_memory(self, chunks: Iterable[Values], error: OSError) -> MemoryImages:
        """Return the images until now, in memory."""
        why = f"the {self._what} cannot be cached in {self._path.parent} ({os_reason(error)})"
        images = _allocate(self._shape, self._path.parent, why)
        for chunk in chunks:
            for image in chunk:
                images.append(image)
        self._events.note(f"{why}; the run continues without the cache")
        return images


def _allocate(shape: tuple[int, ...], folder: Path, why: str) -> MemoryImages:
    """Return memory for images. `why` says that they cannot be cached in the folder.

    Raises:
        LabError: if the machine has too little memory.
    """
    memory, needed = psutil.virtual_memory().total, math.prod(shape)  # bytes, if all images consist of bytes
    with suppress(MemoryError):
        if needed < memory:
            return MemoryImages(shape)
    message = f"{why}, and are too large for the memory"
    help = "free some disk space, or choose another folder for the cache with `--cache DIR`"
    notes = (f"they need at least {needed / 2**30:.1f} GiB, and this machine has {memory / 2**30:.1f} GiB",)
    refuse_option(Code.UNWRITABLE, message, f"--cache {folder}", help, notes)
