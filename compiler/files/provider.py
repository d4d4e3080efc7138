"""File providers: read the text of `.lab` files from the disk, a dictionary, or the unsaved buffers of an editor."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol


class FileProvider(Protocol):
    """Reads files by their path."""

    def read(self, path: Path) -> bytes:
        """Return the content of a file.

        Raises:
            OSError: if the file does not exist or cannot be read.
        """

    def siblings(self, path: Path) -> Iterable[Path]:
        """List the `.lab` files in the folder of `path`, from which the help "did you mean" suggests one."""


class Disk:
    """The file system."""

    def read(self, path: Path) -> bytes:
        """Return the content of a file on disk."""
        return path.read_bytes()

    def siblings(self, path: Path) -> Iterable[Path]:
        """List the `.lab` files in the folder of `path`, nothing if the folder does not exist."""
        found = path.parent.glob("*.lab") if path.parent.is_dir() else ()
        return (file for file in found if file.is_file())


class Buffers:
    """Texts in memory, by path. All other files are read from the provider `behind`, if it is given."""

    def __init__(self, texts: Mapping[Path, str], behind: FileProvider | None = None) -> None:
        self._texts = {path.resolve(): text for path, text in texts.items()}
        self._behind = behind

    def read(self, path: Path) -> bytes:
        """Return the text of the buffer with this path as UTF-8, else the content of the file."""
        if path.resolve() in self._texts:
            return self._texts[path.resolve()].encode()
        if self._behind is None:
            raise FileNotFoundError(path)
        return self._behind.read(path)

    def siblings(self, path: Path) -> Iterable[Path]:
        """List the `.lab` buffers in the folder of `path`, then the `.lab` files of the provider `behind`."""
        folder = path.parent.resolve()
        own = (path.with_name(one.name) for one in self._texts if one.parent == folder and one.suffix == ".lab")
        return dict.fromkeys([*own, *(self._behind.siblings(path) if self._behind else ())])
