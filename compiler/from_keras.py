"""Keras's names for what the language calls otherwise: the way out for who writes them from habit."""

import re
from functools import cache

from .layers import ALL, MERGES

ALIASES = {
    "Convolution": "conv", "MaxPool": "maxpool", "AvgPool": "avgpool", "GlobalMaxPool": "global_maxpool",
    "GlobalAvgPool": "global_avgpool", "ReLU": "relu", "Softmax": "softmax", "InputLayer": "input",
}  # fmt: skip
"""Names of layers, without the number of axes, that no layer's docstring has."""

ARGUMENTS = {
    "kernel_size": "kernel", "pool_size": "size", "strides": "stride", "dilation_rate": "dilation",
    "use_bias": "bias", "kernel_initializer": "init", "learning_rate": "lr", "batch_size": "batch",
    "target_shape": "shape", "negative_slope": "slope",
}  # fmt: skip
"""Arguments of layers, optimizers and `fit`."""


def layer_word(name: str) -> str | None:
    """The word for a layer by Keras's name, `conv` for `Conv2D` and `keras.layers.Conv2D`."""
    return _layer_words().get(_plain(name.rpartition(".")[2]))


def argument_word(name: str) -> str | None:
    """The word for an argument by Keras's name."""
    return ARGUMENTS.get(name)


@cache
def _layer_words() -> dict[str, str]:
    """The word for each of Keras's layers that a docstring names as what a layer becomes."""
    words = dict(ALIASES)
    for layer in (*ALL, *MERGES.values()):
        sentence = re.split(r"\.\s", (layer.__doc__ or "").partition("Becomes ")[2])[0]
        for name in re.findall(r"`(?:keras\.layers\.)?([A-Z]\w*)`", sentence):
            words[_plain(name)] = layer.word()
    return words


def _plain(name: str) -> str:
    return re.sub("[123]D", "", name)
