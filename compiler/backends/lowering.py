"""The Keras call of each layer of a graph: what the Keras, script and JSON backends have in common."""

from ..layers import KerasArgument, KerasCall, Merge
from ..model.graph import Graph, Node

FLOAT32, MIXED = "float32", "mixed_float16"


def keras_call(graph: Graph, node: Node) -> KerasCall:
    """Return the Keras call that makes a node's layer, without the arguments that `place_arguments` returns."""
    if isinstance(node.layer, Merge):
        return node.layer.keras_call()
    source = node.inputs[0]
    return node.layer.keras_call(graph.shape_at(source), graph.image_max_at(source))


def place_arguments(graph: Graph, node: Node, policy: str) -> dict[str, KerasArgument]:
    """Return the arguments that depend on a layer's place in the model: `name`, `trainable` and `dtype`."""
    arguments: dict[str, KerasArgument] = {"name": node.name}
    if node.frozen and node.weights:  # some layers without weights do not accept `trainable`
        arguments["trainable"] = False
    if policy == MIXED and node is graph.nodes[-1]:
        arguments["dtype"] = FLOAT32  # so that probabilities keep their precision, as Keras's guide recommends
    return arguments


def preprocessing_name(node: Node) -> str:
    """Return the name of the Keras layer that preprocesses a network's input."""
    return f"{node.name}_input"


def dtype_policy(precision: str) -> str:
    """Return the Keras dtype policy of the layers for the setting `precision` of `train`."""
    return MIXED if precision == "mixed" else FLOAT32


def model_name(name: str) -> str:
    """Return a file name as a model name that Keras and TensorFlow accept: ASCII, with a letter or a digit first.

    Return "model" if nothing is left.
    """
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in name).lstrip("_")
    return plain or "model"
