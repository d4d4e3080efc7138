"""Where the texts of `.lab` files come from: the disk, a dictionary, an editor's unsaved buffers."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol


class FileProvider(Protocol):
    """Reads files by their path."""

    def read(self, path: Path) -> bytes:
        """The content of a file.

        Raises:
            OSError: if there is no such file, or it cannot be read.
        """

    def siblings(self, path: Path) -> Iterable[Path]:
        """The `.lab` files in the folder of a path, for "did you mean"."""


class Disk:
    """The file system."""

    def read(self, path: Path) -> bytes:
        """The content of a file on disk."""
        return path.read_bytes()

    def siblings(self, path: Path) -> Iterable[Path]:
        """The `.lab` files in its folder."""
        found = path.parent.glob("*.lab") if path.parent.is_dir() else ()
        return (file for file in found if file.is_file())


class Buffers:
    """Texts held in memory, by path; every other file is read from `behind`, if there is such a provider."""

    def __init__(self, texts: Mapping[Path, str], behind: FileProvider | None = None) -> None:
        self._texts = {path.resolve(): text for path, text in texts.items()}
        self._behind = behind

    def read(self, path: Path) -> bytes:
        """The text of a buffer as UTF-8, or the file behind it."""
        if path.resolve() in self._texts:
            return self._texts[path.resolve()].encode()
        if self._behind is None:
            raise FileNotFoundError(path)
        return self._behind.read(path)

    def siblings(self, path: Path) -> Iterable[Path]:
        """The buffers that lie in the folder of a path, and the files behind them."""
        folder = path.parent.resolve()
        own = (path.with_name(one.name) for one in self._texts if one.parent == folder and one.suffix == ".lab")
        return dict.fromkeys([*own, *(self._behind.siblings(path) if self._behind else ())])
