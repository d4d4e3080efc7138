"""The budget of a check: the number of steps that the evaluation of a file may take."""

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.limit_exceeded import LimitExceeded
from ...grammar.source import Span

MAX_STEPS = 1_000_000

# A step takes about a microsecond. A value, an operator, a name, and an item of a list take one step each.
LET = 3
CLAIM = 10
ITERATION = 10
LAYER = 20  # also the call of a block
MISTAKE = 100
EXPERIMENT = 100  # of a comparison


class Budget:
    """The steps that are left. All experiments of a file share one budget, so that every check ends."""

    def __init__(self, steps: int = MAX_STEPS) -> None:
        self.left = steps
        self._reported = False

    def spend(self, steps: int, place: Span) -> None:
        """Take steps from the budget.

        Raises:
            LimitExceeded: if fewer steps are left. Only the first time it has a diagnostic, which underlines `place`.
        """
        self.left -= steps
        if self.left < 0:
            self._end(place)

    def renew(self) -> None:
        """Give all steps back. A run evaluates claims again after the check."""
        self.left = MAX_STEPS

    def _end(self, place: Span) -> None:
        if self._reported:
            raise LimitExceeded
        self._reported = True
        message = f"checking this file takes more than {MAX_STEPS:_} steps, so the rest is not checked"
        help = "a loop, a block or a list is probably larger than it should be; docs/functions.md says what a step is"
        raise LimitExceeded(Diagnostic(Code.BEYOND_BOUND, message, place, help=help))
