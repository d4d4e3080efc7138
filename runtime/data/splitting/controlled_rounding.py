"""Rounds a table of proportions to integers without changing the sums of its rows and columns."""

from collections.abc import Sequence


def round_table(rows: Sequence[int], columns: Sequence[int]) -> list[list[int]]:
    """Return a table of integers whose cells are proportional to the sums of their row and column.

    The exact value of a cell is row * column / total. Each cell of the result is this value, rounded down or up, and
    the sums of the rows and columns are exactly the given ones. Such a table always exists (Bacharach, "Matrix rounding
    problems", 1966). The method: all cells are rounded down; then each row gets what it lacks, one at a time, along a
    path of cells that may be rounded up or back down, as in a maximum flow.

    Input: `rows` and `columns`, numbers from 0 with the same sum, above 0. Output: (row, column).
    """
    total = sum(rows)
    cells = [[row * column // total for column in columns] for row in rows]
    may_rise = [[row * column % total > 0 for column in columns] for row in rows]
    has_risen = [[False] * len(columns) for _ in rows]
    lacking = [column - sum(row[place] for row in cells) for place, column in enumerate(columns)]
    for number, row in enumerate(rows):
        for _ in range(row - sum(cells[number])):
            _raise_one(number, lacking, may_rise, has_risen)
    return [[cell + up for cell, up in zip(*pair, strict=True)] for pair in zip(cells, has_risen, strict=True)]


def _raise_one(start: int, lacking: list[int], may_rise: list[list[bool]], has_risen: list[list[bool]]) -> None:
    """Round one more cell of the row `start` up, and move others, so that a column that lacks something gets it."""
    reached: dict[int, tuple[int, int | None]] = {}  # column: the row that reaches it, and the column before
    waiting: list[tuple[int, int | None]] = [(start, None)]
    for row, before in waiting:
        free = [
            column
            for column in range(len(lacking))
            if column not in reached and may_rise[row][column] and not has_risen[row][column]
        ]
        # First the column that lacks most: so several rows with small numbers are spread over the columns.
        for column in sorted(free, key=lambda column: -lacking[column]):
            reached[column] = row, before
            if lacking[column]:
                lacking[column] -= 1
                _turn(column, reached, has_risen)
                return
            waiting += [(other, column) for other, risen in enumerate(has_risen) if risen[column]]
    raise AssertionError("a table of proportions can always be rounded")


def _turn(column: int | None, reached: dict[int, tuple[int, int | None]], has_risen: list[list[bool]]) -> None:
    """Round up the cell at the end of a path, and turn the cells on the path to it."""
    while column is not None:
        row, before = reached[column]
        has_risen[row][column] = True
        if before is not None:
            has_risen[row][before] = False
        column = before
