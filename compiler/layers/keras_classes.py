"""The language's words for Keras's layers and networks, for hints to users who write Keras's names."""

import re
from functools import cache

from . import ALL, MERGES, Layer, Merge
from .application_networks import NAMES

ALIASES = {
    "Convolution": "conv", "MaxPool": "maxpool", "AvgPool": "avgpool", "GlobalMaxPool": "global_maxpool",
    "GlobalAvgPool": "global_avgpool", "ReLU": "relu", "Softmax": "softmax", "InputLayer": "input",
}  # fmt: skip
"""The words for Keras classes that are not the `keras_class` of any layer or merge. Their names leave out the rank."""


def layer_word(name: str) -> str | None:
    """Return the word for a Keras class: `conv` for `Conv2D` or `keras.layers.Conv2D`; None if there is none."""
    class_name = name.rpartition(".")[2]
    network = class_name.casefold()
    if network in _networks():
        return f"backbone({_networks()[network]})"
    return _layer_words().get(re.sub("[123]D", "", class_name))


@cache
def _layer_words() -> dict[str, str]:
    """Return the word for each Keras class: that of the first layer or merge which becomes the class.

    The names of the classes leave out the rank: `Conv` for `Conv2D`.
    """
    layers: list[type[Layer] | type[Merge]] = [*ALL, *MERGES.values()]
    words: dict[str, str] = {}
    for layer in layers:
        if layer.keras_class:
            words.setdefault(layer.keras_class.replace("{rank}D", ""), layer.word())
    return words | ALIASES


@cache
def _networks() -> dict[str, str]:
    """Return the networks of `backbone`; the keys are Keras's names in lower case."""
    return {name.replace("_", ""): name for name in NAMES}
