"""What the steps of a model share while it is elaborated."""

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
    """Whether something is missing because of a mistake: shapes are unknown from then on."""
    started: bool = False
    """Whether a step that needs a tensor has come."""

    def ready(self, step: s.Layer) -> bool:
        """Whether the step has a tensor to work on; False where that is unknown because of a mistake.

        Raises:
            LabError: if nothing gives the model's input.
        """
        self.started = True
        if not self.poisoned and self.builder.current is None:
            help = "begin the model with `input(128x128x1)`, or give the image in a `data` section"
            message = "the shape of the model's input is not given"
            raise LabError([Diagnostic(Code.INPUT, message, step.span, help=help)])
        return not self.poisoned


def bind_step(cls: type[A], step: s.Layer, scope: Scope) -> A:
    """The step's arguments as a `cls`.

    Raises:
        LabError: with all that is wrong with them.
    """
    whole = step.name.span.to(step.arguments[-1].span) if step.arguments else step.name.span
    return bind_call(cls, given_by(step.arguments), scope, whole)
