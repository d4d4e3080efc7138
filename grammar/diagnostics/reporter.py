"""`Reporter`: collects the diagnostics of a file."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from ..source import Source, Span
from .codes import Category, Code, Severity
from .diagnostic import Diagnostic
from .lab_error import LabError


class Reporter:
    """Collects diagnostics, without duplicates and without mistakes that only follow from an inserted bracket.

    With `once_per_place`, a code is reported only once at each location, even if the messages differ. This is for a
    model, whose loops and blocks are checked at the same location many times.
    """

    def __init__(self, once_per_place: bool = False) -> None:
        self._diagnostics: dict[tuple[Code, Span, str], Diagnostic] = {}
        self._places: set[tuple[Code, Span]] = set()
        self._once_per_place = once_per_place
        self._mended_brackets: list[Span] = []
        self._notes: tuple[str, ...] = ()

    def report(self, *diagnostics: Diagnostic) -> None:
        """Keep the new diagnostics. `once_per_place` does not apply within one call, so that all may be kept."""
        known = frozenset(self._places) if self._once_per_place else frozenset()
        for diagnostic in diagnostics:
            place = (diagnostic.code, diagnostic.span)
            if place not in known and not self._follows_from_mended_bracket(diagnostic):
                noted = replace(diagnostic, notes=(*diagnostic.notes, *self._notes)) if self._notes else diagnostic
                self._diagnostics.setdefault((*place, diagnostic.message), noted)
                self._places.add(place)

    def report_syntax(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Report the syntax errors of a parsed text.

        The location at which the parser inserts a missing bracket is a guess. After a missing bracket, no mistake is
        reported that may only follow from this guess.
        """
        diagnostics = tuple(diagnostics)
        self._mended_brackets += [one.span for one in diagnostics if one.code in (Code.UNCLOSED, Code.UNOPENED)]
        self.report(*diagnostics)

    @contextmanager
    def catch(self) -> Iterator[None]:
        """Report the diagnostics of a LabError raised in the `with` block, and continue after the block."""
        try:
            yield
        except LabError as error:
            self.report(*error.diagnostics)

    @contextmanager
    def noting(self, note: str) -> Iterator[None]:
        """Add a note to every diagnostic reported in the `with` block. Inside, `once_per_place` applies too."""
        outer = self._notes, self._once_per_place
        self._notes, self._once_per_place = (*self._notes, note), True
        try:
            yield
        finally:
            self._notes, self._once_per_place = outer

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The reported diagnostics, in the order of the reports.

        One diagnostic may be left out: for `'adam'` instead of `adam`, the wrong quotes and the string are both
        reported at one location. Only the second has the right help, so the first is left out.
        """
        return tuple(
            one
            for one in self._diagnostics.values()
            if not (one.code is Code.BAD_STRING and (Code.WRONG_TYPE, one.span) in self._places)
        )

    def in_order(self, source: Source) -> tuple[Diagnostic, ...]:
        """Return the diagnostics in the order of the text of `source`, followed by the diagnostics of other sources."""
        return tuple(sorted(self.diagnostics, key=lambda one: (one.span.source is not source, one.span.start)))

    @property
    def has_errors(self) -> bool:
        """Whether an error has been reported. Warnings do not count."""
        return any(one.severity is Severity.ERROR for one in self._diagnostics.values())

    def has(self, *categories: Category) -> bool:
        """Check whether a diagnostic of one of the categories has been reported."""
        return any(code.category in categories for code, _ in self._places)

    def _follows_from_mended_bracket(self, diagnostic: Diagnostic) -> bool:
        if not self._mended_brackets:
            return False
        meaning = (Category.MODEL, Category.SECTIONS)
        if diagnostic.severity is Severity.WARNING or diagnostic.code.category in meaning:
            return True
        return any(_covers(diagnostic.span, bracket) for bracket in self._mended_brackets)


def _covers(outer: Span, inner: Span) -> bool:
    """Check whether `inner` lies inside `outer` and is smaller."""
    return outer.source is inner.source and outer.start <= inner.start < inner.end <= outer.end and outer != inner
