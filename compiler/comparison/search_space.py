"""The ranges of `search`: the values that may be drawn for a `let`."""

from dataclasses import dataclass, replace

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.diagnostics.reporter import Reporter
from ...grammar.value_class import value_class
from ..expressions.lets import wrong_replacement
from ..expressions.scope import Scope
from ..schema.bind import bind_call
from ..schema.call_arguments import Given, given_by
from ..sections.search import LogRange, Search
from .points import Point
from .sweep_targets import SweepTargets
from .sweep_values import SweepValue, SweepValues, repeated_values


@value_class
class SearchRange:
    """The values that a search may draw for a `let`: one of `values`, or a number between the `bounds`."""

    name: str
    values: tuple[SweepValue, ...]
    """The values of `choice`, or the two bounds of `log_range`."""
    bounds: LogRange | None = None


@value_class
class SearchSpace:
    """A search: its settings, and a range for each `let` that it varies."""

    settings: Search
    ranges: tuple[SearchRange, ...]

    @property
    def candidates(self) -> tuple[Point, ...]:
        """Return one point for each value that may be drawn. These points are checked, but not trained."""
        return tuple(value.point for one in self.ranges for value in one.values)


@dataclass
class SearchRanges:
    """Reads the ranges of a search, and reports their mistakes."""

    targets: SweepTargets
    values: SweepValues
    lets: Scope
    reporter: Reporter

    def read(self, one: Given) -> SearchRange | None:
        """Return the range of a `let` in `search`; None if it is wrong."""
        assert one.name
        call = one.value
        if not isinstance(call, s.Call) or call.name.id not in ("choice", "log_range"):
            message = f"`{one.name.id}` in `search` must be a range: `choice` or `log_range`"
            help = "write for example `choice(8, 16, 32)` or `log_range(1e-6, 1e-2)`"
            self.reporter.report(Diagnostic(Code.WRONG_TYPE, message, call.span, help=help))
            return None
        if not self.targets.is_let(one.name):
            return None
        bounds = self.log_range(one.name, call) if call.name.id == "log_range" else None
        if not bounds and not (call.name.id == "choice" and self.has_choices(call)):
            return None
        candidates = list(self.values.written(one.name, [argument.value for argument in call.arguments]))
        for twice in repeated_values(candidates):
            message = f"`{twice.point.label}` is equal to an earlier value"
            self.reporter.report(Diagnostic(Code.DUPLICATE, message, twice.value.span, help="remove one of them"))
        return SearchRange(one.name.id, tuple(candidates), bounds)

    def has_choices(self, call: s.Call) -> bool:
        """Return True if `choice` has at least one argument and no named argument; else report the mistake."""
        if not call.arguments:
            self.reporter.report(Diagnostic(Code.MISSING, "`choice` needs at least one value", call.span))
        named = [argument.name for argument in call.arguments if argument.name]
        for name in named:
            message = f"`choice` has no argument `{name.id}`"
            help = "`choice` takes values without names, for example `choice(8, 16, 32)`"
            self.reporter.report(Diagnostic(Code.UNKNOWN_ARGUMENT, message, name.span, help=help))
        return bool(call.arguments) and not named

    def log_range(self, name: s.Name, call: s.Call) -> LogRange | None:
        """Return the bounds of `log_range`; None if they are wrong, or the value of the `let` is an integer."""
        try:
            bounds = bind_call(LogRange, given_by(call.arguments), self.lets, call.span)
        except LabError as error:
            self.reporter.report(*error.diagnostics)
            return None
        if bounds.low >= bounds.high:
            message = f"`low` of `log_range` must be less than `high` ({bounds.high:g}), but is {bounds.low:g}"
            self.reporter.report(Diagnostic(Code.OUT_OF_BOUNDS, message, call.span))
            return None
        own = self.lets.values[name.id]
        if type(own) is int:
            wrong = wrong_replacement(name.id, float(bounds.low), own, call)
            help = f"list integers, for example `choice(8, 16, 32)`; {wrong.help}"
            self.reporter.report(replace(wrong, help=help))
            return None
        return bounds
