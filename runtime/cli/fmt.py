"""`labc fmt`."""

import sys
from pathlib import Path

import click

from ...grammar.diagnostics.lab_error import LabError
from ...grammar.source import Source
from .shared import FILE, print_diagnostics, print_file, refuse_writing

STDIN = Path("-")


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")
@click.option("--check", is_flag=True, help="Write nothing; name the files that would change, with exit status 1.")
def fmt(files: tuple[Path, ...], check: bool) -> None:
    """Bring files into the one canonical layout; comments stay.

    Two spaces an indent, a statement a line, the `=` of neighbouring lines aligned, at most one empty line in a row.
    Line ends alone are no reason to write a file.

    `-` reads standard input and prints the result. A file with syntax mistakes is reported and left alone.
    """
    if STDIN in files and len(files) > 1:
        raise click.UsageError("`-`, which is standard input, stands alone")
    results = [_format(file, check) for file in files]
    if not all(results):
        sys.exit(1)


def _format(file: Path, check: bool) -> bool:
    """Bring a file into its layout; False if it cannot be read, or would change where that is only checked."""
    try:
        source = _read(file)
        text = _canonical(source)
    except LabError as error:
        print_diagnostics(error.diagnostics)
        return False
    changes = text != source.text
    if check:
        if changes:
            click.echo(f"{source.name}: would change")
        return not changes
    if file == STDIN:
        print_file(text)
    elif changes:
        _write(file, text)
    return True


def _read(file: Path) -> Source:
    from ...compiler.files.loader import decode, read_source

    if file == STDIN:
        return decode("standard input", sys.stdin.buffer.read(), Path())
    return read_source(file)


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
        write_text(file.resolve(), text)  # resolved, so that a link stays a link
    except OSError as error:
        refuse_writing(file, error)
    click.echo(f"{file}: changed")
