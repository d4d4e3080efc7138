"""Suggests input sizes for a merge of tensors with different sizes, as in a U-Net whose image has an odd height."""

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import replace

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.limit_exceeded import LimitExceeded
from ...grammar.source import Span
from ..layers import shapes
from ..layers.shapes import Shape


def with_valid_sizes(
    one: Diagnostic, found: Iterable[Diagnostic], image: Shape, attempt: Callable[[Shape], Sequence[Diagnostic]]
) -> Diagnostic:
    """Return the diagnostic of a merge with a help line: the nearest input sizes with which the merge fits.

    The line replaces another help. Return other diagnostics unchanged, and also this one if with no multiple of 2, 4,
    … 64 all mistakes of the model are among the others `found` before. `attempt` returns the diagnostics of the model
    for another input size, and raises LimitExceeded if that would take too long.
    """
    if one.code is not Code.MERGE_SHAPES or len(image) == 1:
        return one
    try:
        others = {(other.code, other.span) for other in found} - {(one.code, one.span)}
        help = _valid_sizes(others, image, attempt)
    except LimitExceeded:
        help = None
    return replace(one, help=help or one.help)


def _valid_sizes(
    others: Set[tuple[Code, Span]], image: Shape, attempt: Callable[[Shape], Sequence[Diagnostic]]
) -> str | None:
    for factor in (2, 4, 8, 16, 32, 64):
        down = (*(length // factor * factor for length in image[:-1]), image[-1])
        up = (*(-(-length // factor) * factor for length in image[:-1]), image[-1])
        near = [size for size in dict.fromkeys((down, up)) if min(size) > 0]
        if all((found.code, found.span) in others for size in near for found in attempt(size)):
            sizes = " or ".join(shapes.text(size) for size in near)
            axes = "height and width" if len(image) == 3 else "lengths"
            return f"make the input's {axes} multiples of {factor}: {sizes}"
    return None
