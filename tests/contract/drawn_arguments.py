"""The values that are drawn for each layer's arguments: within the bounds, and now and then beyond them."""

import math
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from labc.compiler.schema.field_types import ACTIVATIONS, INITIALIZERS

Drawn = st.SearchStrategy[Any]
Shape = tuple[int, ...]

words = st.sampled_from


def _shapes(axes: int) -> st.SearchStrategy[Shape]:
    return st.tuples(*[st.integers(1, 12)] * axes)


SHAPE: st.SearchStrategy[Shape] = st.shared(words([1, 2, 3, 3, 4]).flatmap(_shapes), key="shape")
"""The shape of the input, the same one wherever it is drawn within a case."""


@st.composite
def mostly(draw: Callable[[Drawn], Any], right: Drawn, *wrong: Any) -> Any:
    """The right values, and now and then one of the wrong ones."""
    return draw(words(wrong)) if draw(st.integers(0, 20)) == 13 else draw(right)


def for_each_axis(one: Drawn) -> Drawn:
    """A value for each axis of the input besides the channels, and now and then for another number of axes."""
    right = SHAPE.flatmap(lambda shape: st.tuples(*[one] * max(len(shape) - 1, 1)))
    return mostly(right, (1,), (1, 1), (1, 1, 1), (1, 1, 1, 1))


def lengths(largest: int) -> Drawn:
    """One number, or one for each axis."""
    one = mostly(st.integers(1, largest), 0, -1)
    return one | for_each_axis(one)


def amounts() -> Drawn:
    """One number, one for each axis, pairs, and mixtures."""
    one = mostly(st.integers(0, 4), -1)
    return one | for_each_axis(one | st.tuples(one, one))


def targets() -> Drawn:
    """Shapes with as many values as the input: all its values, or those of its axes in another order, with ones."""
    same = SHAPE.flatmap(lambda shape: st.permutations([*shape, 1]) | st.just([math.prod(shape)]))
    return mostly(same.map(tuple), (-1,), (2, -1), (2, 3), (0,), (1, 1, 1, 1, 1))


COUNT = mostly(st.integers(1, 6), 0, -1)
MULTIPLIER = mostly(st.integers(1, 3), 0)
PADDING = words(["same", "valid"])
KERNEL: dict[str, Drawn] = {
    "activation": words(ACTIVATIONS),
    "init": words(INITIALIZERS),
    "l2": mostly(words([0.0, 1e-4]), -1e-4),
    "bias": st.booleans(),
}
WINDOW: dict[str, Drawn] = {
    "kernel": lengths(4),
    "stride": lengths(3),
    "padding": PADDING,
    "dilation": lengths(2),
    **KERNEL,
}
POOL: dict[str, Drawn] = {"size": lengths(3), "stride": lengths(3), "padding": PADDING}
NORM: dict[str, Drawn] = {
    "epsilon": mostly(words([1e-3, 1e-5]), 0.0, -1.0),
    "center": st.booleans(),
    "scale": st.booleans(),
}
RATE = mostly(words([0.0, 0.4, 0.99]), 1.0, 1.5, -0.1)
PLAIN = ("relu", "selu", "gelu", "silu", "softplus", "sigmoid", "tanh", "softmax", "linear")
DRAWN: dict[str, dict[str, Drawn]] = {
    "conv": {"filters": COUNT, "groups": mostly(st.integers(1, 3), 0), **WINDOW},
    "conv_transpose": {"filters": COUNT, **WINDOW},
    "separable_conv": {"filters": COUNT, "multiplier": MULTIPLIER, **WINDOW},
    "depthwise_conv": {"multiplier": MULTIPLIER, **WINDOW},
    "maxpool": POOL,
    "avgpool": POOL,
    "global_maxpool": {},
    "global_avgpool": {},
    "upsample": {"size": lengths(3), "interpolation": words(["nearest", "bilinear"])},
    "zero_pad": {"amount": amounts()},
    "crop": {"amount": amounts()},
    "flatten": {},
    "reshape": {"shape": targets()},
    "dense": {"units": COUNT, **KERNEL},
    "batchnorm": {"momentum": mostly(words([0.0, 0.5, 0.9]), 1.0, -0.1), **NORM},
    "layernorm": NORM,
    "groupnorm": {"groups": COUNT, **NORM},
    "rescale": {"scale": words([0.0, -1.5, 1e-2]), "offset": words([0.0, -1.0, 1e3])},
    "dropout": {"rate": RATE},
    "spatial_dropout": {"rate": RATE},
    "gaussian_noise": {"stddev": mostly(words([0.0, 0.1, 1.0]), 1.5, -0.1)},
    "activation": {"function": words(ACTIVATIONS)},
    "leaky_relu": {"slope": mostly(words([0.0, 0.1]), -0.1)},
    "elu": {"alpha": mostly(words([0.0, 0.5]), -0.1)},
    **{word: {} for word in PLAIN},
}
