"""`LabError`: the exception that carries diagnostics."""

from collections.abc import Iterable

from .diagnostic import Diagnostic
from .render import render_text


class LabError(Exception):
    """The error of an experiment that cannot be used. `diagnostics` holds every mistake found in the experiment.

    The functions of the Python API raise this error. Inside the compiler, it carries a mistake to the nearest caller
    that can continue. A `LabError` without diagnostics means that the mistake has been reported before.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic] = ()) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(*self.diagnostics)

    def __str__(self) -> str:
        return "\n\n".join(render_text(diagnostic) for diagnostic in self.diagnostics)
