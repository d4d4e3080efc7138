"""Reads `.lab` files: UTF-8 text, with or without a byte-order mark, with any line ends."""

from pathlib import Path

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.diagnostics.suggest import nearest
from ...grammar.source import Source
from .provider import Disk, FileProvider, RefusedFileError, resolved

_REASONS = {
    "FileNotFoundError": "there is no such file",
    "IsADirectoryError": "this must be a file, but is a folder",
}


SUFFIX = ".lab"


def read_source(path: Path, files: FileProvider | None = None) -> Source:
    """Read a file that the user has named, from the disk unless `files` is given. Its name may have any suffix.

    Raises:
        LabError: if the file does not exist or cannot be read.
    """
    return _read(path, files or Disk(), None)


def read_import(path: Path, files: FileProvider, named_by: Path) -> Source:
    """Read the file of an `extends` or `use` of the file `named_by`. The help of an error never suggests `named_by`.

    Only a file whose name ends with `.lab` is read, and so is the target of a symbolic link. So an experiment from
    somebody else cannot make labc quote a private file in a message.

    Raises:
        LabError: if the name is wrong, or if the file does not exist or cannot be read.
    """
    if path.suffix.lower() != SUFFIX:
        message = f"the name of a file that is extended or used must end with `{SUFFIX}`"
        raise _unreadable(str(path), message, _nearby(path, files, named_by))
    if resolved(path).suffix.lower() != SUFFIX:
        message = f"this is a link to a file whose name does not end with `{SUFFIX}`"
        raise _unreadable(
            str(path), message, f"copy the file, or change the name of the link's target to end with `{SUFFIX}`"
        )
    return _read(path, files, named_by)


def _read(path: Path, files: FileProvider, named_by: Path | None) -> Source:
    try:
        return _decode(str(path), files.read(path), path.parent)
    except ValueError:
        raise _unreadable(str(path), "a path cannot contain the character NUL", None) from None
    except RefusedFileError as error:
        raise _unreadable(str(path), str(error), None) from None
    except OSError as error:
        message = _REASONS.get(type(error).__name__, f"this file cannot be read: {error.strerror}")
        help = _nearby(path, files, named_by) if isinstance(error, FileNotFoundError) else None
        raise _unreadable(str(path), message, help) from None


def _decode(name: str, data: bytes, directory: Path) -> Source:
    """Decode bytes to a source with this name. Relative paths in its text start from `directory`.

    Raises:
        LabError: if the bytes are not UTF-8 text. A byte 0 is not text: such a file is a program, an image, or UTF-16.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"this file is not UTF-8 text: byte {error.start} is {error.object[error.start]:#04x}"
        raise _unreadable(name, message, "save the file as UTF-8") from None
    if "\0" in text:
        raise _unreadable(name, f"this file is not text: byte {data.index(0)} is 0x00", "save the file as UTF-8")
    return Source(name, text.replace("\r\n", "\n").replace("\r", "\n"), directory)


def _nearby(path: Path, files: FileProvider, named_by: Path | None) -> str | None:
    own = resolved(named_by) if named_by else None
    others = {other.name for other in files.siblings(path) if other != path and resolved(other) != own}
    with_suffix = f"{path.name}.lab"
    match = with_suffix if with_suffix in others else nearest(path.name, others)
    return f"did you mean `{path.parent / match}`?" if match else None


def _unreadable(name: str, message: str, help: str | None) -> LabError:
    return LabError([Diagnostic(Code.UNREADABLE_FILE, message, Source(name, "").span(0, 0), help=help)])
