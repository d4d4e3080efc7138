"""One file of the image cache: the pixels of all images, a description of them, its length, and a checksum.

The pixels start at byte 0, so `numpy.memmap` can map them. The description is JSON. Nothing in a file is ever executed.
The checksum is a CRC-32 of the name of the file and of everything before it. It detects the errors of disks and
programs, and takes a third of the time of SHA-256 (0.14 s for 1 GiB).
"""

import json
import os
import struct
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np

from ..decoding.image_file import os_reason
from ..pixels import Values
from ..stored_values import StoredValues

ENDING = ".images"
END = struct.Struct("<II")  # the length of the description in bytes, and the checksum
CHUNK = 2**22
"""The number of bytes that are read or written at a time."""


class DamagedEntry(Exception):
    """Raised for a file of the cache that does not contain what was written into it. The text is the reason."""


@dataclass(frozen=True)
class EntryDescription:
    """What a file of the cache contains, as it says itself."""

    dtype: str
    """The type of the pixels: `uint8`, `uint16` or `float32`."""
    shape: tuple[int, ...]
    """(image, height, width, channel), or other axes after the first."""
    source: str
    """The source of the images, as in the `.lab` file."""
    values: StoredValues
    """The types and the range of the values before resizing."""

    @classmethod
    def of(cls, text: bytes) -> "EntryDescription":
        """Return the description that `as_text` wrote.

        Raises:
            ValueError, TypeError, KeyError: if it is another text.
        """
        content = json.loads(text)
        return cls(content["dtype"], tuple(content["shape"]), content["source"], StoredValues(**content["values"]))

    def as_text(self) -> bytes:
        """Return the description as JSON."""
        values = {"dtypes": dict(self.values.dtypes), "low": self.values.low, "high": self.values.high}
        return json.dumps({"dtype": self.dtype, "shape": self.shape, "source": self.source, "values": values}).encode()


def describe_entry(path: Path) -> EntryDescription:
    """Return the description of a file of the cache. Its checksum is not computed, so the pixels may be damaged.

    Raises:
        DamagedEntry: if the file cannot be read, or is no file of the cache.
    """
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            file.seek(max(0, size - END.size))
            length, _ = END.unpack(file.read())
            file.seek(max(0, size - END.size - length))
            return EntryDescription.of(file.read(length))
    except OSError as error:
        raise DamagedEntry(os_reason(error)) from None
    except (ValueError, TypeError, KeyError, struct.error):
        raise DamagedEntry("it has no description") from None


def read_entry(path: Path, shape: tuple[int, ...]) -> tuple[Values, StoredValues]:
    """Return the images of a file of the cache, with the given shape (image, ...), and their stored values.

    The images are mapped: the system reads them from the file when they are used, and needs no memory of its own for
    them. The checksum is computed in chunks. The file may be removed or replaced while its images are used, except on
    Windows, which refuses it.

    Raises:
        DamagedEntry: if the file cannot be read, or has a wrong length or checksum.
    """
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < END.size:
                raise DamagedEntry(f"the file has only {size} bytes")
            file.seek(size - END.size)
            length, checksum = END.unpack(file.read())
            file.seek(0)
            if checksum != _checksum(file, size - END.size, start_checksum(path, length)):
                raise DamagedEntry("the checksum is wrong")
            file.seek(size - END.size - length)
            description = EntryDescription.of(file.read(length))
            if description.shape != shape:
                raise DamagedEntry(f"the images have the shape {description.shape} instead of {shape}")
            images = map_images(file, description)
    except OSError as error:
        raise DamagedEntry(os_reason(error)) from None
    with suppress(OSError):
        os.utime(path)  # `labc cache prune` removes what has not been used for long
    return images, description.values


def map_images(file: IO[bytes], description: EntryDescription) -> Values:
    """Return the images at the beginning of an open file as a read-only memory map, which outlives the open file."""
    # A plain array: slices of `numpy.memmap` are slower, and mean the same.
    return np.memmap(file, description.dtype, "r", shape=description.shape).view(np.ndarray)


def start_checksum(path: Path, length: int) -> int:
    """Return the checksum before the first pixel; `length` is that of the description in bytes.

    The name of the file is part of the checksum, so that a file with the name of another one is detected.
    """
    return zlib.crc32(struct.pack("<I", length), zlib.crc32(path.name.encode()))


def _checksum(file: IO[bytes], count: int, checksum: int) -> int:
    """Return the checksum after the next `count` bytes of a file."""
    while count and (content := file.read(min(count, CHUNK))):
        checksum = zlib.crc32(content, checksum)
        count -= len(content)
    return checksum
