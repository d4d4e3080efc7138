"""The help for tensors that cannot be merged: which layer brings one of them to the shape of the other."""

from collections.abc import Iterable

from ..layers import Merge
from ..layers.merge import Concat
from ..layers.shapes import Shape, text


def merge_help(merge: Merge, shape: Shape, others: Iterable[Shape], where: str) -> str | None:
    """Return what to do to merge a tensor of `shape` with tensors of other shapes; None if all shapes fit.

    `where` says where a layer changes the tensor of `shape`, for example "before `add`".
    """
    end = -1 if isinstance(merge, Concat) else None
    other = next((one for one in others if one[:end] != shape[:end]), None)
    if other is None:
        return None
    if len(shape) != len(other):
        return f"place a layer {where} that gives both the same number of axes, for example `flatten`"
    layer = _layer_between(shape, other)
    if layer is None:
        return "use layers that keep the size between the two tensors: no pool, `padding = same`, and no `stride`"
    axes = end if shape[:-1] != other[:-1] else None
    return f"place `{layer}` {where} to bring {text(shape[:axes])} to {text(other[:axes])}"


def _layer_between(shape: Shape, other: Shape) -> str | None:
    """Return the layer that brings a tensor to the size of the other, or to its channels if the sizes are equal."""
    if shape[:-1] == other[:-1]:
        return f"conv({other[-1]}, 1)" if len(shape) > 1 else f"dense({other[-1]})"
    if factor := _factor(shape, other):
        return f"maxpool({text(factor)})"
    factor = _factor(other, shape)
    return f"upsample({text(factor)})" if factor else None


def _factor(large: Shape, small: Shape) -> Shape | None:
    """Return how many times larger `large` is along each axis besides the channels; None if not a whole number."""
    axes = list(zip(large[:-1], small[:-1], strict=True))
    if any(length % other for length, other in axes):
        return None
    factors = tuple(length // other for length, other in axes)
    return factors[:1] if len(set(factors)) == 1 else factors
