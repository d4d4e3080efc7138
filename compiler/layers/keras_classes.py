"""Keras's names for layers that the language has: the way out for who writes them from habit."""

import re
from functools import cache

from . import ALL, MERGES
from .application_networks import NAMES

ALIASES = {
    "Convolution": "conv", "MaxPool": "maxpool", "AvgPool": "avgpool", "GlobalMaxPool": "global_maxpool",
    "GlobalAvgPool": "global_avgpool", "ReLU": "relu", "Softmax": "softmax", "InputLayer": "input",
}  # fmt: skip
"""Names of layers, without the number of axes, that no layer's docstring has."""


def layer_word(name: str) -> str | None:
    """How a layer or a network is written by Keras's name: `conv` for `Conv2D` and `keras.layers.Conv2D`."""
    plain = name.rpartition(".")[2]
    network = plain.casefold()
    if network in _networks():
        return f"backbone({_networks()[network]})"
    return _layer_words().get(_plain(plain))


@cache
def _layer_words() -> dict[str, str]:
    """The word for each of Keras's layers that a docstring names as what a layer becomes."""
    words = dict(ALIASES)
    for layer in (*ALL, *MERGES.values()):
        sentence = re.split(r"\.\s", (layer.__doc__ or "").partition("Becomes ")[2])[0]
        for name in re.findall(r"`(?:keras\.layers\.)?([A-Z]\w*)`", sentence):
            words[_plain(name)] = layer.word()
    return words


@cache
def _networks() -> dict[str, str]:
    """The networks of `backbone` by Keras's names, without capitals."""
    return {name.replace("_", ""): name for name in NAMES}


def _plain(name: str) -> str:
    return re.sub("[123]D", "", name)
