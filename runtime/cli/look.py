"""The commands that look at an experiment: `check`, `plan` and `show`. None loads a framework or touches data."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...grammar.diagnostics.diagnostic import has_errors
from ...grammar.diagnostics.render import as_data
from ...grammar.diagnostics.suggest import listing
from .shared import FILE, compiler, load, print_diagnostics, print_file, print_json, with_overrides

if TYPE_CHECKING:
    from ...compiler.study import Study


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")
@with_overrides
@click.option("--json", "as_json", is_flag=True, help="Print the diagnostics as data.")
def check(files: tuple[Path, ...], overrides: dict[str, str], as_json: bool) -> None:
    """Report every mistake and warning; no data is touched, no framework loaded unless `keras.Name(…)` is used."""
    compiled = {file: compiler()(file, overrides) for file in files}
    found = [diagnostic for one in compiled.values() for diagnostic in one.diagnostics]
    if as_json:
        print_json([as_data(diagnostic) for diagnostic in found])
    else:
        print_diagnostics(found)
        for file, one in compiled.items():
            if one.study:
                click.echo(f"{file}: sound, {one.study.base.graph.parameters:,} parameters{_with_keras(one.study)}")
    if has_errors(found):
        sys.exit(1)


def _with_keras(study: "Study") -> str:
    """Says so where a check has had to load Keras."""
    from ...compiler.layers.keras_layer import Foreign

    words = dict.fromkeys(node.layer.word() for node in study.base.graph.nodes if isinstance(node.layer, Foreign))
    return f"; Keras was loaded to check {listing(words)}" if words else ""


@click.command()
@click.argument("file", type=FILE)
@with_overrides
@click.option("--json", "as_json", is_flag=True, help="Print the plan as data.")
def plan(file: Path, overrides: dict[str, str], as_json: bool) -> None:
    """Show the model's layers with their shapes, parameters and effort, and what would be trained."""
    study = load(file, overrides, as_json)
    if as_json:
        from ...compiler.plan import plan as make_plan

        print_json(make_plan(study))
        return
    from .views.plan_table import print_plan

    print_plan(study)


@click.command()
@click.argument("file", type=FILE)
@with_overrides
@click.option("--json", "as_json", is_flag=True, help="Print the settings as data.")
def show(file: Path, overrides: dict[str, str], as_json: bool) -> None:
    """Show every setting's value, and where it comes from; `show std` prints the standard blocks.

    It is written in the language itself: with the file's blocks and model after it, an experiment of the same meaning.
    A comment behind each value says where it comes from: a line, --set, or default.
    """
    if file == Path("std") and not file.exists():
        from ...compiler.std import read_all

        print_file(read_all())
        return
    study = load(file, overrides, as_json)
    from ...compiler.resolved_config import understand

    understood = understand(study.base)
    if as_json:
        print_json(understood.as_data())
        return
    from .views.config_text import render_understood

    print_file(render_understood(understood))
