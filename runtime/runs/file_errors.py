"""Diagnostics about unusable files in a run folder."""

from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from ...compiler.files.provider import open_regular
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.source import Source

AGAIN = "`labc run --again` trains again and writes into a new folder"


def read_file(path: Path) -> Source:
    r"""Return the text of a file that a run has written. Line ends are not changed: a file name may contain `\r`.

    Raises:
        LabError: if the file is missing or cannot be read.
    """
    try:
        with open_regular(path) as file:
            return Source(str(path), file.read().decode())
    except UnicodeDecodeError:
        refuse_file(unread(path), "is not UTF-8 text")
    except OSError as error:
        raise LabError([unreadable_file(path, error)]) from None


def unread(path: Path) -> Source:
    """Return a source for a diagnostic about a file whose text is not known."""
    return Source(str(path), "")


def unreadable_file(path: Path, error: OSError) -> Diagnostic:
    """Return the diagnostic for a file that is missing or that the operating system cannot read."""
    missing = isinstance(error, FileNotFoundError)
    return broken_file(unread(path), "is missing" if missing else f"cannot be read: {error.strerror or error}")


def broken_file(source: Source, what: str, offset: int = 0, notes: Sequence[str] = ()) -> Diagnostic:
    """Return the diagnostic for a file that is missing or broken. `offset` is the location of the error in the file."""
    message = f"the run's `{Path(source.name).name}` {what}"
    return Diagnostic(Code.BROKEN_RECORD, message, source.span(offset, offset), help=AGAIN, notes=tuple(notes))


def refuse_file(source: Source, what: str, offset: int = 0, notes: Sequence[str] = ()) -> NoReturn:
    """Raise LabError with the diagnostic of `broken_file`."""
    raise LabError([broken_file(source, what, offset, notes)])


def refuse_newer(source: Source, version: int, known: int) -> NoReturn:
    """Raise LabError for a file whose schema version is greater than `known`."""
    message = f"the run's `{Path(source.name).name}` was written by a newer version of labc"
    notes = (f"the schema version of the file is {version}, but this version of labc reads versions up to {known}",)
    help = f"upgrade labc; or {AGAIN}"
    raise LabError([Diagnostic(Code.NEWER_RECORD, message, source.span(0, 0), help=help, notes=notes)])
