"""The commands that show a checked file: `plan` and `show`. Neither loads a framework or touches data."""

from pathlib import Path

import click

from .shared import FILE, load, print_file, print_json, with_overrides


@click.command()
@click.argument("file", type=FILE)
@with_overrides
@click.option("--json", "as_json", is_flag=True, help="Print the plan as data.")
def plan(file: Path, overrides: dict[str, str], as_json: bool) -> None:
    """Show the model's layers with their shapes, parameters and effort, and what would be trained."""
    study = load(file, overrides, as_json)
    if as_json:
        from ...compiler.plan import make_plan

        print_json(make_plan(study).as_data())
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
    from ...compiler.resolved_config import resolve_config

    config = resolve_config(study.base)
    if as_json:
        print_json(config.as_data())
        return
    from .views.config_text import render_config

    print_file(render_config(config))
