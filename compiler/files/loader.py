"""Reads `.lab` files: UTF-8 text, with or without a byte-order mark, with any line ends."""

from pathlib import Path

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.diagnostics.suggest import nearest
from ...grammar.source import Source
from .provider import Disk, FileProvider

_REASONS = {
    "FileNotFoundError": "there is no such file",
    "IsADirectoryError": "this must be a file, but is a folder",
}


def read_source(path: Path, files: FileProvider | None = None, named_by: Path | None = None) -> Source:
    """Read a `.lab` file, from the disk unless `files` is given.

    `named_by` is the file whose `extends` or `use` contains the path. The help of an error never suggests that file.

    Raises:
        LabError: if the file does not exist or cannot be read.
    """
    files = files or Disk()
    try:
        return decode(str(path), files.read(path), path.parent)
    except OSError as error:
        message = _REASONS.get(type(error).__name__, f"this file cannot be read: {error.strerror}")
        raise _unreadable(str(path), message, None if path.is_dir() else _nearby(path, files, named_by)) from None


def decode(name: str, data: bytes, directory: Path) -> Source:
    """Decode bytes to a source with this name. Relative paths in its text start from `directory`.

    Raises:
        LabError: if the bytes are not UTF-8 text.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"this file is not UTF-8 text: byte {error.start} is {error.object[error.start]:#04x}"
        raise _unreadable(name, message, "save the file as UTF-8") from None
    return Source(name, text.replace("\r\n", "\n").replace("\r", "\n"), directory)


def _nearby(path: Path, files: FileProvider, named_by: Path | None) -> str | None:
    own = named_by.resolve() if named_by else None
    others = {other.name for other in files.siblings(path) if other != path and other.resolve() != own}
    with_suffix = f"{path.name}.lab"
    match = with_suffix if with_suffix in others else nearest(path.name, others)
    return f"did you mean `{path.with_name(match)}`?" if match else None


def _unreadable(name: str, message: str, help: str | None) -> LabError:
    return LabError([Diagnostic(Code.UNREADABLE_FILE, message, Source(name, "").span(0, 0), help=help)])
