"""Finds the class of each image in a column of the table that lists the images."""

from ....compiler.sections import Column, Data
from ....grammar.diagnostics.codes import Code
from ....grammar.diagnostics.diagnostic import Diagnostic
from ....grammar.diagnostics.lab_error import LabError
from ....grammar.diagnostics.suggest import listing
from ....grammar.terminal_text import printable
from ..shown import SHOWN, counted
from ..sources import ListedImages
from ..sources.image_table import one_hot_help


def label_rows(data: Data, column: Column, images: ListedImages) -> list[int]:
    """Return the class number of each image of a table, whose column has the names of classes.

    Raises:
        LabError: if a cell is not the name of a class; the diagnostic lists the values.
    """
    assert images.rows is not None, "otherwise `check_columns` reports the column"
    numbers = {name: number for number, name in enumerate(data.classes)}
    cells = [row.cells[column.name] for row in images.rows]
    others = [cell for cell in cells if cell not in numbers]
    if others:
        message = f"{counted(len(others), 'image')} without a class: `{column.name}` must be one of the classes "
        values = dict.fromkeys(sorted(others))
        more = f" and {len(values) - SHOWN} more" if len(values) > SHOWN else ""
        notes = (f"values: {listing(map(printable, list(values)[:SHOWN]))}{more}",)
        help = one_hot_help(images.rows[0].cells, data.classes) or _case_help(values, data)
        place = data.place("label")
        raise LabError([Diagnostic(Code.NO_CLASS, message + listing(data.classes), place, help=help, notes=notes)])
    return [numbers[cell] for cell in cells]


def _case_help(values: dict[str, None], data: Data) -> str | None:
    folded = {name.casefold() for name in data.classes}
    same = any(value.strip().casefold() in folded for value in values)
    return "class names are case-sensitive, and a space counts as a letter" if same else None


def table_help(data: Data, images: ListedImages) -> str | None:
    """Return the help for images of a table whose names match no class: the column with the names of the classes."""
    if images.rows is None:
        return None
    columns = [name for name in images.rows[0].cells if all(row.cells[name] in data.classes for row in images.rows)]
    if columns:
        return f'write `label = column("{columns[0]}")`: the table has the classes in that column'
    return one_hot_help(images.rows[0].cells, data.classes)
