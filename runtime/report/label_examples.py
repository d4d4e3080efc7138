"""Selects example images of a multi-label classification or a regression."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...grammar.terminal_text import printable
from ..runs.label_table import LabelTable
from ..runs.number_table import NumberTable
from .examples import EACH, Images, png_uri
from .number_format import number


@dataclass(frozen=True)
class ShownTarget:
    """One image with its target and its prediction as text."""

    file: str
    """The file name without characters that cannot be printed."""
    truth: str
    prediction: str
    uri: str
    """The image as a `data:` URI."""


def label_examples(table: LabelTable, images: Images, names: tuple[str, ...]) -> list[ShownTarget]:
    """Return the images with the most wrong labels, the most first, and then those with the largest errors."""
    wrong = (table.truth != table.prediction).sum(axis=1)
    distance = np.abs(table.truth - table.scores).sum(axis=1)
    rows = np.lexsort((-distance, -wrong))
    return [
        ShownTarget(
            file=printable(table.file[row]),
            truth=_listed(table.truth[row], names),
            prediction=_listed(table.prediction[row], names),
            uri=png_uri(images[table.file[row]]),
        )
        for row in _given(rows, table.file, images)[:EACH]
    ]


def number_examples(table: NumberTable, images: Images, unit: str) -> tuple[list[ShownTarget], list[ShownTarget]]:
    """Return the images with the largest errors, and others in equal steps from the smallest number to the largest."""
    rows = np.argsort(-np.abs(table.prediction - table.truth), kind="stable")
    worst = _given(rows, table.file, images)[:EACH]
    others = [row for row in _given(np.argsort(table.truth, kind="stable"), table.file, images) if row not in worst]
    spread = np.linspace(0, len(others) - 1, min(EACH, len(others))).round().astype(int)
    chosen = [others[place] for place in spread]
    return _numbers(table, worst, images, unit), _numbers(table, chosen, images, unit)


def _numbers(table: NumberTable, rows: list[int], images: Images, unit: str) -> list[ShownTarget]:
    after = f" {unit}" if unit else ""
    return [
        ShownTarget(
            file=printable(table.file[row]),
            truth=f"{number(table.truth[row])}{after}",
            prediction=f"{number(table.prediction[row])}{after}",
            uri=png_uri(images[table.file[row]]),
        )
        for row in rows
    ]


def _given(rows: NDArray[np.int64], files: tuple[str, ...], images: Images) -> list[int]:
    """Return the rows whose image can be shown, in their order."""
    return [int(row) for row in rows if files[row] in images]


def _listed(chosen: NDArray[np.bool_], names: tuple[str, ...]) -> str:
    return ", ".join(name for name, is_chosen in zip(names, chosen, strict=True) if is_chosen) or "none"
