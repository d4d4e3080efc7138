"""Reads the labels of images from the columns of a table: one column of 0 and 1 for each label, or one of words."""

from collections import Counter
from collections.abc import Sequence

from ....compiler.sections import Column, Csv, Data
from ....grammar.diagnostics.codes import Code
from ....grammar.diagnostics.diagnostic import Diagnostic
from ....grammar.diagnostics.lab_error import LabError
from ....grammar.diagnostics.suggest import listing, nearest
from ....grammar.terminal_text import printable
from ..shown import SHOWN, counted, first_few
from ..sources import ListedImages
from ..sources.image_table import SEPARATOR

ZERO_ONE = {"0": 0, "1": 1, "0.0": 0, "1.0": 1}
"""The cells of a column of one label, with the numbers that they mean."""

Labels = tuple[int, ...]
"""The labels of one image: 0 or 1 for each label."""


def read_labels(data: Data, images: ListedImages) -> tuple[Sequence[Labels], tuple[str, ...]]:
    """Return the labels of each image as 0 and 1 (image, label), and notes for the user.

    Raises:
        LabError: if a cell of a label's column is not 0 or 1; the diagnostic lists the values.
    """
    if images.label_rows is not None:
        return images.label_rows, ()
    assert images.rows is not None, "otherwise `check_one_task` reports the source"
    if isinstance(data.label, Column):
        name = data.label.name
        words = [[word.strip() for word in row.cells[name].split(SEPARATOR)] for row in images.rows]
        others = Counter(word for of_image in words for word in {*of_image} if word not in data.labels)
        labels = [tuple(int(label in of_image) for label in data.labels) for of_image in words]
        return labels, _other_words(data.label, data.labels, others)
    _check_zero_one(data, images)
    return [tuple(ZERO_ONE[row.cells[name].strip()] for name in data.labels) for row in images.rows], ()


def _other_words(column: Column, labels: Sequence[str], others: Counter[str]) -> tuple[str, ...]:
    """Return a note about the words that mean no label. Those that may be a misspelt label come first."""
    if not others:
        return ()
    meant = {word: nearest(word, labels) for word in others}
    ordered = sorted(others, key=lambda word: (meant[word] is None, -others[word], word))
    shown = [_shown(word, others[word], meant[word]) for word in ordered[:SHOWN]]
    more = f" and {len(ordered) - SHOWN} more" if len(ordered) > SHOWN else ""
    return (f"words in `{column.name}` that mean no label: {', '.join(shown)}{more}",)


def _shown(word: str, count: int, meant: str | None) -> str:
    doubt = f", or is it `{printable(meant)}`?" if meant else ""
    shown = f"`{printable(word)}`" if word else "nothing at all"
    return f"{shown} ({counted(count, 'image')}{doubt})"


def _check_zero_one(data: Data, images: ListedImages) -> None:
    """Refuse cells that are not 0 or 1, with the values of each column and how often they occur."""
    assert images.rows is not None
    assert isinstance(images.given, Csv)
    wrong = {
        name: values
        for name in data.labels
        if (values := Counter(row.cells[name] for row in images.rows if row.cells[name].strip() not in ZERO_ONE))
    }
    if wrong:
        items = [
            f"`{printable(name)}`: " + ", ".join(f"{printable(value)} ({counted(n, 'image')})" for value, n in shown)
            for name, shown in ((name, values.most_common(SHOWN)) for name, values in wrong.items())
        ]
        message = f'the table "{images.given.path}" has other values than 0 and 1 in {listing(wrong)}'
        help = "decide what they mean: write 0 or 1, or leave the rows or the label out"
        raise LabError([Diagnostic(Code.BAD_TABLE, message, data.place("labels"), help=help, notes=first_few(items))])
