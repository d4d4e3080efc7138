"""The arguments of each layer by Keras's names, translated without the help of labc's own translation."""

from collections.abc import Callable
from typing import Any

import keras

from .drawn_arguments import PLAIN

Values = dict[str, Any]
Translation = Callable[[Values, int], Values]  # of all arguments, for so many axes besides the channels


def renamed(**names: str) -> Translation:
    """The same values, some with another name. What is None is left to Keras's default."""
    return lambda values, _: {names.get(name, name): value for name, value in values.items() if value is not None}


def with_kernels(*kernels: str) -> Translation:
    """The arguments of a layer with kernels; `kernels` begin the names of Keras's arguments for each of them."""
    names = renamed(
        kernel="kernel_size", stride="strides", dilation="dilation_rate", bias="use_bias", multiplier="depth_multiplier"
    )

    def translate(values: Values, rank: int) -> Values:
        others = {name: value for name, value in values.items() if name not in ("init", "l2")}
        penalty = keras.regularizers.L2(values["l2"]) if values["l2"] else None
        initializers = {f"{kernel}_initializer": values["init"] for kernel in kernels}
        return {**names(others, rank), **initializers, **{f"{kernel}_regularizer": penalty for kernel in kernels}}

    return translate


def of_one_axis(value: Any, rank: int) -> Any:
    """Along a single axis some of Keras's layers take a number or a pair, and no tuple of one."""
    return value[0] if rank == 1 and isinstance(value, tuple) and len(value) == 1 else value


def upsampling(values: Values, rank: int) -> Values:
    """`nearest` is Keras's default, and where there is no other, Keras has no argument for it."""
    interpolation = {"interpolation": values["interpolation"]} if values["interpolation"] != "nearest" else {}
    return {"size": of_one_axis(values["size"], rank), **interpolation}


def named_by(word: str) -> Translation:
    """An activation function without arguments."""
    return lambda _, __: {"activation": word}


TRANSLATIONS: dict[str, Translation] = {
    "conv": with_kernels("kernel"),
    "conv_transpose": with_kernels("kernel"),
    "separable_conv": with_kernels("depthwise", "pointwise"),
    "depthwise_conv": with_kernels("depthwise"),
    "maxpool": renamed(size="pool_size", stride="strides"),
    "avgpool": renamed(size="pool_size", stride="strides"),
    "upsample": upsampling,
    "zero_pad": lambda values, rank: {"padding": of_one_axis(values["amount"], rank)},
    "crop": lambda values, rank: {"cropping": of_one_axis(values["amount"], rank)},
    "reshape": renamed(shape="target_shape"),
    "dense": with_kernels("kernel"),
    "activation": renamed(function="activation"),
    "leaky_relu": renamed(slope="negative_slope"),
    **{word: named_by(word) for word in PLAIN},
}
"""For the layers whose arguments have other names in Keras."""
