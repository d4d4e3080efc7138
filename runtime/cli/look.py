"""The commands `labc plan` and `labc show`, which show a checked file. They load no framework and read no images."""

from pathlib import Path

import click

from .output import print_file, print_json
from .shared import FILE, load, with_overrides


@click.command()
@click.argument("file", type=FILE)
@with_overrides
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
def plan(file: Path, overrides: dict[str, str], as_json: bool) -> None:
    """Show the plan of an experiment: its layers with sizes and memory, and its training runs."""
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
@click.option("--json", "as_json", is_flag=True, help="Print the settings as JSON.")
def show(file: Path, overrides: dict[str, str], as_json: bool) -> None:
    """Show the value and the origin of every setting. `labc show std` prints the standard blocks.

    The output is text in the labc language. Together with the blocks and the model of the file, it is an experiment
    with the same meaning. A comment after each value shows its origin: a line of a file, --set, or default.
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
