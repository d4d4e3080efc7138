"""The lines of a formatted file. Comments and empty lines are kept, and `=` is aligned."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..source import Span
from ..syntax import File


@dataclass(eq=False, slots=True)
class Line:
    """A line of the output. `assigned` is the text before ` = `, "" if the line has no `=` to align."""

    indent: int
    text: str
    comment: str = ""
    assigned: str = ""
    blank_before: bool = False

    def render(self) -> str:
        """Return the text of the line, with its indent and comment."""
        return "  " * self.indent + self.text + (f"  {self.comment}" if self.comment else "")


class Lines:
    """Collects the lines of a file in the order of its text, and adds the comments of the file between the lines."""

    def __init__(self, file: File) -> None:
        self.source = file.source
        self.comments = list(reversed(file.comments))  # the comments not yet written, the next comment last
        self.out: list[Line] = []
        self.end = 0  # the offset up to which the source has been written

    def add(self, indent: int, text: str, span: Span, assigned: str = "") -> None:
        """Add a line for the statement at `span`, with the comments before and after the statement.

        A statement from another file is added without comments. Such a section gets an empty line before it.
        """
        if span.source is not self.source:
            self.out.append(Line(indent, text, assigned=assigned, blank_before=indent == 0 and text.endswith("{")))
            return
        self.add_comments(span.start, indent)
        blank = self._blank_before(span.start)
        for comment in self._take_comments(span.end):  # comments inside `span` go before the line
            self.out.append(Line(indent, comment.text.rstrip(), blank_before=blank))
            blank = False
        self.out.append(Line(indent, text, assigned=assigned, blank_before=blank))
        self.end = span.end
        self._add_trailing_comment()

    def add_comments(self, offset: int, indent: int) -> None:
        """Add the comments that start before `offset`, each on its own line."""
        for comment in self._take_comments(offset):
            self.out.append(Line(indent, comment.text.rstrip(), blank_before=self._blank_before(comment.start)))
            self.end = comment.end

    def take_last(self) -> str:
        """Remove the last line, a `}`, and return its text. A comment after it gets its own line inside the braces."""
        line = self.out.pop()
        if line.comment:
            self.out.append(Line(line.indent + 1, line.comment))
        return line.text

    def without_blank_before(self, offset: int) -> None:
        """Remove the empty lines between the last line and the statement at `offset`."""
        self.end = max(self.end, offset)

    def render(self) -> str:
        """Return the whole text with a newline at the end, "" for an empty file."""
        lines = enumerate(_align(self.out))
        text = "\n".join(("\n" if index and line.blank_before else "") + line.render() for index, line in lines)
        return text + "\n" if text else ""

    def _take_comments(self, offset: int) -> list[Span]:
        taken = []
        while self.comments and self.comments[-1].start < offset:
            taken.append(self.comments.pop())
        return taken

    def _add_trailing_comment(self) -> None:
        """Add the next comment to the last line, if the comment is on the same line of the source."""
        if self.comments:
            comment = self.comments[-1]
            between = self.source.text[self.end : comment.start]
            if "\n" not in between and not between.strip(" \t,)]}"):
                self.comments.pop()
                self.out[-1].comment = comment.text.rstrip()
                self.end = comment.end

    def _blank_before(self, start: int) -> bool:
        return self.source.text.count("\n", self.end, start) > 1


def _align(lines: list[Line]) -> Iterator[Line]:
    """Align the `=` of neighbouring lines by padding the names before it to the same width."""
    run: list[Line] = []
    for line in [*lines, Line(0, "")]:
        belongs = run and line.assigned and not line.blank_before and line.indent == run[-1].indent
        if run and not belongs:
            width = max(len(one.assigned) for one in run)
            for one in run:
                one.text = one.assigned.ljust(width) + one.text[len(one.assigned) :]
            yield from run
            run = []
        if line.assigned:
            run.append(line)
        elif line.text:
            yield line
