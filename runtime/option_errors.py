"""Errors about an option of a run. Their location is the command line, even if Python code set the option."""

from typing import NoReturn

from ..grammar.diagnostics.codes import Code
from ..grammar.diagnostics.diagnostic import Diagnostic
from ..grammar.diagnostics.lab_error import LabError
from ..grammar.source import Source


def refuse_option(
    code: Code, message: str, option: str, help: str | None = None, notes: tuple[str, ...] = ()
) -> NoReturn:
    """Raise LabError with one diagnostic about `option`, which is written as on the command line."""
    source = Source("command line", option)
    raise LabError([Diagnostic(code, message, source.span(0, len(option)), help=help, notes=notes)])
