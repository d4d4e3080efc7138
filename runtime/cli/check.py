"""`labc check`."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...grammar.diagnostics.diagnostic import Diagnostic, has_errors
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.diagnostics.render import as_data
from ...grammar.diagnostics.suggest import listing
from .shared import FILE, compiler, print_diagnostics, print_json, refuse_writing, with_overrides

if TYPE_CHECKING:
    from ...compiler.fixes import Fixed
    from ...compiler.study import Study


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")
@with_overrides
@click.option("--fix", is_flag=True, help="Apply the edits that are safe, then report what is left.")
@click.option("--diff", is_flag=True, help="Print the edits that --fix would make, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the diagnostics as data.")
def check(files: tuple[Path, ...], overrides: dict[str, str], fix: bool, diff: bool, as_json: bool) -> None:
    """Report every mistake and warning; no data is touched, no framework loaded unless `keras.Name(…)` is used.

    Many mistakes have an edit that mends them. It is safe where it means what was plainly meant, such as `true` for
    `True`; guesses, such as the nearest name, are never applied.
    """
    if fix and diff:
        raise click.UsageError("--fix writes the edits, --diff only prints them: give one of the two")
    if fix or diff:
        for file in files:
            _fix(file, overrides, only_show=diff, quiet=as_json)
    compiled = {file: compiler()(file, overrides) for file in files}
    found = [diagnostic for one in compiled.values() for diagnostic in one.diagnostics]
    if as_json:
        print_json([as_data(diagnostic) for diagnostic in found])
    else:
        print_diagnostics(found)
        _print_fixable(found, asked=fix or diff)
        for file, one in compiled.items():
            if one.study:
                click.echo(f"{file}: ok, {one.study.base.graph.parameters:,} parameters{_with_keras(one.study)}")
    if has_errors(found):
        sys.exit(1)


def _fix(file: Path, overrides: dict[str, str], only_show: bool, quiet: bool) -> None:
    """Apply a file's safe edits, or print them as a diff. A file that cannot be read is reported by the check."""
    from ...compiler.fixes import fix_file

    try:
        fixed = fix_file(file, overrides)
    except LabError:
        return
    if not fixed.applied:
        return
    if only_show:
        click.echo(_diff(fixed), nl=False)
        return
    from ..runs.atomic import write_text

    try:
        write_text(file.resolve(), fixed.text)  # resolved, so that a link stays a link
    except OSError as error:
        refuse_writing(file, error)
    if not quiet:
        count = "1 mistake" if len(fixed.applied) == 1 else f"{len(fixed.applied)} mistakes"
        click.echo(f"{file}: {count} fixed", err=True)


def _diff(fixed: "Fixed") -> str:
    from difflib import unified_diff

    before, after = (text.splitlines(keepends=True) for text in (fixed.source.text, fixed.text))
    return "".join(unified_diff(before, after, fixed.source.name, f"{fixed.source.name} (fixed)"))


def _print_fixable(found: Iterable[Diagnostic], asked: bool) -> None:
    """Say how many mistakes `--fix` would mend."""
    count = sum(bool(one.edits) and all(edit.safe for edit in one.edits) for one in found)
    if count and not asked:
        click.echo(f"{count} of them can be fixed by `labc check --fix`; `--diff` shows how", err=True)


def _with_keras(study: "Study") -> str:
    """A remark where the check has had to load Keras."""
    from ...compiler.layers.keras_layer import KerasLayer

    words = dict.fromkeys(node.layer.word() for node in study.base.graph.nodes if isinstance(node.layer, KerasLayer))
    return f"; Keras was loaded to check {listing(words)}" if words else ""
