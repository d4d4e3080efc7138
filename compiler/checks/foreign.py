"""Layers of Keras that have a word here."""

from collections.abc import Iterator

from ...grammar.codes import Code
from ...grammar.diagnostic import Diagnostic
from ..graph import Graph
from ..layers import ALL
from ..layers.foreign import Foreign, own_words
from ..settings import Data, Train


def check_foreign(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Where there is a word, it is checked without loading Keras, and its arguments are explained here."""
    del data, train
    nodes = graph.nodes if graph else ()
    used = {node.span: node.layer for node in nodes if isinstance(node.layer, Foreign)}
    words = own_words(ALL) if used else {}
    for span, layer in used.items():
        if layer.keras_name in words:
            message = f"`{layer.word()}` has a word of its own here, `{words[layer.keras_name]}`"
            help = f"write `{words[layer.keras_name]}(…)`: checking it does not load Keras"
            yield Diagnostic(Code.OWN_WORD, message, span, help=help)
