"""The ranges of `search`: what may be drawn for a `let`."""

from dataclasses import dataclass, replace
from typing import ClassVar

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ..expressions.lets import other_kind
from ..expressions.scope import Scope
from ..schema.arguments import Arguments
from ..schema.bind import bind
from ..schema.call_arguments import Given, given_by
from ..schema.field_types import Above0
from .points import Point
from .sweep_targets import Varied
from .sweep_values import Candidates, again


class LogRange(Arguments):
    """Numbers between two bounds, each order of magnitude as likely as the next.

    Arguments:
        low: the lower bound.
        high: the upper bound; above the lower one.

    Example: `log_range(1e-6, 1e-2)`
    """

    positional: ClassVar[int] = 2

    low: Above0
    high: Above0


@dataclass
class Ranges:
    """Reads the ranges of a search; their mistakes go to `found`."""

    names: Varied
    values: Candidates
    lets: Scope
    found: list[Diagnostic]

    def read(self, one: Given) -> list[Point]:
        """A point for each value that may be drawn for a `let`; of numbers between bounds, one for each bound."""
        assert one.name
        call = one.value
        if not isinstance(call, s.Call) or call.name.id not in ("choice", "log_range"):
            message = f"`search` takes a range for `{one.name.id}`"
            help = "write `choice(8, 16, 32)` or `log_range(1e-6, 1e-2)`"
            self.found.append(Diagnostic(Code.WRONG_TYPE, message, call.span, help=help))
            return []
        if not self.names.is_let(one.name):
            return []
        fits = self.choice(call) if call.name.id == "choice" else self.log_range(one.name, call)
        candidates = list(self.values.written(one.name, [argument.value for argument in call.arguments]))
        for twice in again(candidates) if fits else ():
            message = f"`{twice.point.label}` is a candidate twice"
            self.found.append(Diagnostic(Code.DUPLICATE, message, twice.value.span, help="leave one of them out"))
        return [candidate.point for candidate in candidates] if fits else []

    def choice(self, call: s.Call) -> bool:
        """Whether `choice` is given values, without names."""
        if not call.arguments:
            self.found.append(Diagnostic(Code.MISSING, "`choice` needs values to choose from", call.span))
        named = [argument.name for argument in call.arguments if argument.name]
        for name in named:
            message = f"`choice` has no argument `{name.id}`"
            help = "it takes values without names, as in `choice(8, 16, 32)`"
            self.found.append(Diagnostic(Code.UNKNOWN_ARGUMENT, message, name.span, help=help))
        return bool(call.arguments) and not named

    def log_range(self, name: s.Name, call: s.Call) -> bool:
        """Whether `log_range` has bounds that a number can be drawn between, for a `let` that may be a fraction."""
        bounds = bind(LogRange, given_by(call.arguments), self.lets, call.span, self.found)
        if bounds is None:
            return False
        if bounds.low >= bounds.high:
            message = "`log_range` goes from the smaller to the larger bound"
            self.found.append(Diagnostic(Code.OUT_OF_BOUNDS, message, call.span))
            return False
        own = self.lets.values[name.id]
        if type(own) is int:
            told = other_kind(name.id, float(bounds.low), own, call)
            help = f"list whole numbers, as in `choice(8, 16, 32)`; {told.help}"
            self.found.append(replace(told, help=help))
        return type(own) is not int
