"""A graph to a Keras model, in this process."""

from typing import TYPE_CHECKING, Any

from ..graph import INPUT, Graph, Node
from ..layers import KerasCall
from .names import IMAGE

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

    inputs = keras.Input(graph.input, name=IMAGE)
    start = first(inputs) if first else inputs
    mixed = keras.mixed_precision.dtype_policy().name != "float32"
    tensors: list[Any] = []
    for node in graph.nodes:
        given = [start if index == INPUT else tensors[index] for index in node.inputs]
        # In mixed precision the last layer's probabilities stay float32, as Keras's guide to it has it.
        precise = {"dtype": "float32"} if mixed and node is graph.nodes[-1] else {}
        layer = make(node.call, **in_place(node), **precise)
        tensors.append(layer(given if len(given) > 1 else given[0]))
    return keras.Model(inputs, tensors[-1], name=name)


def in_place(node: Node) -> dict[str, Any]:
    """The arguments that a layer has from its place in the model, besides those of its call."""
    # Not every layer without weights takes `trainable`, and to none does it make a difference.
    frozen = node.frozen and bool(node.weights)
    return {"name": node.name, **({"trainable": False} if frozen else {})}


def make(call: KerasCall, **extra: Any) -> Any:
    """Carry out a call: the Keras object that it stands for."""
    import keras

    found: Any = keras
    for part in call.name.split("."):
        found = getattr(found, part)
    arguments = {name: make(value) if isinstance(value, KerasCall) else value for name, value in call.arguments.items()}
    return found(**arguments, **extra)
