"""`LabError`: the exception that carries diagnostics."""

from collections.abc import Iterable

from .diagnostic import Diagnostic
from .render import render_text


class LabError(Exception):
    """An experiment cannot be used: `diagnostics` holds every mistake found in it.

    The functions of the Python API raise it. Inside the compiler it carries a mistake to the nearest caller that can
    go on; there, an empty one means that the mistake has been reported before.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic] = ()) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(*self.diagnostics)

    def __str__(self) -> str:
        return "\n\n".join(render_text(diagnostic) for diagnostic in self.diagnostics)
