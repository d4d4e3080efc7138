"""Each layer with arguments that suit the tensor that reaches it."""

from collections.abc import Callable, Sequence

from labc.compiler.layers.shapes import Shape, size
from labc.compiler.schema.field_types import ACTIVATIONS, INITIALIZERS

from .draft import Draft

Arguments = Callable[[Draft, Shape], str]

LARGEST = 600  # values in a tensor, so that models stay small


def _joined(draft: Draft, positional: Sequence[str], named: dict[str, str]) -> str:
    """Arguments in brackets, some of the optional ones left out."""
    kept = [f"{name} = {value}" for name, value in named.items() if draft.chance(2)]
    return f"({', '.join([*positional, *kept])})"


def _truth(draft: Draft) -> str:
    return draft.pick(["true", "false"])


def _activation(draft: Draft) -> str:
    return draft.choice(draft.pick(ACTIVATIONS), ACTIVATIONS)


def _kernel_options(draft: Draft) -> dict[str, str]:
    return {
        "bias": _truth(draft),
        "init": draft.choice(draft.pick(INITIALIZERS), INITIALIZERS),
        "l2": draft.pick(["0", "1e-4", "0.01"]),
        "activation": _activation(draft),
    }


def _window(draft: Draft, shape: Shape, *, equal_strides: bool = False) -> dict[str, str]:
    """Kernel, padding, and a stride or a dilation."""
    spatial = shape[:-1]
    roomy = min(spatial) >= 3  # for the kernel that is left out
    options = {"padding": draft.pick(["same", "valid"]) if roomy else "same"}
    options["kernel"] = draft.lengths([draft.number(1, min(3, length)) for length in spatial])
    if draft.chance(2):
        strides = [draft.number(1, 2) for _ in spatial]
        options["stride"] = draft.lengths(strides[:1] * len(spatial) if equal_strides else strides)
    elif min(spatial) >= 5:
        options["dilation"] = draft.lengths([draft.number(1, 2) for _ in spatial])
    return options


def _conv(draft: Draft, shape: Shape) -> str:
    groups = draft.pick([count for count in (1, 2, 3) if shape[-1] % count == 0])
    filters = groups * draft.number(1, 4)
    options = {**_window(draft, shape), **_kernel_options(draft)}
    if groups == 1:
        return _joined(draft, [draft.whole(filters)], options)
    return _joined(draft, [f"filters = {filters}", f"groups = {draft.whole(groups)}"], options)


def _conv_by_position(draft: Draft, shape: Shape) -> str:
    kernel = draft.lengths([draft.number(1, min(3, length)) for length in shape[:-1]])
    return f"({draft.whole(draft.number(1, 6))}, {kernel}, {_activation(draft)})"


def _transposed(draft: Draft, shape: Shape) -> str:
    return _joined(draft, [draft.whole(draft.number(1, 4))], {**_window(draft, shape), **_kernel_options(draft)})


def _separable(draft: Draft, shape: Shape) -> str:
    options = {**_window(draft, shape, equal_strides=True), **_kernel_options(draft)}
    return _joined(draft, [draft.whole(draft.number(1, 4))], options | {"multiplier": draft.whole(draft.number(1, 2))})


def _depthwise(draft: Draft, shape: Shape) -> str:
    options = {**_window(draft, shape, equal_strides=True), **_kernel_options(draft)}
    return _joined(draft, [], options | {"multiplier": draft.whole(draft.number(1, 2))})


def _pool(draft: Draft, shape: Shape) -> str:
    named = {
        "stride": draft.lengths([draft.number(1, 3) for _ in shape[:-1]]),
        "padding": draft.pick(["same", "valid"]),
    }
    return _joined(draft, [draft.lengths([draft.number(1, min(3, length)) for length in shape[:-1]])], named)


def _upsample(draft: Draft, shape: Shape) -> str:
    words = ["nearest", "bilinear"] if len(shape) == 3 else ["nearest"]
    return _joined(
        draft, [draft.lengths([draft.number(1, 2) for _ in shape[:-1]])], {"interpolation": draft.pick(words)}
    )


def _amount(draft: Draft, most: Sequence[int]) -> str:
    """An amount at both ends of each axis, at most `most` in all."""
    if draft.chance(3):
        return f"({draft.whole(draft.number(0, min(most) // 2))})"
    pairs = []
    for limit in most:
        before = draft.number(0, min(2, limit))
        pairs.append(f"({before}, {draft.whole(draft.number(0, min(2, limit - before)))})")
    return f"(({', '.join(pairs)},))"


