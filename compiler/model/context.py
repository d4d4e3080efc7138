"""What the steps of a model share while the model is elaborated."""

from dataclasses import dataclass
from typing import TypeVar

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ..expressions.scope import Scope
from ..schema.arguments import Arguments
from ..schema.bind import bind_call
from ..schema.call_arguments import given_by
from .builder import Builder

A = TypeVar("A", bound=Arguments)


@dataclass
class ModelContext:
    """The graph so far, and whether its shapes are known."""

    builder: Builder
    poisoned: bool
    """Whether there was a mistake, so that there will be no graph."""
    taps_unknown: bool = False
    """Whether an earlier part of the model was not read, which may name tensors."""
    started: bool = False
    """Whether an earlier step used the input."""

    def ready(self, step: s.Layer) -> bool:
        """Return whether the tensor before the step is known; False if it is unknown because of a mistake.

        Raises:
            LabError: if neither `data` nor a step `input(…)` gives the shape of the model's input.
        """
        self.started = True
        if not self.poisoned and self.builder.current is None:
            help = "begin the model with its input, for example `input(128x128x1)`, or set `image` in a `data` section"
            message = "missing shape of the model's input"
            raise LabError([Diagnostic(Code.INPUT, message, step.span, help=help)])
        return self.builder.current is not None


def bind_step(cls: type[A], step: s.Layer, scope: Scope) -> A:
    """Return the step's arguments as an instance of `cls`.

    Raises:
        LabError: if arguments are wrong; with a diagnostic for each mistake.
    """
    whole = step.name.span.to(step.arguments[-1].span) if step.arguments else step.name.span
    try:
        return bind_call(cls, given_by(step.arguments), scope, whole)
    except LabError as error:
        from .step_help import with_step_help  # only imported for a file with a mistake

        raise LabError(with_step_help(error.diagnostics, step)) from None
