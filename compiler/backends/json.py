"""A model as JSON: its plan, its edges, and the Keras calls that it becomes."""

import json
from typing import Any

from ..layers import KerasCall, KerasNetwork
from ..model.graph import INPUT, Node
from ..plan import plan as make_plan
from ..study import Study
from .tensor_names import IMAGE, edges


def to_json(study: Study) -> str:
    """What `labc plan --json` prints, with `keras` and `trainable` for every layer, and `edges` by name.

    The model's input is called `image`, as in Keras.
    """
    graph, plan = study.base.graph, make_plan(study)
    names = {INPUT: IMAGE} | {index: node.name for index, node in enumerate(graph.nodes)}
    layers = [
        {**layer, "trainable": _trains(node), "keras": _as_data(node.call)}
        for layer, node in zip(plan["layers"], graph.nodes, strict=True)
    ]
    joined = [{"from": names[start], "to": names[end]} for start, end in edges(graph)]
    return json.dumps({**plan, "layers": layers, "edges": joined}, indent=2, ensure_ascii=False) + "\n"


def _trains(node: Node) -> bool:
    """Whether anything in it trains, or would, if there were weights."""
    return not node.frozen and (node.trainable > 0 or not node.weights)


def _call(call: KerasCall) -> dict[str, Any]:
    return {"class": f"keras.{call.name}", "arguments": _as_data(call.arguments)}


def _as_data(value: Any) -> Any:
    if isinstance(value, KerasNetwork):
        still = "all" if value.still is None else value.still
        before = [_as_data(call) for call in value.before]
        return {"before": before, **_call(value), "layers_that_do_not_train": still}
    if isinstance(value, KerasCall):
        return _call(value)
    return {name: _as_data(item) for name, item in value.items()} if isinstance(value, dict) else value
