"""A model as JSON: its plan, its edges, and the Keras call of each layer."""

import json

from ..layers import KerasArgument, KerasCall, KerasNetwork
from ..model.graph import INPUT, Node
from ..plan import make_plan
from ..study import Study
from .lowering import keras_call
from .tensor_names import IMAGE, edges


def to_json(study: Study) -> str:
    """Return the output of `labc plan --json`; add `edges`, `scale`, `window`, and `keras`, `trainable` of each layer.

    `edges` are pairs of layer names. The model's input has the name `image`, as in the Keras model. `scale` and
    `window` say how `data` scales the pixels before the first layer; they are null without these settings.
    """
    graph, data, plan = study.base.graph, study.base.data, make_plan(study).as_data()
    names = {INPUT: IMAGE} | {index: node.name for index, node in enumerate(graph.nodes)}
    layers = [
        {**layer, "trainable": _is_trainable(node), "keras": _as_data(keras_call(graph, node))}
        for layer, node in zip(plan["layers"], graph.nodes, strict=True)
    ]
    joined = [{"from": names[start], "to": names[end]} for start, end in edges(graph)]
    scaling = {"scale": data.scale, "window": data.window} if data else {"scale": None, "window": None}
    return json.dumps({**plan, **scaling, "layers": layers, "edges": joined}, indent=2, ensure_ascii=False) + "\n"


def _is_trainable(node: Node) -> bool:
    """Return whether the layer has trainable weights, or has no weights and is not frozen."""
    return not node.frozen and (node.trainable > 0 or not node.weights)


def _as_data(value: KerasArgument) -> object:
    """Return an argument as a JSON value. A call becomes an object with its class and its arguments."""
    if not isinstance(value, KerasCall):
        return value
    arguments = {name: _as_data(argument) for name, argument in value.arguments.items()}
    call = {"class": f"keras.{value.name}", "arguments": arguments}
    if isinstance(value, KerasNetwork):
        frozen = "all" if value.frozen_prefix is None else value.frozen_prefix
        before = [_as_data(step) for step in value.preprocessing]
        return {"before": before, **call, "layers_that_do_not_train": frozen}
    return call
