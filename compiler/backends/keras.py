"""Builds the Keras model of a graph, in this process."""

import re
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from typing import TYPE_CHECKING, Any

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ..experiment import Experiment
from ..layers import KerasArgument, KerasCall, KerasNetwork
from ..model.graph import INPUT, Graph, Node
from .lowering import FLOAT32, dtype_policy, keras_call, model_name, place_arguments, preprocessing_name
from .scaling import ChannelStatistics, PixelRange, scaling_calls
from .tensor_names import IMAGE

if TYPE_CHECKING:
    import keras


def build_experiment(
    experiment: Experiment, statistics: ChannelStatistics | None = None, bare: bool = False
) -> "keras.Model":
    """Build the model that a run of the experiment trains; with `bare`, without the layers that scale pixels.

    Without `window`, the images are taken for bytes.

    Input: batch x height x width x channels, float32; with a `data` section and without `bare`, stored pixel values.
    Output: batch x the output of the graph.

    Raises:
        LabError: if the weights of a network cannot be loaded.
        ValueError: if the statistics and the image have different numbers of channels.
    """
    graph, data, train = experiment.graph, experiment.data, experiment.train
    pixels = PixelRange.of(data) if data else PixelRange()
    scaling = scaling_calls(data.scale, graph.input, pixels, statistics) if data and not bare else []
    return build(graph, model_name(experiment.name), scaling, dtype_policy(train.precision if train else FLOAT32))


def build(graph: Graph, name: str = "model", scaling: Sequence[KerasCall] = (), policy: str = FLOAT32) -> "keras.Model":
    """Build the model of a graph. Its layers have the names of the nodes.

    `scaling` makes layers that come before the layers of the graph. `policy` is the Keras dtype policy of all layers.

    Input: batch x height x width x channels, float32.
    Output: batch x the output of the graph.

    Raises:
        LabError: if the weights of a network cannot be loaded.
    """
    import keras

    inputs = keras.Input(graph.input, name=IMAGE)
    with _using(policy):
        start = inputs
        for call in scaling:
            start = make(call)(start)
        tensors: list[Any] = []
        for node in graph.nodes:
            given = [start if index == INPUT else tensors[index] for index in node.inputs]
            tensors.append(_output(graph, node, given, policy))
        return keras.Model(inputs, tensors[-1], name=name)


@contextmanager
def _using(policy: str) -> Iterator[None]:
    """Give a dtype policy to all layers that are made in this context."""
    import keras

    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(policy)
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)


def _output(graph: Graph, node: Node, inputs: list[Any], policy: str) -> Any:
    """Return the output tensor of a node's layer for the input tensors."""
    call = keras_call(graph, node)
    if isinstance(call, KerasNetwork):
        return _network_output(node, call, inputs[0])
    layer = make(call, place_arguments(graph, node, policy))
    return layer(inputs if len(inputs) > 1 else inputs[0])


def _network_output(node: Node, call: KerasNetwork, tensor: Any) -> Any:
    """Preprocess a tensor, and return the features that a network computes from the result."""
    import keras

    for step in call.preprocessing:
        tensor = _preprocessed(node, step, tensor)
    network = _network(node, call)
    for layer in network.layers[: None if node.frozen else call.frozen_prefix]:
        layer.trainable = False
        # Calling the network with `training = False` has no effect: `fit` runs all layers in training mode.
        if isinstance(layer, keras.layers.Dropout):
            layer.rate = 0
    return network(tensor)


def _preprocessed(node: Node, step: KerasCall, tensor: Any) -> Any:
    """Apply one step of preprocessing to the tensor: a function of `keras.ops`, or a layer."""
    import keras

    if step.name.startswith("ops."):
        return getattr(keras.ops, step.name.removeprefix("ops."))(tensor, **step.arguments)
    return make(step, {"name": preprocessing_name(node)})(tensor)


def _network(node: Node, call: KerasNetwork) -> Any:
    """Return the network with its weights.

    Raises:
        LabError: if the weights cannot be loaded, or belong to another network.
    """
    try:
        with redirect_stdout(sys.stderr), warnings.catch_warnings():  # Keras prints the progress of a download
            warnings.simplefilter("ignore")  # Keras warns that ImageNet's images were 224x224
            network = make(call)
    except Exception as error:
        if call.arguments["weights"] is None:
            raise
        raise LabError([_no_weights(node, call, str(error))]) from None
    network.name = node.name  # set here, because the argument `name` changes what some of Keras's functions build
    return network


def _no_weights(node: Node, call: KerasNetwork, reason: str) -> Diagnostic:
    first = next((line.strip() for line in reason.splitlines() if line.strip()), "no reason given")
    place = node.layer.place("weights")
    if call.arguments["weights"] != "imagenet":
        message = f"the file's weights do not fit {call.name.rpartition('.')[2]}: {first}"
        help = "the file must contain the weights of this network without its top, and nothing else"
        return Diagnostic(Code.NO_WEIGHTS, message, place, help=help)
    file = re.search(r"[\w.-]+\.h5", reason)
    download = f"`{file[0]}`" if file else "the weights file"
    help = f'put {download} into `~/.keras/models` by hand, or set for example `weights = "file.weights.h5"`'
    return Diagnostic(Code.NO_WEIGHTS, f"cannot load ImageNet's weights: {first}", place, help=help)


def make(call: KerasCall, more: dict[str, KerasArgument] | None = None) -> Any:
    """Execute a call with the further arguments `more`, and return the Keras object that the call makes."""
    import keras

    function: Any = keras
    for part in call.name.split("."):
        function = getattr(function, part)
    arguments = {**call.arguments, **(more or {})}
    return function(
        **{name: make(value) if isinstance(value, KerasCall) else value for name, value in arguments.items()}
    )
