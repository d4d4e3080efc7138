"""A graph to a Keras model, in this process."""

import re
import sys
import warnings
from contextlib import redirect_stdout
from typing import TYPE_CHECKING, Any

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ..layers import KerasCall, KerasNetwork
from ..model.graph import INPUT, Graph, Node
from .tensor_names import IMAGE

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
        if isinstance(node.call, KerasNetwork):
            tensors.append(_network(node, node.call, given[0]))
            continue
        # In mixed precision the last layer's probabilities stay float32, as Keras's guide to it has it.
        precise = {"dtype": "float32"} if mixed and node is graph.nodes[-1] else {}
        layer = make(node.call, **in_place(node), **precise)
        tensors.append(layer(given if len(given) > 1 else given[0]))
    return keras.Model(inputs, tensors[-1], name=name)


def _network(node: Node, call: KerasNetwork, tensor: Any) -> Any:
    """The features that a network makes of a tensor, prepared as it needs it."""
    import keras

    for step in call.before:
        tensor = _prepared(node, step, tensor)
    network = _made_network(node, call)
    for layer in network.layers[: None if node.frozen else call.still]:
        layer.trainable = False
        # To be called with `training = False` is no use: `fit` asks all layers of a model to train.
        if isinstance(layer, keras.layers.Dropout):
            layer.rate = 0
    return network(tensor)


def _prepared(node: Node, step: KerasCall, tensor: Any) -> Any:
    """One step of the preparation: a function, or a layer, which gets a name of its own."""
    import keras

    if step.name.startswith("ops."):
        return getattr(keras.ops, step.name.removeprefix("ops."))(tensor, **step.arguments)
    return make(step, name=preparing(node))(tensor)


def _made_network(node: Node, call: KerasNetwork) -> Any:
    """The network with its weights.

    Raises:
        LabError: if they cannot be had, or are those of another network.
    """
    try:
        with redirect_stdout(sys.stderr), warnings.catch_warnings():  # Keras shows how far a download is
            warnings.simplefilter("ignore")  # it warns that ImageNet's images were 224x224
            network = make(call)
    except Exception as error:
        if call.arguments["weights"] is None:
            raise
        raise LabError([_no_weights(node, call, str(error))]) from None
    network.name = node.name  # given as an argument, it changes what some of Keras's functions build
    return network


def _no_weights(node: Node, call: KerasNetwork, reason: str) -> Diagnostic:
    first = next((line.strip() for line in reason.splitlines() if line.strip()), "no reason given")
    place = node.layer.place("weights")
    if call.arguments["weights"] != "imagenet":
        message = f"the file's weights do not fit {call.name.rpartition('.')[2]}: {first}"
        help = "the file must hold this network without its top, and nothing else"
        return Diagnostic(Code.NO_WEIGHTS, message, place, help=help)
    file = re.search(r"[\w.-]+\.h5", reason)
    kept = f"`{file[0]}` into `~/.keras/models`, where Keras looks first" if file else "the file where Keras looks"
    help = f'on a machine without internet put {kept}, or use `weights = "file.weights.h5"`'
    return Diagnostic(Code.NO_WEIGHTS, f"ImageNet's weights cannot be had: {first}", place, help=help)


def preparing(node: Node) -> str:
    """The name of the layer that prepares a network's images."""
    return f"{node.name}_input"


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
