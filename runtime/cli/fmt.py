"""The command `labc fmt`."""

import sys
from pathlib import Path

import click

from ...grammar.diagnostics.lab_error import LabError
from ...grammar.source import Source
from .output import echo, print_diagnostics, print_file
from .shared import FILE, refuse_writing

STDIN = Path("-")


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")
@click.option(
    "--check", is_flag=True, help="Write nothing; list the files that would change; exit with 1 if any would."
)
def fmt(files: tuple[Path, ...], check: bool) -> None:
    """Rewrite files in the canonical layout. Comments are kept.

    The layout: indents of two spaces, one statement in each line, aligned `=` in neighbouring lines, and at most one
    empty line at a time. A file that differs only in its line ends is not written.

    `-` reads standard input and prints the result. A file with syntax mistakes is reported and not changed.
    """
    if STDIN in files and len(files) > 1:
        raise click.UsageError("cannot combine `-` (standard input) with other files")
    results = [_format(file, check) for file in files]
    if not all(results):
        sys.exit(1)


def _format(file: Path, check: bool) -> bool:
    """Rewrite a file in the canonical layout, or with `check` only compare.

    Returns False if the file cannot be read or has syntax mistakes, or if `check` finds a difference.
    """
    try:
        source = _read(file)
        text = _canonical(source)
    except LabError as error:
        print_diagnostics(error.diagnostics)
        return False
    changes = text != source.text
    if check:
        if changes:
            echo(f"{source.name}: would change")
        return not changes
    if file == STDIN:
        print_file(text)
    elif changes:
        _write(file, text)
    return True


def _read(file: Path) -> Source:
    from ...compiler.files.loader import read_source
    from ...compiler.files.provider import StandardInput

    return read_source(Path("standard input"), StandardInput()) if file == STDIN else read_source(file)


def _canonical(source: Source) -> str:
    from ...grammar.formatting.file import format_file
    from ...grammar.parse import parse

    parsed = parse(source)
    if parsed.diagnostics:
        raise LabError(parsed.diagnostics)
    return format_file(parsed.file)


def _write(file: Path, text: str) -> None:
    from ..runs.atomic import write_text

    try:
        write_text(file.resolve(), text)  # resolved, so that a symbolic link is kept
    except OSError as error:
        refuse_writing(file, error)
    echo(f"{file}: changed")
