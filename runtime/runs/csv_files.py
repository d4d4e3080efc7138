"""Reading the CSV files of a run folder."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from ...grammar.source import Source
from .file_errors import read_file, refuse_file


@dataclass(frozen=True)
class Row:
    """The cells of one row by column name, with the line of the row in the file."""

    cells: dict[str, str]
    source: Source
    line: int

    def number(self, column: str) -> float:
        """Return the number in a cell; nan if the cell is empty.

        Raises:
            LabError: if the cell contains anything else.
        """
        try:
            return float(self.cells[column] or "nan")
        except ValueError:
            self.refuse(f"`{column}` must be a number, but is `{self.cells[column]}`")

    def refuse(self, reason: str) -> NoReturn:
        """Raise LabError for a broken row."""
        refuse_file(self.source, f"has a broken row: {reason}", self.source.line_starts[self.line - 1])


@dataclass(frozen=True)
class Table:
    """A CSV file with a header line."""

    columns: list[str]
    rows: list[Row]
    source: Source


def read_table(path: Path, required: list[str]) -> Table:
    """Read a CSV file.

    Raises:
        LabError: if the file or a required column is missing, or if a row has too few or too many cells.
    """
    source = read_file(path)
    reader = csv.reader(io.StringIO(source.text, newline="\n"))
    try:
        lines = [(reader.line_num, cells) for cells in reader if cells]
    except csv.Error as error:
        refuse_file(source, f"is not a valid CSV file: {error}")
    columns = lines[0][1] if lines else []
    for name in required:
        if name not in columns:
            refuse_file(source, f"has no column `{name}`")
    rows = []
    for line, cells in lines[1:]:
        rows.append(Row(dict(zip(columns, cells, strict=False)), source, line))
        if len(cells) != len(columns):
            rows[-1].refuse(f"it must have {len(columns)} cells, but has {len(cells)}")
    return Table(columns, rows, source)
