"""`Reporter`: the one place that collects the diagnostics of a file."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from ..source import Source, Span
from .codes import Category, Code, Severity
from .diagnostic import Diagnostic
from .lab_error import LabError


class Reporter:
    """Collects diagnostics: none twice, and nothing that only follows from a mended bracket.

    With `once_per_place`, a code that has been reported at a place is not reported there again, even in other words:
    for a model, whose loops and blocks come to the same place many times.
    """

    def __init__(self, once_per_place: bool = False) -> None:
        self._diagnostics: dict[tuple[Code, Span, str], Diagnostic] = {}
        self._places: set[tuple[Code, Span]] = set()
        self._once_per_place = once_per_place
        self._mended_brackets: list[Span] = []
        self._notes: tuple[str, ...] = ()

    def report(self, *diagnostics: Diagnostic) -> None:
        """Keep those that are news. Those of one call are of one mistake or one step, and are all kept."""
        known = frozenset(self._places) if self._once_per_place else frozenset()
        for diagnostic in diagnostics:
            place = (diagnostic.code, diagnostic.span)
            if place not in known and not self._follows_from_mended_bracket(diagnostic):
                noted = replace(diagnostic, notes=(*diagnostic.notes, *self._notes)) if self._notes else diagnostic
                self._diagnostics.setdefault((*place, diagnostic.message), noted)
                self._places.add(place)

    def report_syntax(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Report the mistakes of a parsed text.

        Where a bracket is missing, the parser has put one in, and its place is a guess. From then on nothing is
        reported that may only follow from that guess.
        """
        diagnostics = tuple(diagnostics)
        self._mended_brackets += [one.span for one in diagnostics if one.code in (Code.UNCLOSED, Code.UNOPENED)]
        self.report(*diagnostics)

    @contextmanager
    def catch(self) -> Iterator[None]:
        """Report what a LabError carries, and go on behind the block."""
        try:
            yield
        except LabError as error:
            self.report(*error.diagnostics)

    @contextmanager
    def noting(self, note: str) -> Iterator[None]:
        """Add a note to everything that is reported inside the block; what was reported before is no news there."""
        outer = self._notes, self._once_per_place
        self._notes, self._once_per_place = (*self._notes, note), True
        try:
            yield
        finally:
            self._notes, self._once_per_place = outer

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything reported, in the order of the reports.

        A text in wrong quotes where a word belongs is two mistakes at one place; only the second has the right help.
        """
        return tuple(
            one
            for one in self._diagnostics.values()
            if not (one.code is Code.BAD_STRING and (Code.WRONG_TYPE, one.span) in self._places)
        )

    def in_order(self, source: Source) -> tuple[Diagnostic, ...]:
        """The diagnostics in the order of `source`, those in other sources last."""
        return tuple(sorted(self.diagnostics, key=lambda one: (one.span.source is not source, one.span.start)))

    @property
    def has_errors(self) -> bool:
        """Whether an error has been reported, not only warnings."""
        return any(one.severity is Severity.ERROR for one in self._diagnostics.values())

    def has(self, *categories: Category) -> bool:
        """Whether a diagnostic of one of these categories has been reported."""
        return any(code.category in categories for code, _ in self._places)

    def _follows_from_mended_bracket(self, diagnostic: Diagnostic) -> bool:
        if not self._mended_brackets:
            return False
        meaning = (Category.MODEL, Category.SECTIONS)
        if diagnostic.severity is Severity.WARNING or diagnostic.code.category in meaning:
            return True
        return any(_covers(diagnostic.span, bracket) for bracket in self._mended_brackets)


def _covers(outer: Span, inner: Span) -> bool:
    """Whether `inner` lies in `outer` and is not all of it."""
    return outer.source is inner.source and outer.start <= inner.start < inner.end <= outer.end and outer != inner
