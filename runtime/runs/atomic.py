"""Writes files atomically and durably: after a crash, a file has either its old content or its whole new content."""

import errno
import os
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

ABANDONED = 3600
"""Seconds. A temporary file that is not written to for so long belongs to a process that was killed."""

# The second and the third form were written by labc 0.1.
_TEMPORARY = re.compile(r"\.\d+-[0-9a-f]{8}\.new(\..*)?|\..+\.\d+\.new|\.new\.keras", re.DOTALL)


def temporary_path(path: Path) -> Path:
    """Return a new name in the same folder, for a file that will replace `path`."""
    return path.with_name(f".{os.getpid()}-{secrets.token_hex(4)}.new{path.suffix}")


@contextmanager
def replacing(path: Path, sync: bool = True) -> Iterator[Path]:
    """Yield a temporary path in the same folder; after the block, the file written there replaces `path`.

    With `sync`, the content is on the disk before the file gets its name. If the block raises, the temporary file is
    removed.
    """
    temporary = temporary_path(path)
    try:
        yield temporary
        if sync:
            sync_file(temporary)
        if path.exists():
            shutil.copymode(path, temporary)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    if sync:
        sync_folder(path.parent)


def write_atomically(path: Path, write: Callable[[IO[bytes]], object], sync: bool = True) -> None:
    """Let `write` fill a temporary file in the same folder, then rename that file to `path`.

    A reader always finds a complete file: the old file or the new file. Without `sync`, this does not hold after a
    power failure.
    """
    with replacing(path, sync) as temporary, temporary.open("wb") as file:
        write(file)


def write_bytes(path: Path, content: bytes) -> None:
    """Write bytes atomically."""
    write_atomically(path, lambda file: file.write(content))


def write_text(path: Path, text: str) -> None:
    """Write a text file atomically, in UTF-8."""
    write_bytes(path, text.encode())


def sync_file(path: Path) -> None:
    """Write the content of a file to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Write the names of the files in a folder to the disk. Windows does this without being asked."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some network file systems cannot do it
            raise
    finally:
        os.close(descriptor)


def remove_temporaries(folder: Path) -> None:
    """Remove all temporary files in a folder that no other process uses at the moment."""
    for path in _temporaries(folder):
        path.unlink(missing_ok=True)


def remove_abandoned(folder: Path) -> None:
    """Remove the temporary files of killed processes in a folder that several processes use.

    They are files that have not changed for an hour. The numbers of the processes are no help, because processes on
    other machines may use the folder too.
    """
    for path in _temporaries(folder):
        if time.time() - path.stat().st_mtime > ABANDONED:
            path.unlink(missing_ok=True)


def _temporaries(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if _TEMPORARY.fullmatch(path.name)]
