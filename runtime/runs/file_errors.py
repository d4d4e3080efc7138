"""Diagnostics about unusable files in a run folder."""

from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.source import Source

AGAIN = "`labc run --again` trains again and writes into a new folder"


def read_file(path: Path) -> Source:
    """Return the text of a file that a run has written.

    Raises:
        LabError: if the file is missing or cannot be read.
    """
    try:
        return Source(str(path), path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        refuse_file(Source(str(path), ""), "is missing")
    except UnicodeDecodeError:
        refuse_file(Source(str(path), ""), "is not UTF-8 text")
    except OSError as error:
        refuse_file(Source(str(path), ""), f"cannot be read: {error.strerror or error}")


def refuse_file(source: Source, what: str, offset: int = 0, notes: Sequence[str] = ()) -> NoReturn:
    """Raise LabError for a file that is missing or broken. `offset` is the location of the error in the file."""
    message = f"the run's `{Path(source.name).name}` {what}"
    place = source.span(offset, offset)
    raise LabError([Diagnostic(Code.BROKEN_RECORD, message, place, help=AGAIN, notes=tuple(notes))])


def refuse_newer(source: Source, version: int, known: int) -> NoReturn:
    """Raise LabError for a file whose schema version is greater than `known`."""
    message = f"the run's `{Path(source.name).name}` was written by a newer version of labc"
    notes = (f"the schema version of the file is {version}, but this version of labc reads versions up to {known}",)
    help = f"upgrade labc; or {AGAIN}"
    raise LabError([Diagnostic(Code.NEWER_RECORD, message, source.span(0, 0), help=help, notes=notes)])
