"""Simulates a disk that fails, and a process that is killed, at the k-th operation on files below a folder.

The operations are: open, read, write, fsync, rename, remove, make a folder, list a folder. Files behave as real files
do: content stays in a buffer until it is written, and an error may be raised when a file is closed.
"""

import builtins
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

OPERATIONS = ("fsync", "replace", "rename", "unlink", "mkdir", "listdir")
BUFFERS: dict[str, Any] = {
    "r": io.BufferedReader,
    "w": io.BufferedWriter,
    "a": io.BufferedWriter,
    "x": io.BufferedWriter,
}
REAL_OPEN = open


class Killed(BaseException):
    """The process was killed: nothing that runs after it may change a file."""


class Disk:
    """Counts the operations below `folder`, and raises `error` at operation number `fail_at`, counted from 1.

    After a `Killed`, every further operation raises it too, and the write at which it happens is half done.
    """

    def __init__(self, folder: Path, fail_at: int = 0, error: Callable[[], BaseException] = Killed) -> None:
        self.folder, self.fail_at, self.error = folder.resolve(), fail_at, error
        self.operations: list[str] = []

    def reach(self, operation: str, path: Any = None) -> None:
        """Count an operation; raise the error if it is the one that fails."""
        if not self.concerns(path):
            return
        self.operations.append(operation)
        number = len(self.operations)
        if self.fail_at and (number == self.fail_at or (number > self.fail_at and self.error is Killed)):
            raise self.error()

    def concerns(self, path: Any) -> bool:
        """Whether a path is below the folder. Locks are left out: the operating system holds and releases them."""
        if path is None:
            return True
        if not isinstance(path, str | bytes | os.PathLike):
            return False
        full = Path(os.fsdecode(path)).absolute()
        return full.is_relative_to(self.folder) and full.suffix != ".lock"

    def open(self, file: Any, mode: str = "r", buffering: int = -1, *args: Any, **options: Any) -> Any:
        """Open a file as the built-in `open` does."""
        if not self.concerns(file):
            return REAL_OPEN(file, mode, buffering, *args, **options)
        self.reach("open", file)
        raw = _Raw(self, os.fspath(file), mode.replace("b", "").replace("t", ""))
        kind = io.BufferedRandom if "+" in mode else BUFFERS[mode.strip("bt")[0]]
        buffered = kind(raw)
        return buffered if "b" in mode else io.TextIOWrapper(buffered, *args, **options)


class _Raw(io.FileIO):
    def __init__(self, disk: Disk, path: str, mode: str) -> None:
        super().__init__(path, mode)
        self.disk = disk

    def write(self, content: Any) -> int:
        try:
            self.disk.reach("write")
        except Killed:
            if len(self.disk.operations) == self.disk.fail_at:
                super().write(bytes(content)[: len(content) // 2])
            raise
        return super().write(content)

    def readinto(self, buffer: Any) -> int:
        self.disk.reach("read")
        return super().readinto(buffer)

    def readall(self) -> bytes:
        self.disk.reach("read")
        return super().readall()


@contextmanager
def failing(disk: Disk) -> Iterator[None]:
    """Let all Python code use the disk inside the block."""

    def watched(name: str) -> Callable[..., Any]:
        real = getattr(os, name)

        def operation(path: Any, *args: Any, **options: Any) -> Any:
            disk.reach(name, None if name == "fsync" else path)
            return real(path, *args, **options)

        return operation

    real_os_open = os.open

    def os_open(path: Any, *args: Any, **options: Any) -> int:
        disk.reach("open", path)
        return real_os_open(path, *args, **options)

    changes = {name: watched(name) for name in OPERATIONS} | {"open": os_open}
    with patch.object(builtins, "open", disk.open), patch.object(io, "open", disk.open), patch.multiple(os, **changes):
        yield
