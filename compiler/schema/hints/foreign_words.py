"""Words of Keras, PyTorch and other tools, with the words of labc."""

from collections.abc import Collection

from ...expressions.foreign_names import CONSTANTS

WORDS = {
    "bce": "binary_crossentropy", "bcewithlogits": "binary_crossentropy", "cce": "categorical_crossentropy",
    "crossentropy": "categorical_crossentropy", "nll": "categorical_crossentropy",
    "sparsecategoricalcrossentropy": "categorical_crossentropy",
    "meansquarederror": "mse", "meanabsoluteerror": "mae", "l1": "mae", "smoothl1": "huber",
    "rootmeansquarederror": "rmse", "r2score": "r2", "rsquared": "r2", "swish": "silu", "sgdm": "sgd",
    "float16": "mixed", "mixedfloat16": "mixed", "sensitivity": "recall",
}  # fmt: skip
"""The names of losses, activations and other words in other tools, with their names in labc.

They are in small letters, without `_` and without the ending `Loss`.
"""


def meant_word(word: str, words: Collection[str]) -> str | None:
    """Return the word that the author certainly meant by the word of another tool; None if there is none.

    Upper and lower case, `_` and a module before a dot are ignored: `nn.LeakyReLU` is `leaky_relu`.
    """
    plain = word.rpartition(".")[2].casefold().replace("_", "")
    same = next((one for one in words if one.replace("_", "") == plain), None)
    other = same or CONSTANTS.get(plain) or WORDS.get(plain.removesuffix("loss")) or plain.removesuffix("loss")
    return other if other in words else None