def _reshape(draft: Draft, shape: Shape) -> str:
    """Neighbouring axes merged, the order of the rest changed, or an axis of 1 put in front."""
    lengths = list(shape)
    if len(lengths) > 1 and draft.chance(2):
        place = draft.number(0, len(lengths) - 2)
        lengths[place : place + 2] = [lengths[place] * lengths[place + 1]]
    elif len(lengths) < 4 and lengths[0] % 2 == 0 and draft.chance(2):
        lengths = [lengths[0] // 2, 2, *lengths[1:]]
    elif len(lengths) < 4:
        lengths = [1, *lengths]
    return f"({draft.shape(lengths)})"


def _norm(draft: Draft, shape: Shape) -> str:
    del shape
    named = {"epsilon": draft.pick(["1e-3", "1e-5"]), "center": _truth(draft), "scale": _truth(draft)}
    return _joined(draft, [], named)


def _batchnorm(draft: Draft, shape: Shape) -> str:
    named = {"momentum": draft.pick(["0.9", "50%"]), "center": _truth(draft), "scale": _truth(draft)}
    del shape
    return _joined(draft, [], named)


def _groupnorm(draft: Draft, shape: Shape) -> str:
    groups = draft.pick([count for count in range(1, shape[-1] + 1) if shape[-1] % count == 0])
    return _joined(draft, [draft.whole(groups)], {"epsilon": "1e-4", "center": _truth(draft), "scale": _truth(draft)})


def _rate(draft: Draft, shape: Shape) -> str:
    del shape
    return f"({draft.pick(['0', '0.4', '25%', '1 / 4'])})"


def _none(draft: Draft, shape: Shape) -> str:
    del shape
    return draft.pick(["", "()"])


def _one_of(*texts: str) -> Arguments:
    return lambda draft, _: draft.pick(texts)


PLAIN = ("relu", "selu", "gelu", "silu", "softplus", "sigmoid", "tanh", "softmax", "linear")
ARGUMENTS: dict[str, Arguments] = {
    "conv": lambda draft, shape: draft.pick([_conv, _conv_by_position])(draft, shape),
    "conv_transpose": _transposed,
    "separable_conv": _separable,
    "depthwise_conv": _depthwise,
    "maxpool": _pool,
    "avgpool": _pool,
    "global_maxpool": _none,
    "global_avgpool": _none,
    "upsample": _upsample,
    "zero_pad": lambda draft, shape: _amount(draft, [2 for _ in shape[:-1]]),
    "crop": lambda draft, shape: _amount(draft, [length - 1 for length in shape[:-1]]),
    "flatten": _none,
    "reshape": _reshape,
    "dense": lambda draft, _: _joined(draft, [draft.whole(draft.number(1, 8))], _kernel_options(draft)),
    "batchnorm": _batchnorm,
    "layernorm": _norm,
    "groupnorm": _groupnorm,
    "rescale": lambda draft, _: _joined(draft, [draft.pick(["2", "-1.5", "1 / 3"])], {"offset": "-1"}),
    "dropout": _rate,
    "spatial_dropout": _rate,
    "gaussian_noise": _one_of("(0)", "(0.1)", "(stddev = 1)"),
    "activation": lambda draft, _: f"({_activation(draft)})",
    "leaky_relu": _one_of("", "(0.1)", "(slope = 0)"),
    "elu": _one_of("", "(0.5)"),
    **dict.fromkeys(PLAIN, _none),
}
FLAT = {"dense"}  # take a row of values only
SPATIAL = {
    "conv", "conv_transpose", "maxpool", "avgpool", "global_maxpool", "global_avgpool", "upsample", "zero_pad", "crop",
    "spatial_dropout",
}  # fmt: skip
UP_TO_2D = {"separable_conv", "depthwise_conv"}
GROWING = {"conv_transpose", "upsample", "zero_pad"}
OFTEN = (
    "conv",
    "conv_transpose",
    "depthwise_conv",
    "separable_conv",
    "dense",
    "maxpool",
    "upsample",
    "crop",
    "reshape",
)
KEEPING = (
    *PLAIN,
    "leaky_relu",
    "elu",
    "activation",
    "dropout",
    "gaussian_noise",
    "batchnorm",
    "layernorm",
    "groupnorm",
)


def fitting(shape: Shape) -> list[str]:
    """The layers that can take a tensor of `shape`, those with many arguments more than once."""
    words = set(ARGUMENTS)
    if len(shape) == 1:
        words -= SPATIAL | UP_TO_2D
    else:
        words -= FLAT
    if len(shape) > 3:
        words -= UP_TO_2D
    if size(shape) * 8 > LARGEST * 4:
        words -= GROWING
    often = [word for word in OFTEN if word in words]
    return [*often, *often, *sorted(words)]


def layer(draft: Draft, shape: Shape, words: Sequence[str] | None = None) -> str:
    """A layer for a tensor of `shape`, one of `words` if they are given."""
    word = draft.pick(words or fitting(shape))
    draft.note(word)
    return word + ARGUMENTS[word](draft, shape)
