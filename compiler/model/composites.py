"""The steps that contain stacks: `residual`, `parallel`, `branch` and `frozen`. Also the arguments of `input`."""

from collections.abc import Callable
from typing import Annotated, ClassVar

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, Label
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.source import Span
from ..expressions.scope import Scope
from ..layers import MERGES, Add, Conv, shapes
from ..layers.shapes import Shape, ShapeError
from ..schema.arguments import Arguments
from ..schema.choice import Choice
from ..schema.field_types import Boolean, TensorShape
from .builder import Tensor
from .context import ModelContext, bind_step
from .recovery import keeps_shape

COMPOSITES = ("residual", "parallel", "branch", "frozen")

ElaborateStack = Callable[[s.Stack, Scope], None]
"""A function that adds the layers of a stack to the graph."""


class Input(Arguments):
    """The shape of the model's input: `input(128x128x1)`."""

    shape: TensorShape


class Frozen(Arguments):
    """`frozen { … }`: a stack whose weights stay fixed during training."""

    positional: ClassVar[int] = 0


class Residual(Arguments):
    """`residual { … }`: the sum of the stack's output and the stack's input. He et al. (2015).

    With `project = true`, a 1x1 convolution first brings an input of another shape to the shape of the output.
    """

    positional: ClassVar[int] = 0

    project: Boolean = False


class Parallel(Arguments):
    """`parallel(concat) { branch { … } branch { … } }`: branches that start at the same tensor.

    The merge combines the outputs of the branches.
    """

    merge: Annotated[str, Choice(tuple(MERGES))]


def composite(context: ModelContext, step: s.Layer, scope: Scope, elaborate: ElaborateStack) -> None:
    """Elaborate one of the COMPOSITES.

    Raises:
        LabError: if the step itself is wrong, or if the shapes of the tensors that it merges do not fit.
    """
    if step.body is None:
        message = f"missing `{{ … }}` after `{step.name.id}`"
        raise LabError([Diagnostic(Code.UNEXPECTED, message, step.span)])
    match step.name.id:
        case "frozen":
            bind_step(Frozen, step, scope)
            _frozen(context, step.body, scope, elaborate)
        case "residual":
            _residual(context, bind_step(Residual, step, scope), step, scope, elaborate)
        case "parallel":
            _parallel(context, bind_step(Parallel, step, scope), step, scope, elaborate)
        case _:
            message = "unexpected `branch`: it must be directly inside `parallel(…) { … }`"
            raise LabError([Diagnostic(Code.UNEXPECTED, message, step.name.span)])


def _frozen(context: ModelContext, body: s.Stack, scope: Scope, elaborate: ElaborateStack) -> None:
    before, context.builder.frozen = context.builder.frozen, True
    elaborate(body, scope)
    context.builder.frozen = before


def _residual(context: ModelContext, asked: Residual, step: s.Layer, scope: Scope, elaborate: ElaborateStack) -> None:
    """Add the stack's output to the stack's input, or to a projection of the input."""
    assert step.body
    builder = context.builder
    context.ready(step)
    start = builder.current
    elaborate(step.body, scope)
    end = builder.current
    if start is None or end is None:  # one is unknown because of a mistake; then the sum has the shape of the other
        builder.current = end or (None if asked.project else start)
        return
    if asked.project and start.shape != end.shape:
        builder.current = start
        builder.add(_projection(start.shape, end.shape, step.name.span), step.name.span)
        start, builder.current = builder.current, end
    elif start.shape != end.shape:
        raise LabError([builder.shape_diagnostic(_residual_error(start.shape, end.shape), step.name.span)])
    builder.merge(Add(), [(start, None)], step.span)


def _parallel(context: ModelContext, asked: Parallel, step: s.Layer, scope: Scope, elaborate: ElaborateStack) -> None:
    """Elaborate every branch from the same tensor, and merge the outputs of the branches."""
    assert step.body
    branches = _branches(step.body)
    context.ready(step)
    start = context.builder.current
    ends: list[tuple[Tensor, Label | None]] = []
    for branch in branches:
        context.builder.current = start
        assert branch.body
        elaborate(branch.body, scope)
        end = context.builder.current
        if end:
            label = Label(branch.name.span, f"the output of this branch is {shapes.text(end.shape)}")
            ends.append((end, label))
    context.builder.current = ends[0][0] if ends else None
    if len(ends) > 1:
        context.builder.merge(MERGES[asked.merge](), ends[1:], step.span, "at the end of the first branch")
    if len(ends) < len(branches) and not keeps_shape(asked.merge):
        context.builder.current = None


def _projection(start: Shape, end: Shape, place: Span) -> Conv:
    """Return the 1x1 convolution that brings a tensor of shape `start` to shape `end`.

    Raises:
        LabError: if no stride brings `start` to `end`.
    """
    strides = tuple(-(-one // other) for one, other in zip(start[:-1], end[:-1], strict=False))
    fits = len(start) == len(end) > 1 and all(
        -(-one // stride) == other for one, other, stride in zip(start, end, strides, strict=False)
    )
    if not fits:
        message = (
            f"no 1x1 convolution brings the input of shape {shapes.text(start)} "
            f"to the shape {shapes.text(end)} of the stack's output"
        )
        raise LabError([Diagnostic(Code.MERGE_SHAPES, message, place)])
    return Conv(filters=end[-1], kernel=1, stride=strides)


def _residual_error(start: Shape, end: Shape) -> ShapeError:
    """Return the error for a stack that changes the shape although `project` is false."""
    message = (
        f"the output of `residual` must have the shape {shapes.text(start)} of its input, but is {shapes.text(end)}"
    )
    help = "write `residual(project = true)`, or use layers that keep the shape"
    return ShapeError(Code.MERGE_SHAPES, message, help)


def _branches(body: s.Stack) -> list[s.Layer]:
    """Return the branches of a `parallel`.

    Raises:
        LabError: if the stack contains anything but branches, or fewer than two of them.
    """
    branches: list[s.Layer] = []
    for chain in body.chains:
        steps = chain.steps if isinstance(chain, s.Chain) else ()
        step = steps[0] if len(steps) == 1 else None
        if not (isinstance(step, s.Layer) and step.name.id == "branch" and step.body and not step.arguments):
            message = "unexpected step in `parallel`: only `branch { … }` can be directly inside"
            raise LabError([] if isinstance(chain, s.Invalid) else [Diagnostic(Code.UNEXPECTED, message, chain.span)])
        branches.append(step)
    if len(branches) < 2:
        raise LabError([Diagnostic(Code.MISSING, "missing branch: `parallel` needs at least two", body.span)])
    return branches
