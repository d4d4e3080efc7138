"""Reads the arrays of an `.npz` file; large ones are mapped, so that they may be larger than the memory."""

import shutil
import struct
import tempfile
from collections.abc import Iterable
from typing import IO, Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import numpy as np
from numpy.lib import format as npy
from numpy.lib.npyio import NpzFile
from numpy.typing import NDArray

LARGE = 2**26
"""A smaller array, in bytes, is read into memory."""
_CHUNK = 2**22  # bytes

_LOCAL_HEADER = struct.Struct("<4s22xHH")  # ..., the lengths of the name and of the extra field, which come next
_HEADERS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}

Array = NDArray[Any]


def read_arrays(file: IO[bytes], loaded: NpzFile, names: Iterable[str]) -> dict[str, Array]:
    """Return the arrays with these names, some of them as read-only memory maps.

    `numpy.savez` does not compress: a large array is mapped where it lies in the file. A compressed one is unpacked
    into a temporary file, in the folder that the environment variable `TMPDIR` names.

    Input: `loaded`, what `numpy.load` returns for the open file.

    Raises:
        Exception: nearly any, if the file is damaged; OSError, if there is no space for the temporary file.
    """
    archive = loaded.zip
    assert archive, "it is open"
    return {name: _map(file, archive, name) if _is_large(archive, name) else loaded[name] for name in names}


def _is_large(archive: ZipFile, name: str) -> bool:
    """Return whether an array is large, and has numbers; other arrays are left to NumPy, which refuses them."""
    info = _info(archive, name)
    if info.file_size < LARGE:
        return False
    with archive.open(info) as member:
        version = npy.read_magic(member)
        return version in _HEADERS and not _HEADERS[version](member)[2].hasobject


def _info(archive: ZipFile, name: str) -> ZipInfo:
    return archive.getinfo(f"{name}.npy" if f"{name}.npy" in archive.NameToInfo else name)


def _map(file: IO[bytes], archive: ZipFile, name: str) -> Array:
    info = _info(archive, name)
    with archive.open(info) as member:
        shape, fortran, dtype = _HEADERS[npy.read_magic(member)](member)
        start = member.tell()
        if start + dtype.itemsize * int(np.prod(shape)) != info.file_size:
            raise ValueError(f"`{name}` has a wrong length")
        member.seek(0)
        if info.compress_type == ZIP_STORED:
            while member.read(_CHUNK):  # at the end, the checksum is compared
                pass
            content, start = file, start + _place(file, info)
        else:
            content = tempfile.TemporaryFile()  # noqa: SIM115 - it exists until the last map of it is gone
            shutil.copyfileobj(member, content, _CHUNK)
            content.flush()
    return np.memmap(content, dtype, "r", start, shape, "F" if fortran else "C").view(np.ndarray)


def _place(file: IO[bytes], info: ZipInfo) -> int:
    """Return the place of the first byte of a file in a zip archive."""
    file.seek(info.header_offset)
    signature, name, extra = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
    if signature != b"PK\x03\x04":
        raise ValueError("the zip archive is damaged")
    return info.header_offset + _LOCAL_HEADER.size + int(name) + int(extra)
