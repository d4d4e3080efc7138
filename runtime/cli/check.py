"""The command `labc check`."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...grammar.diagnostics.diagnostic import Diagnostic, has_errors
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.diagnostics.render import as_data
from ...grammar.diagnostics.suggest import listing
from .output import echo, print_diagnostics, print_file, print_json
from .shared import FILE, compiler, refuse_writing, with_overrides

if TYPE_CHECKING:
    from ...compiler.fixes import Fixed
    from ...compiler.study import Study


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")
@with_overrides
@click.option("--fix", is_flag=True, help="Apply the safe edits, then report the remaining mistakes.")
@click.option("--diff", is_flag=True, help="Print the edits of --fix as a diff; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the diagnostics as JSON.")
def check(files: tuple[Path, ...], overrides: dict[str, str], fix: bool, diff: bool, as_json: bool) -> None:
    """Report every mistake and every warning of each file.

    The images are not read. Keras is loaded only if a file uses a layer `keras.Name(…)`.

    For many mistakes labc knows an edit that corrects them. The edit is safe if the meaning is certain, for example
    `true` instead of `True`. `--fix` applies only safe edits. A guess, for example a name with similar spelling, is
    only shown.
    """
    if fix and diff:
        raise click.UsageError("cannot use --fix and --diff together: --fix writes the edits, --diff only prints them")
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
                echo(f"{file}: ok, {one.study.base.graph.parameters:,} parameters{_with_keras(one.study)}")
    if has_errors(found):
        sys.exit(1)


def _fix(file: Path, overrides: dict[str, str], only_show: bool, quiet: bool) -> None:
    """Apply a file's safe edits, or print them as a diff. An unreadable file is left to the check that follows."""
    from ...compiler.fixes import fix_file

    try:
        fixed = fix_file(file, overrides)
    except LabError:
        return
    if not fixed.applied:
        return
    if only_show:
        print_file(_diff(fixed))
        return
    from ..runs.atomic import write_text

    try:
        write_text(file.resolve(), fixed.text)  # resolved, so that a symbolic link is kept
    except OSError as error:
        refuse_writing(file, error)
    if not quiet:
        count = "1 mistake" if len(fixed.applied) == 1 else f"{len(fixed.applied)} mistakes"
        echo(f"{file}: {count} fixed", err=True)


def _diff(fixed: "Fixed") -> str:
    from difflib import unified_diff

    before, after = (text.splitlines(keepends=True) for text in (fixed.source.text, fixed.text))
    return "".join(unified_diff(before, after, fixed.source.name, f"{fixed.source.name} (fixed)"))


def _print_fixable(found: Iterable[Diagnostic], asked: bool) -> None:
    """Print how many mistakes `--fix` can correct; print nothing if there are none or if `asked` is True."""
    count = sum(bool(one.edits) and all(edit.safe for edit in one.edits) for one in found)
    if count and not asked:
        echo(f"`labc check --fix` can correct {count} of them; `--diff` shows the edits", err=True)


def _with_keras(study: "Study") -> str:
    """Return a remark if Keras was loaded to check layers `keras.Name(…)`; otherwise an empty string."""
    from ...compiler.layers.keras_layer import KerasLayer

    words = dict.fromkeys(node.layer.word() for node in study.base.graph.nodes if isinstance(node.layer, KerasLayer))
    return f"; Keras was loaded to check {listing(words)}" if words else ""
