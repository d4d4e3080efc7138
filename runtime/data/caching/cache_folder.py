"""The files of the image cache: which there are, and which can be removed."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .cache_entry import ENDING, DamagedEntry, EntryDescription, describe_entry

DAY = 86_400  # seconds


@dataclass(frozen=True)
class CacheFile:
    """One file of a cache."""

    path: Path
    bytes: int
    days: float
    """The number of days since the file was last used."""
    description: EntryDescription | None
    """None if the file is damaged."""


def list_cache(folder: Path) -> list[CacheFile]:
    """Return the files of a cache, the last used first; an empty list if the folder does not exist.

    Raises:
        OSError: if the folder cannot be read.
    """
    return sorted(_files(folder), key=lambda file: (file.days, file.path.name)) if folder.exists() else []


def _files(folder: Path) -> Iterator[CacheFile]:
    for path in folder.glob(f"*{ENDING}"):
        try:
            status = path.stat()
        except FileNotFoundError:  # another process has removed it
            continue
        try:
            description = describe_entry(path)
        except DamagedEntry:
            description = None
        yield CacheFile(path, status.st_size, max(0, time.time() - status.st_mtime) / DAY, description)


def prune_cache(folder: Path, unused_days: float) -> list[CacheFile]:
    """Remove the files that were not used for a number of days, and the damaged ones, and return them.

    A run that uses a removed file keeps its content until the run ends; only Windows refuses to remove such a file.
    labc decodes removed images again when they are needed.

    Raises:
        OSError: if a file cannot be removed.
    """
    removed = [file for file in list_cache(folder) if file.days >= unused_days or file.description is None]
    for file in removed:
        file.path.unlink(missing_ok=True)
    return removed
