"""A mistake as data: what is wrong, where, and the way out. Printing it is `render`'s work."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ..source import Span
from .codes import Code


class Severity(StrEnum):
    """Whether a diagnostic stops the experiment."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Label:
    """A second place that explains the first, with a few words about it."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake (or warning).

    `message` says what is; `help` says what to do. `remark` stands beside the caret under `span`; `labels`
    point at other places that have a part in it; `notes` are facts that help to understand it.
    """

    code: Code
    message: str
    span: Span
    help: str | None = None
    remark: str = ""
    labels: tuple[Label, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def severity(self) -> Severity:
        """A warning if the code begins with W, else an error."""
        return Severity.WARNING if self.code.value.startswith("W") else Severity.ERROR


class LabError(Exception):
    """An experiment cannot be used: `diagnostics` holds every mistake found in it.

    Raised by the functions of the Python face; inside the compiler it carries a mistake to the nearest place
    that can go on after it.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(*self.diagnostics)

    def __str__(self) -> str:
        from .render import render_text

        return "\n\n".join(render_text(diagnostic) for diagnostic in self.diagnostics)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is more than a warning."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
