"""How many files or lines a diagnostic lists."""

from collections.abc import Sequence

from ...grammar.terminal_text import printable

SHOWN = 8


def first_few(items: Sequence[str]) -> tuple[str, ...]:
    """Return the notes of a diagnostic that lists items: the first eight, one in each note, and how many more."""
    more = (f"and {len(items) - SHOWN} more",) if len(items) > SHOWN else ()
    return (*map(printable, items[:SHOWN]), *more)


def counted(number: int, what: str) -> str:
    """Return a number with its noun: `1 image`, `3 images`."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
