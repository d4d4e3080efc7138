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
from typing import IO, Any

import numpy as np

from ..runs.atomic import remove_abandoned, write_atomically
from .image_file import os_reason
from .pixels import Values
from .stored_values import StoredValues

ENDING = ".images"
_END = struct.Struct("<II")  # the length of the description in bytes, and the checksum


class DamagedEntry(Exception):
    """Raised for a file of the cache that does not contain what was written into it. The text is the reason."""


@dataclass(frozen=True)
class EntryDescription:
    """What a file of the cache contains, as it says itself."""

    dtype: str
    """The type of the pixels: `uint8`, `uint16` or `float32`."""
    shape: tuple[int, ...]
    """(image, height, width, channel)."""
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
            file.seek(max(0, size - _END.size))
            length, _ = _END.unpack(file.read())
            file.seek(max(0, size - _END.size - length))
            return EntryDescription.of(file.read(length))
    except OSError as error:
        raise DamagedEntry(os_reason(error)) from None
    except (ValueError, TypeError, KeyError, struct.error):
        raise DamagedEntry("it has no description") from None


def read_entry(path: Path, shape: tuple[int, ...]) -> tuple[Values, StoredValues]:
    """Return the images of a file that `write_entry` wrote, with the given shape, and their stored values.

    Raises:
        DamagedEntry: if the file cannot be read, or has a wrong length or checksum.
    """
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < _END.size:
                raise DamagedEntry(f"the file has only {size} bytes")
            content = np.empty(size - _END.size, np.uint8)
            file.readinto(content.data)
            length, checksum = _END.unpack(file.read())
    except OSError as error:
        raise DamagedEntry(os_reason(error)) from None
    if checksum != _checksum(path, content, length):
        raise DamagedEntry("the checksum is wrong")
    description = EntryDescription.of(bytes(content[len(content) - length :]))
    if description.shape != shape:
        raise DamagedEntry(f"the images have the shape {description.shape} instead of {shape}")
    with suppress(OSError):
        os.utime(path)  # `labc cache prune` removes what has not been used for long
    return content[: len(content) - length].view(description.dtype).reshape(shape), description.values


def write_entry(path: Path, images: Values, values: StoredValues, source: str) -> None:
    """Write images into a file, and remove abandoned temporary files from its folder.

    Input: `source`, the source of the images as in the `.lab` file.

    Raises:
        OSError: if the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    remove_abandoned(path.parent)
    description = EntryDescription(images.dtype.name, images.shape, source, values).as_text()
    pixels = np.ascontiguousarray(images)

    def write(file: IO[bytes]) -> None:
        file.write(pixels.data)
        file.write(description)
        file.write(_END.pack(len(description), _checksum(path, pixels, len(description), description)))

    write_atomically(path, write, sync=False)  # the checksum detects the damage of a power failure


def _checksum(path: Path, content: np.ndarray[Any, Any], length: int, description: bytes = b"") -> int:
    # The name of the file is part of the checksum, so that a file with the name of another one is detected.
    start = zlib.crc32(struct.pack("<I", length), zlib.crc32(path.name.encode()))
    return zlib.crc32(description, zlib.crc32(content.data, start))
