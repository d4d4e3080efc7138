"""The words for Keras's layers and networks, for hints to those who write Keras's names."""

import re
from functools import cache

from . import ALL, MERGES, Layer, Merge
from .application_networks import NAMES

ALIASES = {
    "Convolution": "conv", "MaxPool": "maxpool", "AvgPool": "avgpool", "GlobalMaxPool": "global_maxpool",
    "GlobalAvgPool": "global_avgpool", "ReLU": "relu", "Softmax": "softmax", "InputLayer": "input",
}  # fmt: skip
"""The words for Keras classes, named without the rank, that are no layer's or merge's `keras_class`."""


def layer_word(name: str) -> str | None:
    """The word for a Keras layer or network: `conv` for `Conv2D` and for `keras.layers.Conv2D`; None if it has none."""
    class_name = name.rpartition(".")[2]
    network = class_name.casefold()
    if network in _networks():
        return f"backbone({_networks()[network]})"
    return _layer_words().get(re.sub("[123]D", "", class_name))


@cache
def _layer_words() -> dict[str, str]:
    """The word for each Keras class, named without the rank: the first layer or merge that becomes it."""
    layers: list[type[Layer] | type[Merge]] = [*ALL, *MERGES.values()]
    words: dict[str, str] = {}
    for layer in layers:
        if layer.keras_class:
            words.setdefault(layer.keras_class.replace("{rank}D", ""), layer.word())
    return words | ALIASES


@cache
def _networks() -> dict[str, str]:
    """The networks of `backbone` by Keras's names in lower case."""
    return {name.replace("_", ""): name for name in NAMES}
