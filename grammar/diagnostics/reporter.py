"""`Reporter`: collects the diagnostics of a file."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from ..source import Source, Span
from .codes import Category, Code, Severity
from .diagnostic import Diagnostic
from .lab_error import LabError
from .limit_exceeded import LimitExceeded

MAX_MISTAKES = 5_000
_BETTER = {
    Code.BAD_STRING: (Code.WRONG_TYPE, Code.UNEXPECTED),
    Code.UNEXPECTED: (Code.WRONG_TYPE, Code.UNKNOWN_NAME, Code.UNKNOWN_WORD),
}
"""The codes of syntax errors, and the codes that have the better help at the same location."""


def too_many_mistakes(place: Span) -> Diagnostic:
    """Return the diagnostic of a file with too many mistakes. `place` is the location of the last one."""
    message = f"this file has more than {MAX_MISTAKES} mistakes, so the rest is not checked"
    return Diagnostic(Code.BEYOND_BOUND, message, place)


class Reporter:
    """Collects diagnostics, without duplicates and without mistakes that only follow from an inserted bracket.

    With `once_per_place`, a code is reported only once at each location, even if the messages differ. This is for a
    model, whose loops and blocks are checked at the same location many times. `most` is the largest number of
    diagnostics, None for no limit.
    """

    def __init__(self, once_per_place: bool = False, most: int | None = None) -> None:
        self._diagnostics: dict[tuple[Code, Span, str], Diagnostic] = {}
        self._places: set[tuple[Code, Span]] = set()
        self._once_per_place = once_per_place
        self._most = most
        self._mended_brackets: dict[Source, list[tuple[int, int]]] = {}
        self._notes: tuple[str, ...] = ()

    def report(self, *diagnostics: Diagnostic) -> None:
        """Keep the new diagnostics. `once_per_place` does not apply within one call, so that all may be kept.

        Raises:
            LimitExceeded: if there are more diagnostics than the limit.
        """
        known = frozenset(self._places) if self._once_per_place else frozenset()
        for diagnostic in diagnostics:
            place = (diagnostic.code, diagnostic.span)
            if place not in known and not self._follows_from_mended_bracket(diagnostic):
                noted = replace(diagnostic, notes=(*diagnostic.notes, *self._notes)) if self._notes else diagnostic
                self._diagnostics.setdefault((*place, diagnostic.message), noted)
                self._places.add(place)
                if self._most is not None and len(self._diagnostics) > self._most:
                    raise LimitExceeded(too_many_mistakes(diagnostic.span))

    def end(self, limit: LimitExceeded) -> None:
        """Report the limit that ends the check."""
        if one := limit.diagnostic:
            self._diagnostics[one.code, one.span, one.message] = one
            self._places.add((one.code, one.span))

    def report_syntax(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Report the syntax errors of a parsed text.

        The location at which the parser inserts a missing bracket is a guess. After a missing bracket, no mistake is
        reported that may only follow from this guess.
        """
        diagnostics = tuple(diagnostics)
        for one in diagnostics:
            if one.code in (Code.UNCLOSED, Code.UNOPENED):
                insort(self._mended_brackets.setdefault(one.span.source, []), (one.span.start, one.span.end))
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
        reported at one location, and so are those of `'epochs' = 3`, and the dot and the name of `nn.ReLU`. Only the
        second has the right help, so the first is left out.
        """
        starts = {(code, span.source, span.start) for code, span in self._places}
        return tuple(
            one
            for one in self._diagnostics.values()
            if not any((code, one.span.source, one.span.start) in starts for code in _BETTER.get(one.code, ()))
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
        return self._covers_mended_bracket(diagnostic.span)

    def _covers_mended_bracket(self, span: Span) -> bool:
        """Check whether a mended bracket or head lies inside the span and is smaller. They do not overlap."""
        mended = self._mended_brackets.get(span.source, [])
        first = bisect_left(mended, (span.start, span.start))
        near = [place for place in mended[first : first + 2] if place != (span.start, span.end)]
        return any(start < end <= span.end for start, end in near)
