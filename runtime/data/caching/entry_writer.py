"""Writes a file of the image cache, one image after the other, in bounded memory."""

import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from ...runs.atomic import remove_abandoned, temporary_path
from ..pixels import Values
from ..stored_values import StoredValues
from .cache_entry import CHUNK, END, EntryDescription, map_images, start_checksum

_ROOM = 1024  # bytes of a description besides the source; the types of the images need most of them


class EntryWriter:
    """A file of the cache that is being written. It has a temporary name until it is complete.

    The images begin as bytes. An image of a wider type, uint16 or float32, widens those before it: the file is written
    again. The file is not synchronised with the disk, because its checksum detects the damage of a power failure.

    What is not finished at the end of a `with` block is removed.
    """

    def __init__(self, path: Path, shape: tuple[int, ...], source: str) -> None:
        """Create the temporary file, and remove abandoned ones from its folder.

        Input: `shape`, that of all images (image, ...); `source`, the source of the images as in the `.lab` file.

        Raises:
            OSError: if the file cannot be created.
        """
        self._path, self._shape, self._source = path, shape, source
        # The description is padded to a known length, because its length comes first in the checksum.
        self._length = len(self._describe("float32", StoredValues({}, 0, 0))) + _ROOM
        path.parent.mkdir(parents=True, exist_ok=True)
        remove_abandoned(path.parent)
        self._pixels = self._begin(np.dtype(np.uint8))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._pixels.remove()

    def append(self, image: Values) -> None:
        """Add the next image (...).

        Raises:
            OSError: if the file cannot be written; the image is not added then.
        """
        wider = np.promote_types(self._pixels.dtype, image.dtype)
        if wider != self._pixels.dtype:
            self._widen(wider)
        self._pixels.append(image[np.newaxis])

    def chunks(self) -> Iterator[Values]:
        """Yield the images until now (image, ...), a few at a time.

        Raises:
            OSError: if the file cannot be read.
        """
        return self._pixels.chunks()

    def finish(self, values: StoredValues) -> Values:
        """Complete the file and return the images as a read-only memory map.

        Raises:
            OSError: if the file cannot be written or read; `chunks` still yields the images.
        """
        description = self._describe(self._pixels.dtype.name, values).ljust(self._length)
        self._pixels.complete(description, self._path)
        with self._path.open("rb") as file:
            return map_images(file, EntryDescription.of(description))

    def _describe(self, dtype: str, values: StoredValues) -> bytes:
        return EntryDescription(dtype, self._shape, self._source, values).as_text()

    def _begin(self, dtype: np.dtype[Any]) -> "_PixelFile":
        return _PixelFile(temporary_path(self._path), dtype, self._shape[1:], start_checksum(self._path, self._length))

    def _widen(self, dtype: np.dtype[Any]) -> None:
        wide = self._begin(dtype)
        try:
            for images in self._pixels.chunks():
                wide.append(images)
        except BaseException:
            wide.remove()
            raise
        self._pixels.remove()
        self._pixels = wide


class _PixelFile:
    """A temporary file with images of one type, and the checksum until now.

    Images wait in memory until they are a chunk. A disk that becomes full loses none of them: what could not be written
    is still waiting.
    """

    def __init__(self, path: Path, dtype: np.dtype[Any], shape: tuple[int, ...], checksum: int) -> None:
        """Create the file for images of the given shape (...)."""
        self.dtype = dtype
        self._path, self._shape, self._checksum = path, shape, checksum
        self._waiting: list[Values] = []
        self._written = self._waiting_bytes = 0
        self._file = path.open("xb", buffering=0)

    def append(self, images: Values) -> None:
        """Add images (image, ...), or none of them if it raises."""
        if self._waiting_bytes >= CHUNK:
            self._write_waiting()
        self._waiting.append(np.ascontiguousarray(images, self.dtype))
        self._waiting_bytes += self._waiting[-1].nbytes

    def chunks(self) -> Iterator[Values]:
        """Yield all images (image, ...)."""
        bytes_of_one = int(np.prod(self._shape)) * self.dtype.itemsize
        few = max(1, CHUNK // bytes_of_one)
        with self._path.open("rb") as file:
            left = self._written // bytes_of_one
            while left:
                content = file.read(min(left, few) * bytes_of_one)
                yield np.frombuffer(content, self.dtype).reshape(-1, *self._shape)
                left -= len(content) // bytes_of_one
        yield from self._waiting

    def complete(self, description: bytes, path: Path) -> None:
        """Write what is still missing, and rename the file."""
        self._write_waiting()
        checksum = zlib.crc32(description, self._checksum)
        self._write(memoryview(description + END.pack(len(description), checksum)))
        self._file.close()
        self._path.replace(path)

    def remove(self) -> None:
        """Remove the file, if it has not been renamed."""
        self._file.close()
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _write_waiting(self) -> None:
        if not self._waiting:
            return
        pixels = np.concatenate(self._waiting)
        self._write(pixels.data.cast("B"))
        self._checksum = zlib.crc32(pixels.data, self._checksum)
        self._written += pixels.nbytes
        self._waiting, self._waiting_bytes = [], 0

    def _write(self, content: memoryview) -> None:
        self._file.seek(self._written)  # a failed attempt may have written a part
        while content:
            content = content[self._file.write(content) :]
