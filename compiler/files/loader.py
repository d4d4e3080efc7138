"""Files to sources: UTF-8 text, with or without a byte-order mark, with any line ends."""

from pathlib import Path

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, LabError
from ...grammar.diagnostics.suggest import nearest
from ...grammar.source import Source


def read_source(path: Path, asking: Path | None = None) -> Source:
    """The text of a `.lab` file; `asking` is the file that names it, if one does.

    Raises:
        LabError: if there is no such file, or it cannot be read.
    """
    try:
        return decode(str(path), path.read_bytes())
    except OSError as error:
        reason = {
            "FileNotFoundError": "there is no such file",
            "IsADirectoryError": "this is a folder, not a file",
        }
        message = reason.get(type(error).__name__, f"this file cannot be read: {error.strerror}")
        raise _unreadable(str(path), message, None if path.is_dir() else _nearby(path, asking)) from None


def decode(name: str, data: bytes) -> Source:
    """Bytes as a source of that name.

    Raises:
        LabError: if they are not UTF-8 text.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"this file is not UTF-8 text: byte {error.start} is {error.object[error.start]:#04x}"
        raise _unreadable(name, message, "save it as UTF-8") from None
    return Source(name, text.replace("\r\n", "\n").replace("\r", "\n"))


def _nearby(path: Path, asking: Path | None) -> str | None:
    others = path.parent.glob("*.lab") if path.parent.is_dir() else ()
    own = asking.resolve() if asking else None
    files = (other.name for other in others if other.is_file() and other != path and other.resolve() != own)
    match = nearest(path.name, files)
    return f"did you mean `{path.with_name(match)}`?" if match else None


def _unreadable(name: str, message: str, help: str | None) -> LabError:
    return LabError([Diagnostic(Code.UNREADABLE_FILE, message, Source(name, "").span(0, 0), help=help)])
