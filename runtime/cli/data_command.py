"""The command `labc data`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...grammar.diagnostics.diagnostic import has_errors
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.diagnostics.render import as_data
from .output import echo, print_diagnostics, print_json
from .shared import FILE, load, refuse_writing, stop, with_overrides

if TYPE_CHECKING:
    from ...compiler.study import Study
    from ..data.dataset import Selection
    from ..data.inspection.inspect_data import InspectedData

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
@click.option("--augmented", is_flag=False, flag_value="", metavar="[IMAGE]",
              help="Draw sixteen changes of one training image instead, as `augment` makes them in sixteen epochs: "
              "of the image with this name, or of the first one. Needs --sheet, and loads the framework.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the description of the data as JSON.")
def data(file: Path, overrides: dict[str, str], sheet: Path | None, augmented: str | None, as_json: bool) -> None:
    """Show the data of an experiment as a run uses it: classes, parts, and what the files store and the masks contain.

    All images are read and resized, but nothing is trained, and no framework is loaded except for --augmented. The
    command ends with an error for the reasons for which a run would refuse the data.
    """
    if augmented is not None and sheet is None:
        raise click.UsageError("--augmented needs --sheet, the picture to write")
    study = load(file, overrides, as_json)
    try:
        if augmented is not None:
            from .augmented_sheet import check_augmented

            check_augmented(study.base)
        selection, inspected = _inspect(study)
    except LabError as error:
        stop(error.diagnostics, as_json)
    if as_json:
        problems = [as_data(one) for one in inspected.problems]
        print_json({**inspected.description.as_data(), "diagnostics": problems})
    else:
        from .views.data_table import print_data

        print_data(inspected.description)
        echo("")
        print_diagnostics(inspected.problems)
    if sheet and augmented is None:
        _draw(sheet, inspected)
    elif sheet and augmented is not None and inspected.pixels:
        _draw_augmented(sheet, inspected, study, selection, augmented, as_json)
    if has_errors(inspected.problems):
        sys.exit(1)


def _inspect(study: "Study") -> "tuple[Selection, InspectedData]":
    from ..training.backend import check_modules

    check_modules("labc data")
    from ..data.dataset import select_images
    from ..data.inspection.inspect_data import inspect_data
    from ..studies.supported import check_data
    from .views.console import ErrorConsole
    from .views.progress import Live

    display = Live(ErrorConsole())
    try:
        selection = select_images(check_data(study.base), quick=False)
        for note in selection.notes:
            display.note(note)
        return selection, inspect_data(selection, display)
    finally:
        display.close()


def _draw(sheet: Path, inspected: "InspectedData") -> None:
    from ..data.inspection.contact_sheet import draw_sheet

    try:
        draw_sheet(inspected, sheet)
    except OSError as error:
        refuse_writing(sheet, error)
    echo(f"wrote {sheet}", err=True)


def _draw_augmented(
    sheet: Path, inspected: "InspectedData", study: "Study", selection: "Selection", name: str, as_json: bool
) -> None:
    from .augmented_sheet import draw_augmented

    try:
        draw_augmented(study.base, selection, inspected, name, sheet)
    except LabError as error:
        stop(error.diagnostics, as_json)
    except OSError as error:
        refuse_writing(sheet, error)
    echo(f"wrote {sheet}", err=True)
