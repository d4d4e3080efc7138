"""A source of images: the files that a table lists."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from ....compiler.sections import Column, Csv, Data
from ....grammar.diagnostics.codes import Code
from ....grammar.diagnostics.diagnostic import Diagnostic
from ....grammar.diagnostics.lab_error import LabError
from ....grammar.source import Span
from ..decoding.decode import image_endings
from ..decoding.decode_options import DecodeOptions
from ..decoding.medical_files import ending_of, extra_help, without_ending
from ..shown import counted, first_few
from ..table_file import Table, TableRow, read_table, refuse_table
from .file_source import FileSource, file_source
from .image_folder import files_below, folder_names
from .listed_images import ListedImages

SEPARATOR = "|"  # between the names of the labels in a cell


def list_table(csv: Csv, used: Mapping[str, Span], data: Data, options: DecodeOptions) -> ListedImages:
    """List the image files of a table.

    A file that several rows list is one image.

    Input: `used`, the other columns that the experiment uses, with their places in the file. All their cells must be
    filled, and the rows of an image must have the same cells in them.

    Raises:
        LabError: if the table or the folder `root` cannot be read, if the table lacks a column, or if a row does not
            name exactly one image file.
    """
    table = read_table(csv, csv.image)
    for column, place in {csv.image: csv.place("image"), **used}.items():
        table.require(column, place, one_hot_help(table.columns, data.classes) or _words_help(table, data))
        table.check_filled(column, place)
    root = csv.path_of("root")
    images = file_source(root, files_below(root, csv, "root", csv.root).images, options)
    present = images.names
    rows = _rows_by_file(table, _Files(root, present), used)
    names = tuple(sorted(rows, key=os.fsencode))
    _check_endings(csv, [name for name in names if name not in images.slices])
    notes = [*_repeated(table, rows), *_without_row(csv, names, present)]
    around = folder_names(csv.root)
    return ListedImages(
        FileSource(root, names, options, images.slices),
        csv,
        around,
        tuple(rows[name] for name in names),
        notes=tuple(notes),
    )


class _Files:
    """The files in a folder, for the search by the names in a table."""

    def __init__(self, root: Path, present: Iterable[str]) -> None:
        """Sort the names of all image files below `root`."""
        self.root = root
        self.present = set(present)
        self.by_key = defaultdict[str, list[str]](list)
        for name in sorted(self.present, key=os.fsencode):
            path = PurePosixPath(name)
            keys = {without_ending(name), path.name, without_ending(path.name)} - {name}
            for key in keys:
                self.by_key[key].append(name)

    def find(self, cell: str) -> list[str]:
        """Return the names of the files that a cell may mean: one, unless the file is missing or ambiguous."""
        name = PurePosixPath(cell).as_posix()
        path = os.path.join(self.root, name)  # noqa: PTH118 - `Path` refuses some names, which no file has
        if name in self.present or (os.path.lexists(path) and not os.path.isdir(path)):  # noqa: PTH112
            return [name]
        found = self.by_key[name]
        beside = [one for one in found if PurePosixPath(one).parent == PurePosixPath(name).parent]
        return beside or found


def one_hot_help(columns: Iterable[str], classes: Sequence[str]) -> str | None:
    """Return the help for a table with a column for each class, None for other tables."""
    if len(classes) < 2 or not set(classes) <= set(columns):
        return None
    return "the table has a column for each class: write one column with the name of the class of each image instead"


def _words_help(table: Table, data: Data) -> str | None:
    """Return the help for a table without the columns of labels but with a column of their names, else None."""
    if isinstance(data.label, Column) or set(data.labels) & set(table.columns):
        return None
    for column in table.columns:
        if any(word.strip() in data.labels for row in table.rows for word in row.cells[column].split(SEPARATOR)):
            return f'the names of the labels are in a column: write `label = column("{column}")`'
    return None


def _rows_by_file(table: Table, files: _Files, used: Iterable[str]) -> dict[str, TableRow]:
    """Return the first row of each file.

    Raises:
        LabError: if files are missing or ambiguous, or if a file has rows with different cells in the used columns.
    """
    csv = table.given
    assert isinstance(csv, Csv)
    rows: dict[str, TableRow] = {}
    missing, ambiguous, contradicting = [], [], []
    for row in table.rows:
        found = files.find(row.cells[csv.image])
        if len(found) == 1:
            first = rows.setdefault(found[0], row)
            differing = next((one for one in used if row.cells.get(one) != first.cells.get(one)), None)
            if differing:
                cells = f"{first.cells[differing]} and {row.cells[differing]}"
                contradicting.append(f"{found[0]} (lines {first.line} and {row.line}): `{differing}` is {cells}")
        elif found:
            ambiguous.append(f"{row.cells[csv.image]} (line {row.line}): {', '.join(found[:3])}")
        else:
            missing.append(f"{row.cells[csv.image]} (line {row.line})")
    _refuse_missing(csv, missing, len(table.rows))
    if ambiguous:
        reason = f"has {counted(len(ambiguous), 'row')} that may mean several files"
        refuse_table(csv, reason, f'write the path below "{csv.root}", with the ending of the file', ambiguous)
    if contradicting:
        reason = f"lists {counted(len(contradicting), 'image')} again with other values"
        refuse_table(csv, reason, "keep one of the rows", contradicting)
    return rows


def _refuse_missing(csv: Csv, missing: list[str], total: int) -> None:
    if missing:
        message = f'{len(missing)} of {total} rows of "{csv.path}" name a file that is not in "{csv.root}"'
        help = "the files are searched in `root`, by their path, or by their name alone if only one file has it"
        if all("\\" in one for one in missing):
            help = "separate the folders in the table by `/`, not by a backslash"
        place = csv.place("root" if csv.is_given("root") else "path")
        raise LabError([Diagnostic(Code.NO_FILE, message, place, help=help, notes=first_few(missing))])


def _check_endings(csv: Csv, names: Iterable[str]) -> None:
    """Refuse files whose names do not end like those of images; they were found by their whole path."""
    endings = image_endings()
    others = [name for name in names if ending_of(name) not in endings]
    if others:
        help = extra_help(map(ending_of, others)) or "the ending of an image must be one of " + " ".join(
            sorted(endings)
        )
        refuse_table(csv, f"lists {counted(len(others), 'file')} without the ending of an image", help, others)


def _repeated(table: Table, rows: dict[str, TableRow]) -> Iterator[str]:
    again = len(table.rows) - len(rows)
    if again:
        yield f'{counted(again, "row")} of "{table.given.path}" list an image again; each image is used once'


def _without_row(csv: Csv, names: Sequence[str], present: Sequence[str]) -> Iterator[str]:
    """Yield a note about images without a row.

    If `root` is not given, it is the folder of the experiment, with the run folders in it. Then only the folders with
    images of the table count.
    """
    listed = set(names)
    tops = {_top(name) for name in names}
    left = [name for name in present if name not in listed and (csv.is_given("root") or _top(name) in tops)]
    if left:
        yield f'left out: {counted(len(left), "image")} in "{csv.root}" without a row in "{csv.path}"'


def _top(name: str) -> str:
    folder, slash, _ = name.partition("/")
    return folder if slash else ""
