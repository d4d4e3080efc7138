"""Input sizes that fit, where a merge on the way up meets another size than on the way down."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ..layers import shapes
from ..layers.shapes import Shape


def with_valid_sizes(one: Diagnostic, image: Shape, attempt: Callable[[Shape], Sequence[Diagnostic]]) -> Diagnostic:
    """The diagnostic of a merge that does not fit, with the nearest input sizes that do, if a power of two helps.

    `attempt` gives the diagnostics of the model with another input.
    """
    if one.code is not Code.MERGE_SHAPES or one.help or len(image) == 1:
        return one
    for factor in (2, 4, 8, 16, 32, 64):
        down = (*(length // factor * factor for length in image[:-1]), image[-1])
        up = (*(-(-length // factor) * factor for length in image[:-1]), image[-1])
        near = [size for size in dict.fromkeys((down, up)) if min(size) > 0]
        if not any(found.code is one.code for size in near for found in attempt(size)):
            sizes = " or ".join(shapes.text(size) for size in near)
            axes = "height and width" if len(image) == 3 else "lengths"
            return replace(one, help=f"make the input's {axes} multiples of {factor}: {sizes}")
    return one
