"""The table `split.csv`: the part of each image. A run writes it, and `split = csv("split.csv")` reads it."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import NoReturn

from ....compiler.analysis.part_sizes import PARTS
from ....compiler.sections import SplitTable
from ....grammar.diagnostics.codes import Code
from ....grammar.diagnostics.diagnostic import Diagnostic
from ....grammar.diagnostics.lab_error import LabError
from ....grammar.diagnostics.suggest import listing
from ...runs.file_names import escape_name, unescape_name
from ..shown import counted, first_few
from ..table_file import TableRow, read_table

UNUSED = "unused"
"""The word for an image that is in no part."""


def split_table(names: Sequence[str], parts: Mapping[str, Sequence[int]]) -> str:
    """Return the text of `split.csv`: a row for each image, in the order of the names."""
    part_of = {index: part for part, indices in parts.items() for index in indices}
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["file", "part"])
    writer.writerows([escape_name(name), part_of.get(index, UNUSED)] for index, name in enumerate(names))
    return text.getvalue()


def read_split(given: SplitTable, names: Sequence[str]) -> dict[str, list[int]]:
    """Return the indices of the images in each part, as a table has them, in the order of the names.

    Raises:
        LabError: if the table cannot be read; if it lacks an image, has a file that is none of the images, an unknown
            part or a file twice; if there are no training or no validation images.
    """
    table = read_table(given, "file")
    for column in ("file", "part"):
        table.require(column, given.place("path"))
    rows = {unescape_name(row.cells["file"]): row for row in table.rows}
    if len(rows) < len(table.rows):
        again = [_at(row) for row in table.rows if rows[unescape_name(row.cells["file"])] is not row]
        _refuse(given, f"lists {counted(len(again), 'file')} twice", again)
    known = set(names)
    unknown = [_at(row) for name, row in rows.items() if name not in known]
    if unknown:
        _refuse(given, f"has {counted(len(unknown), 'file')} that the source has not", unknown, _NAMES_HELP)
    missing = [name for name in names if name not in rows]
    if missing:
        _refuse(given, f"lacks {len(missing)} of {counted(len(names), 'image')}", missing, _NAMES_HELP)
    words = (*PARTS, UNUSED)
    strange = [f"{row.cells['part']} ({_at(row)})" for row in table.rows if row.cells["part"] not in words]
    if strange:
        _refuse(given, f"has parts that are none of {listing(words)}", strange)
    parts = {part: [i for i, name in enumerate(names) if rows[name].cells["part"] == part] for part in PARTS}
    empty = [part for part in ("train", "validation") if not parts[part]]
    if empty:
        _refuse(given, f"has no image in {listing(empty)}", [])
    return {part: indices for part, indices in parts.items() if indices}


_NAMES_HELP = "the names are those in the `split.csv` of a run: relative to the folder of the source, with `/`"


def _at(row: TableRow) -> str:
    return f"{row.cells['file']}, line {row.line}"


def _refuse(given: SplitTable, reason: str, items: Sequence[str], help: str | None = None) -> NoReturn:
    message = f'the table "{given.path}" {reason}'
    raise LabError([Diagnostic(Code.SPLIT_TABLE, message, given.place("path"), help=help, notes=first_few(items))])
