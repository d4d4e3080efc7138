"""A model as a Python script in plain Keras."""

import json
from typing import Any

from ..layers import KerasCall, KerasNetwork
from ..model.graph import INPUT, Graph, Node
from ..study import Study
from .keras import in_place, preparing
from .tensor_names import IMAGE, edges, identifiers, one_line

WIDTH = 100


def to_python(study: Study) -> str:
    """The script: it runs on its own, builds the model that `emit.keras` builds, and prints its summary.

    The tensor that goes from layer to layer is called `x`. One that is needed later too is named like its layer.
    """
    graph = study.base.graph
    variables = _variables(graph)
    lines = [
        *_head(study),
        "import keras",
        "from keras import layers",
        "",
        f"{IMAGE} = keras.Input(shape={_literal(graph.input)}, name={_literal(IMAGE)})",
        *(line for index, node in enumerate(graph.nodes) for line in _statements(node, variables[index], variables)),
        "",
        f'model = keras.Model(inputs={IMAGE}, outputs={variables[len(graph.nodes) - 1]}, name="model")',
        "model.summary()",
    ]
    return "\n".join(lines) + "\n"


def _head(study: Study) -> list[str]:
    """The script's docstring."""
    title, file = (_in_docstring(one_line(text)) for text in (study.title, study.path.name))
    return [f'"""{title}', "", f"The model of {file} in plain Keras, written by `labc emit python`.", '"""', ""]


def _in_docstring(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _variables(graph: Graph) -> dict[int, str]:
    """The variable that holds each tensor: `x`, unless another layer than the next one takes it."""
    names = identifiers(graph)
    kept = {start for start, end in edges(graph) if end != start + 1}
    return {index: name if index == INPUT or index in kept else "x" for index, name in names.items()}


def _statements(node: Node, variable: str, variables: dict[int, str]) -> list[str]:
    """The lines that make a node's tensor from those of its inputs."""
    inputs = [variables[index] for index in node.inputs]
    given = inputs[0] if len(inputs) == 1 else f"[{', '.join(inputs)}]"
    if isinstance(node.call, KerasNetwork):
        return _network(node, node.call, variable, given)
    return [_assignment(f"{variable} = {_callee(node.call)}", {**node.call.arguments, **in_place(node)}, f"({given})")]


def _network(node: Node, call: KerasNetwork, variable: str, given: str) -> list[str]:
    """A network: its images prepared, the layers that do not train, its features."""
    lines = []
    for step in call.before:
        if step.name.startswith("ops."):
            lines.append(f"x = {_callee(step)}({', '.join([given, *_arguments(step.arguments)])})")
        else:
            lines.append(_assignment(f"x = {_callee(step)}", {**step.arguments, "name": preparing(node)}, f"({given})"))
        given = "x"
    lines += [_assignment(f"network = {_callee(call)}", call.arguments), f"network.name = {_literal(node.name)}"]
    return [*lines, *_at_rest(None if node.frozen else call.still, call.drops), f"{variable} = network({given})"]


def _at_rest(still: int | None, drops: bool) -> list[str]:
    """Keeps the first layers of a network, or all, from training."""
    if still == 0:
        return []
    loop = f"for layer in network.layers{f'[:{still}]' if still else ''}:"
    dropout = ["    if isinstance(layer, layers.Dropout):", "        layer.rate = 0"]
    return [loop, "    layer.trainable = False", *(dropout if drops else [])]


def _assignment(callee: str, given: dict[str, Any], after: str = "") -> str:
    """`x = layers.Conv2D(…)(x)`, on more lines if it is long."""
    arguments = _arguments(given)
    start, end = f"{callee}(", f"){after}"
    line = f"{start}{', '.join(arguments)}{end}"
    if len(line) <= WIDTH:
        return line
    return "\n".join([start, *(f"    {argument}," for argument in arguments), end])


def _callee(call: KerasCall) -> str:
    return call.name if call.name.startswith("layers.") else f"keras.{call.name}"


def _arguments(arguments: dict[str, Any]) -> list[str]:
    return [f"{name}={_literal(value)}" for name, value in arguments.items()]


def _literal(value: Any) -> str:
    """A value as Python writes it, texts in double quotes."""
    match value:
        case KerasCall():
            return f"{_callee(value)}({', '.join(_arguments(value.arguments))})"
        case str():
            return json.dumps(value, ensure_ascii=False)
        case tuple():
            return f"({', '.join(map(_literal, value))}{',' * (len(value) == 1)})"
        case list():
            return f"[{', '.join(map(_literal, value))}]"
    return repr(value)
