"""A graph to a Keras model, in this process."""

from typing import TYPE_CHECKING, Any

from ..graph import INPUT, Graph
from ..layers import KerasCall

if TYPE_CHECKING:
    import keras


def build(graph: Graph, name: str = "model", first: "keras.layers.Layer | None" = None) -> "keras.Model":
    """Build the model.

    Layers are named as in the plan. `first`, if given, works on the input before the first layer of the graph: the
    preprocessing that is to travel with the model.

    Input: batch x height x width x channels, float32.
    Output: batch x the graph's output.
    """
    import keras

    inputs = keras.Input(graph.input, name="image")
    start = first(inputs) if first else inputs
    tensors: list[Any] = []
    for node in graph.nodes:
        given = [start if index == INPUT else tensors[index] for index in node.inputs]
        layer = make(node.call, name=node.name, **({"trainable": False} if node.frozen else {}))
        tensors.append(layer(given if len(given) > 1 else given[0]))
    return keras.Model(inputs, tensors[-1], name=name)


def make(call: KerasCall, **extra: Any) -> Any:
    """Carry out a call: the Keras object that it stands for."""
    import keras

    found: Any = keras
    for part in call.name.split("."):
        found = getattr(found, part)
    arguments = {name: make(value) if isinstance(value, KerasCall) else value for name, value in call.arguments.items()}
    return found(**arguments, **extra)
