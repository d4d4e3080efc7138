"""What reading the images reports while it works."""

from typing import Protocol

from ...grammar.diagnostics.diagnostic import Diagnostic


class DataEvents(Protocol):
    """Receives the progress of reading images."""

    def images(self, done: int, total: int) -> None:
        """Report that `done` of `total` images are ready."""

    def note(self, text: str) -> None:
        """Report something that the user should know and that does not stop the run. `text` is one sentence."""

    def warn(self, warning: Diagnostic) -> None:
        """Report a warning about the images."""
