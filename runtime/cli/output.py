"""Everything that the command line prints, except the tables and the progress of `views/`, goes through this file.

Titles, names and paths come from a user's files. They are printed as plain text: control characters are shown as
symbols, so that no file can change the terminal or the look of the output.
"""

import os
import re
import sys
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import Any

import click

from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.render import ansi, plain, render_text, summary
from ...grammar.terminal_text import printable, printable_lines

SHOWN = 100  # the number of diagnostics that are printed


def echo(line: str, err: bool = False) -> None:
    """Print one line on standard output, or on standard error if `err` is True."""
    click.echo(printable(line), err=err)


def print_diagnostics(diagnostics: Iterable[Diagnostic]) -> None:
    """Print diagnostics and their count on standard error, in colour on a terminal."""
    diagnostics = list(diagnostics)
    paint = ansi if sys.stderr.isatty() else plain
    for diagnostic in diagnostics[:SHOWN]:
        click.echo(render_text(diagnostic, paint) + "\n", err=True)
    if len(diagnostics) > SHOWN:
        echo(f"and {len(diagnostics) - SHOWN} more; `--json` prints all of them", err=True)
        echo("", err=True)
    if diagnostics:
        which = "it" if len(diagnostics) == 1 else "the first"
        echo(f"{summary(diagnostics)}; `labc help {diagnostics[0].code}` explains {which}", err=True)


def print_click_error(error: click.ClickException) -> None:
    """Print an error of the command line or of a command on standard error. It may repeat an argument of the user."""
    text = _Capture()
    error.show(file=text)
    click.echo(printable_lines(text.getvalue()), err=True, nl=False)


def print_traceback() -> None:
    """Print the traceback of the exception that is being handled on standard error."""
    import traceback

    click.echo(printable_lines(traceback.format_exc()), err=True, nl=False)


def print_json(data: Any) -> None:
    """Print data as JSON in UTF-8. Characters that could change a terminal are printed as escape sequences of JSON."""
    import json

    text = json.dumps(data, indent=2, ensure_ascii=False)
    escaped = re.sub(r"[^\n -~]", lambda match: _json_character(match[0]), text)
    click.echo(escaped.encode())


def print_file(text: str) -> None:
    """Print the text of a file in UTF-8 with unchanged line ends, independently of the encoding of the terminal.

    Control characters are shown as symbols only if standard output is a terminal. A program gets the text unchanged.
    """
    shown = printable_lines(text) if sys.stdout.isatty() else text
    click.echo(shown.encode(errors="replace"), nl=False)


def print_path(path: Path) -> None:
    """Print a path as one line. A program gets its bytes unchanged; a terminal gets no control characters."""
    click.echo(printable(str(path)) if sys.stdout.isatty() else os.fsencode(path))


class _Capture(StringIO):
    """A text in memory to which click prints escape sequences too. For a file that is no terminal it removes them."""

    def isatty(self) -> bool:
        return True


def _json_character(character: str) -> str:
    import json

    return character if character.isprintable() else json.dumps(character)[1:-1]
