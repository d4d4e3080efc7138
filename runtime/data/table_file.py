"""Reads a table in a CSV file."""

import csv
import io
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NoReturn

from ...compiler.sections import Csv, SplitTable
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.diagnostics.suggest import listing, nearest
from ...grammar.source import Span
from .decoding.image_file import os_reason
from .shown import counted, first_few

DELIMITERS = (",", ";", "\t")
MAX_BYTES = 2**28  # of a table
SHOWN_COLUMNS = 20


@dataclass(frozen=True)
class TableRow:
    """A row of a table: its cells by column, and its line in the file."""

    cells: dict[str, str]
    line: int


@dataclass(frozen=True)
class Table:
    """The rows of a CSV file with a header line. `given` is the call that names the file."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    given: Csv | SplitTable

    def require(self, column: str, place: Span, help: str | None = None) -> None:
        """Check that the header has a column exactly once. `help` is the help if it has not.

        Raises:
            LabError: if it has not; the diagnostic lists the columns.
        """
        count = self.columns.count(column)
        if count != 1:
            what = f"has {count} columns `{column}`" if count else f"has no column `{column}`"
            message = f'the table "{self.given.path}" {what}'
            near = nearest(column, self.columns) if not count else None
            help = help or (f"did you mean `{near}`?" if near else None)
            more = f" and {len(self.columns) - SHOWN_COLUMNS} more" if len(self.columns) > SHOWN_COLUMNS else ""
            notes = (f"columns: {listing(self.columns[:SHOWN_COLUMNS])}{more}",)
            raise LabError([Diagnostic(Code.BAD_TABLE, message, place, help=help, notes=notes)])

    def check_filled(self, column: str, place: Span) -> None:
        """Check that no cell of a column is empty.

        Raises:
            LabError: if cells are empty; the diagnostic lists the lines.
        """
        empty = [f"line {row.line}" for row in self.rows if not row.cells[column].strip()]
        if empty:
            message = f'the table "{self.given.path}" has an empty `{column}` in {counted(len(empty), "row")}'
            help = "fill in the cells, or remove the rows"
            raise LabError([Diagnostic(Code.BAD_TABLE, message, place, help=help, notes=first_few(empty))])


def read_table(given: Csv | SplitTable, column: str) -> Table:
    """Read the table that a call names.

    The text is UTF-8, with or without a byte order mark. The cells are separated by commas, semicolons or tabs: by the
    sign with which the header has the given column; if that is true of several, by the one that gives most columns.

    Raises:
        LabError: if the file cannot be read, or if a row has too few or too many cells.
    """
    text = _read_text(given)
    headers = {sign: _header(text, sign) for sign in DELIMITERS}
    fitting = [sign for sign in DELIMITERS if column in headers[sign]] or list(DELIMITERS)
    delimiter = max(fitting, key=lambda sign: len(headers[sign]))
    try:
        (_, columns), *lines = [*_lines(text, delimiter)] or [(1, [])]
    except csv.Error as error:
        refuse_table(given, f"is not a valid CSV file: {error}")
    if not columns:
        refuse_table(given, "is empty", "the first line must have the names of the columns")
    uneven = [f"line {line}: {len(cells)} cells" for line, cells in lines if len(cells) != len(columns)]
    if uneven:
        reason = f"must have {len(columns)} cells in each row, as in its first line, but has rows with other numbers"
        refuse_table(given, reason, "put cells that contain the separator into double quotes", uneven)
    if not lines:
        refuse_table(given, "has no rows besides its first line")
    rows = tuple(TableRow(dict(zip(columns, cells, strict=True)), line) for line, cells in lines)
    return Table(tuple(columns), rows, given)


def refuse_table(given: Csv | SplitTable, reason: str, help: str | None = None, items: Iterable[str] = ()) -> NoReturn:
    """Raise LabError for a table that cannot be used; `items` are listed in a note."""
    message, notes = f'the table "{given.path}" {reason}', first_few(list(items))
    raise LabError([Diagnostic(Code.BAD_TABLE, message, given.place("path"), help=help, notes=notes)])


def _read_text(given: Csv | SplitTable) -> str:
    path = given.path_of("path")
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            refuse_table(given, "is not a file")
        if status.st_size > MAX_BYTES:
            refuse_table(given, f"has {status.st_size:,} bytes, but labc reads at most {MAX_BYTES:,}")
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        help = f"a relative path starts at the folder of the .lab file; the full path is {path.absolute()}"
        refuse_table(given, "does not exist", help)
    except OSError as error:
        refuse_table(given, f"cannot be read: {os_reason(error)}")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        refuse_table(given, f"must be UTF-8 text, but has another byte in line {line}", "save it as CSV in UTF-8")


def _header(text: str, delimiter: str) -> list[str]:
    """Return the names of the columns, an empty list if the first line is not valid with this delimiter."""
    try:
        return next(_lines(text, delimiter), (0, []))[1]
    except csv.Error:
        return []


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each line that is not empty, with the number of the line in which the row ends.

    Raises:
        csv.Error: if the text is not valid; the message has the number of the line.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from ((reader.line_num, cells) for cells in reader if cells)
    except csv.Error as error:
        raise csv.Error(f"{error} (line {reader.line_num})") from None
