"""Source texts, and spans of source texts."""

from bisect import bisect_right
from dataclasses import field
from functools import cached_property
from pathlib import Path

from .value_class import value_class


@value_class
class Source:
    """A text with its name in messages: the path of a file, or `--set` for an override.

    Relative paths in the text start from `directory`. `is_file` is False for an option of the command line: it has no
    lines. Sources are compared by identity, so that two files with the same text are different sources.
    """

    name: str
    text: str = field(repr=False)
    directory: Path = Path()
    is_file: bool = True

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset of the first character of each line; the first is 0."""
        starts = [0]
        starts.extend(i + 1 for i, character in enumerate(self.text) if character == "\n")
        return starts

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of an offset. Both count from 1, and columns count characters."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Return the text of a line without its line end. The number of the first line is 1."""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] - 1 if number < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r")

    def span(self, start: int, end: int) -> "Span":
        """Return the span from offset `start` to offset `end`, which is exclusive."""
        return Span(self, start, end)


@value_class(slots=True)
class Span:
    """A range of a source, from offset `start` to offset `end`, which is exclusive."""

    source: Source
    start: int
    end: int

    @property
    def line(self) -> int:
        """The line of the first character, counted from 1."""
        return self.source.position(self.start)[0]

    @property
    def column(self) -> int:
        """The column of the first character, counted from 1."""
        return self.source.position(self.start)[1]

    @property
    def place(self) -> str:
        """The location in messages: file, line and column, or only the name of the option of the command line."""
        name = self.source.name
        return f"{name}:{self.line}:{self.column}" if self.source.is_file else f"the option {name}"

    @property
    def text(self) -> str:
        """The characters of the span."""
        return self.source.text[self.start : self.end]

    def to(self, other: "Span") -> "Span":
        """Return the span from the start of this span to the end of `other`. Both must be in the same source."""
        return Span(self.source, self.start, other.end)
