"""Errors of the file system while a run is written."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ...grammar.diagnostics.codes import Code
from ..option_errors import refuse_option


@contextmanager
def writing_to(runs: Path) -> Iterator[None]:
    """Turn an OSError inside the block into a diagnostic. Unreadable images have already been reported then."""
    try:
        yield
    except OSError as error:
        help = f"{_remedy(error)}, or choose another folder with `--runs DIR`"
        message = f"cannot write the run: {error.strerror or error}"
        file = (f"file: {os.fsdecode(error.filename)}",) if isinstance(error.filename, str | bytes) else ()
        notes = (*file, *getattr(error, "__notes__", ()))
        refuse_option(Code.UNWRITABLE, message, f"--runs {runs}", help, notes)


def _remedy(error: OSError) -> str:
    match error:
        case IsADirectoryError() | NotADirectoryError() | FileExistsError():
            return "remove or rename what is in its place"
        case PermissionError():
            return "make the folder writable"
    return "free some disk space"
