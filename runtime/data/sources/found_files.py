"""Finds the image files in a folder and its subfolders, and counts the files that are left out."""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..decoding.decode import image_endings
from ..decoding.medical_files import ending_of, extra_help
from ..shown import counted
from .path_pattern import EVERYTHING, PathPattern

CIRCLE = "circular link"  # to a folder around it
SHOWN = 8  # endings in a note


@dataclass(frozen=True)
class FoundFiles:
    """Image files by their names relative to a folder, sorted by their bytes, and the numbers of the files left out."""

    images: tuple[str, ...]
    left_out: Counter[str]
    """The number of files of each ending, for example `.txt`."""

    @property
    def notes(self) -> tuple[str, ...]:
        """A sentence about the files that are left out; nothing if there are none."""
        if not self.left_out:
            return ()
        return (f"left out: {self.describe()}{f' ({self.extra})' if self.extra else ''}",)

    @property
    def extra(self) -> str | None:
        """What to install for the files left out that need it; None if there are none."""
        return extra_help(self.left_out)

    def describe(self) -> str:
        """Return the numbers of the files left out as text."""
        ordered = sorted(self.left_out.items(), key=lambda item: (-item[1], item[0]))
        more = sum(count for _, count in ordered[SHOWN:])
        listed = [counted(count, what) if what == CIRCLE else f"{count} {what}" for what, count in ordered[:SHOWN]]
        listed += [f"{more} others"] if more else []
        return ", ".join(listed)


def find_files(root: Path, pattern: PathPattern = EVERYTHING) -> FoundFiles:
    """Find the files in `root` and its subfolders that a pattern matches.

    A file is an image if its name has the ending of one, whatever it is: a named pipe or a broken link cannot be read
    later. Links to folders are followed, except to a folder around the link. Names that start with a dot are skipped,
    for example `._x.jpg`, which macOS writes; those with the ending of an image are counted.

    Raises:
        OSError: if a folder cannot be read.
    """
    images, left_out, endings = [], Counter[str](), image_endings()
    for path in _files(root, pattern, left_out):
        ending = ending_of(path[-1])
        if path[-1].startswith("."):
            left_out.update([f"hidden {ending}"] if ending in endings else [])
        elif ending in endings:
            images.append("/".join(path))
        else:
            left_out[ending or "without an ending"] += 1
    return FoundFiles(tuple(sorted(images, key=os.fsencode)), left_out)


def _files(root: Path, pattern: PathPattern, left_out: Counter[str]) -> Iterator[tuple[str, ...]]:
    """Yield the names on the path of each file that the pattern matches, also of hidden files."""
    waiting: list[tuple[tuple[str, ...], frozenset[tuple[int, int]]]] = [((), frozenset())]
    while waiting:
        folder, around = waiting.pop()
        path = os.path.join(root, *folder)  # noqa: PTH118 - a string, as `os.scandir` takes it
        status = os.stat(path)  # noqa: PTH116
        identity = (status.st_dev, status.st_ino)
        if identity in around:
            left_out[CIRCLE] += 1
            continue
        with os.scandir(path) as entries:
            for entry in entries:
                name = (*folder, entry.name)
                if not _is_folder(entry):
                    if pattern.takes(name):
                        yield name
                elif not entry.name.startswith(".") and pattern.may_enter(name):
                    waiting.append((name, around | {identity}))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads back to itself
        return False
