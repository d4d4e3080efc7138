"""A mistake as data: what is wrong, where, and what to do. `render` prints it."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..source import Span
from .codes import Code, Severity
from .edit import Edit


@dataclass(frozen=True, slots=True)
class Label:
    """A second place that explains the first, with a few words about it."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake or warning.

    `message` says what is; `help` says what to do, and `edits` do it where it is a replacement. `remark` stands beside
    the carets under `span`; `labels` point at other places that have a part in it; `notes` are further facts.
    """

    code: Code
    message: str
    span: Span
    help: str | None = None
    remark: str = ""
    labels: tuple[Label, ...] = ()
    notes: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()

    @property
    def severity(self) -> Severity:
        """Whether it stops the experiment."""
        return self.code.severity


def count_errors(diagnostics: Iterable[Diagnostic]) -> int:
    """How many of them are errors, not warnings."""
    return sum(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
