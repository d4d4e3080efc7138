"""Sizes of the input that would do, where one does not fit on its way down and up again."""

from collections.abc import Callable
from dataclasses import replace

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ..layers import shapes
from ..layers.shapes import Shape


def with_sizes(one: Diagnostic, image: Shape, attempt: Callable[[Shape], list[Diagnostic]]) -> Diagnostic:
    """A merge that does not fit, with the nearest input sizes that would do, where a power of two makes it fit."""
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
