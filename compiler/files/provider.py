"""File providers: read the text of `.lab` files from the disk, a dictionary, or the unsaved buffers of an editor."""

import os
import stat
import sys
from collections.abc import Iterable, Mapping
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, Protocol

MAX_BYTES = 20_000_000
"""The size of the largest file that is read."""


class RefusedFileError(OSError):
    """A file that labc does not read, because it is not a regular file or is too large. Its text is the reason."""


class FileProvider(Protocol):
    """Reads files by their path."""

    def read(self, path: Path) -> bytes:
        """Return the content of a file.

        Raises:
            OSError: if the file does not exist or cannot be read; RefusedFileError with the reason if it is not read.
            ValueError: if no file can have this path, because it contains a character NUL.
        """

    def siblings(self, path: Path) -> Iterable[Path]:
        """List the `.lab` files in the folder of `path`, from which the help "did you mean" suggests one."""


class Disk:
    """The file system."""

    def read(self, path: Path) -> bytes:
        """Return the content of a regular file."""
        with open_regular(path) as file:
            return _read_limited(file)

    def siblings(self, path: Path) -> Iterable[Path]:
        """List the `.lab` files in the folder of `path`, nothing if the folder does not exist."""
        found = path.parent.glob("*.lab") if os.path.isdir(path.parent) else ()  # noqa: PTH112 - it never raises
        return (file for file in found if os.path.isfile(file))  # noqa: PTH113


class StandardInput:
    """The text that another program or the terminal sends. It is a single file, so its path does not matter."""

    def read(self, path: Path) -> bytes:  # noqa: ARG002
        """Return the rest of standard input."""
        return _read_limited(sys.stdin.buffer)

    def siblings(self, path: Path) -> Iterable[Path]:  # noqa: ARG002
        """Return nothing."""
        return ()


class Buffers:
    """Texts in memory, by path. All other files are read from the provider `behind`, if it is given."""

    def __init__(self, texts: Mapping[Path, str], behind: FileProvider | None = None) -> None:
        self._texts = {resolved(path): text for path, text in texts.items()}
        self._behind = behind

    def read(self, path: Path) -> bytes:
        """Return the text of the buffer with this path as UTF-8, else the content of the file."""
        text = self._texts.get(resolved(path))
        if text is not None:
            return text.encode()
        if self._behind is None:
            raise FileNotFoundError(path)
        return self._behind.read(path)

    def siblings(self, path: Path) -> Iterable[Path]:
        """List the `.lab` buffers in the folder of `path`, then the `.lab` files of the provider `behind`."""
        folder = resolved(path.parent)
        own = (path.with_name(one.name) for one in self._texts if one.parent == folder and one.suffix == ".lab")
        return dict.fromkeys([*own, *(self._behind.siblings(path) if self._behind else ())])


def resolved(path: Path) -> Path:
    """Return the absolute path without symbolic links. A path that no file can have is returned without this change.

    `Path.resolve` raises an exception for a loop of links and for a character NUL.
    """
    try:
        return Path(os.path.realpath(path))
    except ValueError:
        return path


def open_regular(path: Path) -> BufferedReader:
    """Open a regular file for reading. A device or a pipe may have no end, or wait for somebody to write.

    Raises:
        OSError: if the file cannot be opened; RefusedFileError if it is a device, a pipe or a socket.
    """
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):  # to open a folder raises an error of its own
        raise RefusedFileError("this is not a regular file, but a device, a pipe or a socket")
    return path.open("rb")


def _read_limited(file: BinaryIO) -> bytes:
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise RefusedFileError(f"this file is larger than {MAX_BYTES // 10**6} MB")
    return data
