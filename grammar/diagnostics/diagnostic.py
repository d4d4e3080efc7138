"""Diagnostics: a mistake as data, with its location and a help. `render` turns it into text."""

from collections.abc import Iterable

from ..source import Span
from ..value_class import value_class
from .codes import Code, Severity
from .edit import Edit


@value_class(slots=True)
class Label:
    """A second location that explains a mistake, with a short text about this location."""

    span: Span
    text: str


@value_class(slots=True)
class Diagnostic:
    """One mistake or warning.

    `message` says what is wrong and `span` where, with `remark` next to its underline. `help` says what to do. `edits`
    make the change if `help` proposes one. `labels` are other locations that explain it, `notes` are further facts.
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
        """The severity of the code: an error stops the experiment, a warning does not."""
        return self.code.severity


def count_errors(diagnostics: Iterable[Diagnostic]) -> int:
    """Count the errors, without the warnings."""
    return sum(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Check whether one of the diagnostics is an error."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
