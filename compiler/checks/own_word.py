"""Check for layers of Keras that have their own name in labc."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ..layers import LAYERS
from ..layers.keras_classes import layer_word
from ..layers.keras_layer import KerasLayer
from ..model.graph import Graph
from ..schema.hints.keras_names import ARGUMENTS
from ..sections import Data, Train


def check_own_word(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Warn about `keras.Name(…)` if labc has a layer for it, which is checked without loading Keras."""
    del data, train
    nodes = graph.nodes if graph else ()
    used = {node.span: node.layer for node in nodes if isinstance(node.layer, KerasLayer)}
    for span, layer in used.items():
        word = layer_word(layer.keras_class)
        if word and _has_all(word, layer):
            message = f"labc has its own layer for `{layer.word()}`: `{word}`"
            help = f"write `{word}(…)`, which is checked without loading Keras"
            yield Diagnostic(Code.OWN_WORD, message, span, help=help)


def _has_all(word: str, layer: KerasLayer) -> bool:
    """Check that labc's layer has all arguments given to the Keras layer, so that it can replace it."""
    cls = LAYERS.get(word)
    return cls is not None and {ARGUMENTS.get(name, name) for name in layer.arguments} <= set(cls.model_fields)
