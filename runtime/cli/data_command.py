"""The command `labc data`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...grammar.diagnostics.diagnostic import has_errors
from ...grammar.diagnostics.lab_error import LabError
from .output import echo, print_diagnostics, print_json
from .shared import FILE, load, refuse_writing, stop, with_overrides

if TYPE_CHECKING:
    from ...compiler.study import Study
    from ..data.inspect_data import InspectedData

SHEETS = (".png", ".pdf", ".svg", ".jpg")


def _check_ending(context: click.Context, parameter: click.Parameter, path: Path | None) -> Path | None:
    if path and path.suffix.lower() not in SHEETS:
        raise click.BadParameter(f"must end in one of {' '.join(SHEETS)}, but is `{path.name}`", context, parameter)
    return path


@click.command()
@click.argument("file", type=FILE)
@with_overrides
@click.option("--sheet", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", callback=_check_ending,
              help="Write a picture with images of each class and part, as the model gets them.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the description of the data as JSON.")
def data(file: Path, overrides: dict[str, str], sheet: Path | None, as_json: bool) -> None:
    """Show the data of an experiment as a run uses it: classes, parts, and what the files store and the masks contain.

    All images are read and resized, but no framework is loaded and nothing is trained. The command ends with an error
    for the reasons for which a run would refuse the data.
    """
    study = load(file, overrides, as_json)
    try:
        inspected = _inspect(study)
    except LabError as error:
        stop(error.diagnostics, as_json)
    if as_json:
        print_json(inspected.description.as_data())
    else:
        from .views.data_table import print_data

        print_data(inspected.description)
        echo("")
        print_diagnostics(inspected.problems)
    if sheet:
        _draw(inspected, sheet)
    if has_errors(inspected.problems):
        sys.exit(1)


def _inspect(study: "Study") -> "InspectedData":
    from ..training.backend import check_modules

    check_modules("labc data")
    from ..data.dataset import select_images
    from ..data.inspect_data import inspect_data
    from ..studies.supported import check_data
    from .views.console import ErrorConsole
    from .views.progress import Live

    display = Live(ErrorConsole())
    try:
        selection = select_images(check_data(study.base), quick=False)
        for note in selection.notes:
            display.note(note)
        return inspect_data(selection, display)
    finally:
        display.close()


def _draw(inspected: "InspectedData", sheet: Path) -> None:
    from ..data.contact_sheet import draw_sheet

    try:
        draw_sheet(inspected, sheet)
    except OSError as error:
        refuse_writing(sheet, error)
    echo(f"wrote {sheet}", err=True)
