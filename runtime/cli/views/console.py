"""The consoles and columns of rich that labc prints with. Text is plain text for them, never the markup of rich.

rich reads `[red]` in a text as a colour and `:cat:` as a picture, and lets escape characters through to the terminal.
Titles, names and paths come from a user's files, so every text is printed through the classes of this file.
"""

from typing import Any

from rich.console import Console
from rich.progress import Task, TextColumn
from rich.text import Text

from ....grammar.terminal_text import printable


class PlainConsole(Console):
    """A console that shows every text as it is, and a symbol for each control character, also in the cells of a table.

    A text is one line: the caller prints each line on its own.
    """

    def __init__(self, *, stderr: bool = False) -> None:
        """Open the console on standard output, or on standard error if `stderr` is True."""
        super().__init__(stderr=stderr, markup=False, emoji=False, highlight=False)

    def render_str(self, text: str, **options: Any) -> Text:
        """Return the text as rich prints it."""
        return super().render_str(printable(text), **options)


class ErrorConsole(PlainConsole):
    """A console on standard error. It becomes silent if nobody reads standard error; rich would end the process."""

    def __init__(self) -> None:
        """Open the console on standard error."""
        super().__init__(stderr=True)

    def on_broken_pipe(self) -> None:
        """Continue without printing."""
        self.quiet = True


class PlainColumn(TextColumn):
    """A column of a progress bar with plain text."""

    def render(self, task: Task) -> Text:
        """Return the text of the column for a task."""
        return Text(printable(self.text_format.format(task=task)))
