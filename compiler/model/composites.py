"""Steps around stacks: `residual`, `parallel` with its branches, `frozen`; and what `input` takes."""

from typing import TYPE_CHECKING, Annotated, ClassVar

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, Label, LabError
from ...grammar.source import Span
from ..expressions.scope import Scope
from ..layers import MERGES, Add, Conv, shapes
from ..layers.shapes import Shape, ShapeError
from ..schema.arguments import Arguments
from ..schema.field_types import Choice, TensorShape, Truth
from .builder import Tensor

if TYPE_CHECKING:
    from .elaborate import Elaborator

COMPOSITES = ("residual", "parallel", "branch", "frozen")


class Input(Arguments):
    """The shape of what the model sees: `input(128x128x1)`."""

    shape: TensorShape


class Frozen(Arguments):
    """`frozen { … }`: a stack whose weights do not train."""

    positional: ClassVar[int] = 0


class Residual(Arguments):
    """`residual { … }`: the stack's output added to its input. He et al. (2015).

    With `project = true` an input of another shape goes through a 1x1 convolution first, with the stride and the
    channels that make it fit.
    """

    positional: ClassVar[int] = 0

    project: Truth = False


class Parallel(Arguments):
    """`parallel(concat) { branch { … } branch { … } }`: branches from one tensor, merged."""

    merge: Annotated[str, Choice(tuple(MERGES))]


def composite(elaborator: "Elaborator", step: s.Layer, scope: Scope) -> None:
    """Carry out one of the COMPOSITES.

    Raises:
        LabError: for whatever is wrong with the step itself, and if the tensors it joins do not fit.
    """
    if step.body is None:
        message = f"`{step.name.id}` is written `{step.name.id} {{ … }}`"
        raise LabError([Diagnostic(Code.UNEXPECTED, message, step.span)])
    match step.name.id:
        case "frozen":
            elaborator.bound(Frozen, step, scope)
            _frozen(elaborator, step.body, scope)
        case "residual":
            _residual(elaborator, elaborator.bound(Residual, step, scope), step, step.body, scope)
        case "parallel":
            _parallel(elaborator, elaborator.bound(Parallel, step, scope), step, step.body, scope)
        case _:
            message = "`branch` stands in `parallel(…) { … }`"
            raise LabError([Diagnostic(Code.UNEXPECTED, message, step.name.span)])


def _frozen(elaborator: "Elaborator", body: s.Stack, scope: Scope) -> None:
    before, elaborator.builder.frozen = elaborator.builder.frozen, True
    elaborator.stack(body, scope)
    elaborator.builder.frozen = before


def _residual(elaborator: "Elaborator", asked: Residual, step: s.Layer, body: s.Stack, scope: Scope) -> None:
    """The stack's output, added to its input or to a projection of it."""
    ready, start = elaborator.ready(step), elaborator.builder.current
    elaborator.stack(body, scope)
    end = elaborator.builder.current
    if not ready or elaborator.lost or start is None or end is None:
        return
    if asked.project and start.shape != end.shape:
        elaborator.builder.current = start
        elaborator.builder.add(_projection(start.shape, end.shape, step.name.span), step.name.span)
        start, elaborator.builder.current = elaborator.builder.current, end
    elif start.shape != end.shape:
        raise LabError([elaborator.builder.shape_diagnostic(_residual_error(start.shape, end.shape), step.name.span)])
    elaborator.builder.merge(Add(), [(start, None)], step.span)


def _parallel(elaborator: "Elaborator", asked: Parallel, step: s.Layer, body: s.Stack, scope: Scope) -> None:
    """Every branch from the same tensor, their outputs merged."""
    branches = _branches(body)
    ready, start = elaborator.ready(step), elaborator.builder.current
    ends: list[tuple[Tensor, Label | None]] = []
    for branch in branches:
        elaborator.builder.current = start
        assert branch.body
        elaborator.stack(branch.body, scope)
        end = elaborator.builder.current
        if end:
            label = Label(branch.name.span, f"this branch gives {shapes.text(end.shape)}")
            ends.append((end, label))
    if ready and not elaborator.lost:
        elaborator.builder.current = ends[0][0]
        elaborator.builder.merge(MERGES[asked.merge](), ends[1:], step.span)


def _projection(start: Shape, end: Shape, place: Span) -> Conv:
    """The 1x1 convolution that brings a tensor of shape `start` to shape `end`.

    Raises:
        LabError: if no stride does.
    """
    strides = tuple(-(-one // other) for one, other in zip(start[:-1], end[:-1], strict=False))
    fits = len(start) == len(end) > 1 and all(
        -(-one // stride) == other for one, other, stride in zip(start, end, strides, strict=False)
    )
    if not fits:
        message = (
            f"no 1x1 convolution brings the input, {shapes.text(start)}, to the stack's output, {shapes.text(end)}"
        )
        raise LabError([Diagnostic(Code.MERGE_SHAPES, message, place)])
    return Conv(filters=end[-1], kernel=1, stride=strides)


def _residual_error(start: Shape, end: Shape) -> ShapeError:
    """What to say where the stack changes the shape and no projection was asked for."""
    message = f"`residual` adds the stack's output, {shapes.text(end)}, to its input, {shapes.text(start)}"
    help = "write `residual(project = true)`, or keep the shape inside the stack"
    return ShapeError(Code.MERGE_SHAPES, message, help)


def _branches(body: s.Stack) -> list[s.Layer]:
    """The branches of a `parallel`.

    Raises:
        LabError: for whatever else stands there, and if there are fewer than two.
    """
    branches: list[s.Layer] = []
    for chain in body.chains:
        steps = chain.steps if isinstance(chain, s.Chain) else ()
        step = steps[0] if len(steps) == 1 else None
        if not (isinstance(step, s.Layer) and step.name.id == "branch" and step.body and not step.arguments):
            message = "only `branch { … }` stands directly in `parallel`"
            raise LabError([] if isinstance(chain, s.Invalid) else [Diagnostic(Code.UNEXPECTED, message, chain.span)])
        branches.append(step)
    if len(branches) < 2:
        raise LabError([Diagnostic(Code.MISSING, "`parallel` needs at least two branches", body.span)])
    return branches
