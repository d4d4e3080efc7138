"""The number of each image, for regression."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ....compiler.sections import Csv, Data
from ....grammar.diagnostics.codes import Code
from ....grammar.diagnostics.diagnostic import Diagnostic
from ....grammar.diagnostics.lab_error import LabError
from ....grammar.terminal_text import printable
from ..events import DataEvents
from ..shown import counted, first_few
from ..sources import ListedImages
from ..table_file import TableRow
from .image_targets import ImageTargets, Strata, Targets

LARGEST = float(np.finfo(np.float32).max)
NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")


@dataclass(frozen=True)
class NumberTargets(ImageTargets):
    """A number of each image, in a unit, which may be empty."""

    numbers: Sequence[float]
    unit: str

    @property
    def strata(self) -> Strata:
        return np.zeros(len(self.numbers), np.int64)

    def describe(self, index: int) -> str:
        """Return the number with its unit."""
        return f"{self.numbers[index]:g} {self.unit}".rstrip()

    def value(self, index: int) -> float:
        return self.numbers[index]

    def key(self, index: int) -> object:
        return self.numbers[index]

    def load(self, indices: Sequence[int], cache: Path, events: DataEvents) -> Targets:
        """Return numbers of single precision (image,)."""
        del cache, events
        return np.asarray([self.numbers[index] for index in indices], np.float32)

    def count(self, indices: Sequence[int]) -> dict[str, int]:
        """Return an empty dict, because there are no classes."""
        del indices
        return {}


def find_numbers(data: Data, listed: Mapping[str, ListedImages]) -> NumberTargets:
    """Find the number of each image in the column of `target`, in the order of the sources.

    Raises:
        LabError: if a cell is not a number; the diagnostic lists the first rows.
    """
    assert data.target
    numbers = [number for images in listed.values() for number in _numbers(data, data.target.name, images)]
    return NumberTargets(tuple(numbers), data.target.unit)


def _numbers(data: Data, column: str, images: ListedImages) -> list[float]:
    assert images.rows is not None, "otherwise `check_one_task` reports the source"
    assert isinstance(images.given, Csv)
    wrong = sorted((row for row in images.rows if not _is_number(row.cells[column])), key=lambda row: row.line)
    if wrong:
        message = f'the table "{images.given.path}" has no number in `{column}` for {counted(len(wrong), "image")}'
        items = [f"line {row.line}: {printable(row.cells[column])}" for row in wrong]
        place = data.place("target")
        raise LabError([Diagnostic(Code.BAD_TABLE, message, place, help=_help(wrong, column), notes=first_few(items))])
    return [float(row.cells[column]) for row in images.rows]


def _is_number(cell: str) -> bool:
    """Return whether a cell is a decimal number that single precision can hold."""
    text = cell.strip()
    return NUMBER.fullmatch(text) is not None and abs(float(text)) <= LARGEST


def _help(wrong: Sequence[TableRow], column: str) -> str:
    if all(_is_number(row.cells[column].replace(",", ".", 1)) for row in wrong):
        return "write a decimal point, not a comma"
    return "write a number such as 12.5 without a unit, or leave the row out"
