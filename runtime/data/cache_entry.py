"""One file of the image cache: the pixels of all images, a description of their values, its length, and a checksum.

The pixels start at byte 0, so `numpy.memmap` can map them. The description is JSON: the dtype of the pixels, and the
types and the range of the values before resizing. Nothing in a file is ever executed. The checksum is a CRC-32 of the
name of the file and of everything before it. It detects the errors of disks and programs, and takes a third of the time
of SHA-256 (0.14 s for 1 GiB).
"""

import json
import math
import os
import struct
import zlib
from pathlib import Path
from typing import IO, Any

import numpy as np

from ..runs.atomic import remove_abandoned, write_atomically
from .image_file import os_reason
from .pixels import Values
from .stored_values import StoredValues

_END = struct.Struct("<II")  # the length of the description in bytes, and the checksum


class DamagedEntry(Exception):
    """Raised for a file of the cache that does not contain what was written into it. The text is the reason."""


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
    description = json.loads(bytes(content[len(content) - length :]))
    images = content[: len(content) - length].view(description.pop("dtype"))
    if images.size != math.prod(shape):
        raise DamagedEntry(f"the file has {images.size:,} values instead of {math.prod(shape):,}")
    return images.reshape(shape), StoredValues(**description)


def write_entry(path: Path, images: Values, values: StoredValues) -> None:
    """Write images into a file, and remove abandoned temporary files from its folder.

    Raises:
        OSError: if the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    remove_abandoned(path.parent)
    written = {"dtype": images.dtype.name, "dtypes": dict(values.dtypes), "low": values.low, "high": values.high}
    description = json.dumps(written).encode()
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
