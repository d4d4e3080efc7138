"""The ranges of `search`: the values that may be drawn for a `let`."""

from dataclasses import dataclass, replace

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.diagnostics.reporter import Reporter
from ..expressions.lets import wrong_replacement
from ..expressions.scope import Scope
from ..schema.bind import bind_call
from ..schema.call_arguments import Given, given_by
from ..sections.search import LogRange, Search
from .points import Point
from .sweep_targets import SweepTargets
from .sweep_values import SweepValue, SweepValues, repeated_values


@dataclass(frozen=True)
class SearchRange:
    """What may be drawn for a `let`: one of `values`, or with `bounds` a number between them."""

    name: str
    values: tuple[SweepValue, ...]
    """The listed values; with `bounds`, the two bounds, which are checked like values."""
    bounds: LogRange | None = None


@dataclass(frozen=True)
class SearchSpace:
    """A search: its settings, and a range for each `let` that it varies."""

    settings: Search
    ranges: tuple[SearchRange, ...]

    @property
    def candidates(self) -> tuple[Point, ...]:
        """A point for each value that may be drawn, one change at a time: checked, and no trainings of their own."""
        return tuple(value.point for one in self.ranges for value in one.values)


@dataclass
class SearchRanges:
    """Reads the ranges of a search, and reports their mistakes."""

    targets: SweepTargets
    values: SweepValues
    lets: Scope
    reporter: Reporter

    def read(self, one: Given) -> SearchRange | None:
        """The range that a search gives to a `let`, None if it is wrong."""
        assert one.name
        call = one.value
        if not isinstance(call, s.Call) or call.name.id not in ("choice", "log_range"):
            message = f"`search` takes a range for `{one.name.id}`"
            help = "write `choice(8, 16, 32)` or `log_range(1e-6, 1e-2)`"
            self.reporter.report(Diagnostic(Code.WRONG_TYPE, message, call.span, help=help))
            return None
        if not self.targets.is_let(one.name):
            return None
        bounds = self.log_range(one.name, call) if call.name.id == "log_range" else None
        if not bounds and not (call.name.id == "choice" and self.has_choices(call)):
            return None
        candidates = list(self.values.written(one.name, [argument.value for argument in call.arguments]))
        for twice in repeated_values(candidates):
            message = f"`{twice.point.label}` is a candidate twice"
            self.reporter.report(Diagnostic(Code.DUPLICATE, message, twice.value.span, help="leave one of them out"))
        return SearchRange(one.name.id, tuple(candidates), bounds)

    def has_choices(self, call: s.Call) -> bool:
        """Whether `choice` is given values, without names."""
        if not call.arguments:
            self.reporter.report(Diagnostic(Code.MISSING, "`choice` needs values to choose from", call.span))
        named = [argument.name for argument in call.arguments if argument.name]
        for name in named:
            message = f"`choice` has no argument `{name.id}`"
            help = "it takes values without names, as in `choice(8, 16, 32)`"
            self.reporter.report(Diagnostic(Code.UNKNOWN_ARGUMENT, message, name.span, help=help))
        return bool(call.arguments) and not named

    def log_range(self, name: s.Name, call: s.Call) -> LogRange | None:
        """The bounds of a `log_range` for a `let` that may be a fraction, None if they are wrong."""
        try:
            bounds = bind_call(LogRange, given_by(call.arguments), self.lets, call.span)
        except LabError as error:
            self.reporter.report(*error.diagnostics)
            return None
        if bounds.low >= bounds.high:
            message = "`log_range` goes from the smaller to the larger bound"
            self.reporter.report(Diagnostic(Code.OUT_OF_BOUNDS, message, call.span))
            return None
        own = self.lets.values[name.id]
        if type(own) is int:
            wrong = wrong_replacement(name.id, float(bounds.low), own, call)
            help = f"list integers, as in `choice(8, 16, 32)`; {wrong.help}"
            self.reporter.report(replace(wrong, help=help))
            return None
        return bounds
