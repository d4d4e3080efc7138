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
    """The cells of one row by column name, with the place of the row."""

    cells: dict[str, str]
    source: Source
    line: int

    def number(self, column: str) -> float:
        """The number in a cell; nan if the cell is empty.

        Raises:
            LabError: if the cell holds something else.
        """
        try:
            return float(self.cells[column] or "nan")
        except ValueError:
            self.refuse(f"`{column}` is not a number")

    def refuse(self, reason: str) -> NoReturn:
        """Raise the error of a broken row."""
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
        LabError: if it is missing, lacks a required column, or has a row with too few or too many cells.
    """
    source = read_file(path)
    reader = csv.reader(io.StringIO(source.text, newline=""))
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
            rows[-1].refuse(f"it has {len(cells)} cells, and the header has {len(columns)}")
    return Table(columns, rows, source)
