"""A model as a Python script in plain Keras."""

import json
from collections.abc import Mapping, Sequence

from ..experiment import Experiment
from ..layers import KerasArgument, KerasCall, KerasNetwork
from ..model.graph import INPUT, Graph, Node
from ..sections import Data
from ..study import Study
from .lowering import FLOAT32, dtype_policy, keras_call, model_name, place_arguments, preprocessing_name
from .scaling import NAME, PixelRange, needs_statistics, neutral_statistics, scaling_calls
from .tensor_names import IMAGE, edges, identifiers, one_line

WIDTH = 100


def to_python(study: Study, bare: bool = False) -> str:
    """Return a script that does not need labc. It builds the model that a run trains, and prints the model's summary.

    With `bare`, the script leaves out the layers that scale pixels. The variable of a tensor is `x`, or the name of its
    layer if a later layer uses the tensor again.
    """
    experiment = study.base
    graph, data, train = experiment.graph, experiment.data, experiment.train
    policy = dtype_policy(train.precision) if train else FLOAT32
    scaling = scaling_calls(data.scale, graph.input, PixelRange.of(data)) if data and not bare else []
    variables = _variables(graph, scaled=bool(scaling))
    output, name = variables[len(graph.nodes) - 1], _literal(model_name(experiment.name))
    lines = [
        *_docstring(experiment),
        "import keras",
        "from keras import layers",
        "",
        *_policy(policy),
        f"{IMAGE} = keras.Input(shape={_literal(graph.input)}, name={_literal(IMAGE)})",
        *(_scaling(data, scaling, variables[INPUT]) if data and scaling else []),
        *(line for index in range(len(graph.nodes)) for line in _statements(graph, index, variables, policy)),
        "",
        f"model = keras.Model(inputs={IMAGE}, outputs={output}, name={name})",
        "model.summary()",
    ]
    return "\n".join(lines) + "\n"


def _docstring(experiment: Experiment) -> list[str]:
    title, file = (_in_docstring(one_line(text)) for text in (experiment.title, experiment.path.name))
    return [f'"""{title}', "", f"The model of {file} in plain Keras, written by `labc emit python`.", '"""', ""]


def _in_docstring(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _policy(policy: str) -> list[str]:
    """Return the lines that set the dtype policy of all layers; an empty list if the policy is Keras's default."""
    if policy == FLOAT32:
        return []
    return [
        "# `precision = mixed`: layers compute in half precision, weights stay in float32.",
        f"keras.config.set_dtype_policy({_literal(policy)})",
    ]


def _variables(graph: Graph, scaled: bool) -> dict[int, str]:
    """Return the variable of each tensor: `x`, or the layer's name if another layer than the next uses the tensor."""
    kept = {start for start, end in edges(graph) if end != start + 1}
    names = identifiers(graph) | {INPUT: NAME}
    variables = {index: name if index in kept else "x" for index, name in names.items()}
    return variables if scaled else variables | {INPUT: IMAGE}


def _scaling(data: Data, calls: Sequence[KerasCall], variable: str) -> list[str]:
    """Return the lines of the layers that scale pixels, with comments that explain the layers."""
    lines, image = [], IMAGE
    if data.window:
        low, high = data.window
        top = 1 if data.scale == "unit" else 255
        lines.append(f"# `window = ({low:g}, {high:g})`: these stored values become 0 and {top}; the rest is clipped.")
    for call in calls:
        arguments = _arguments(call.arguments)
        if call.arguments["name"] == NAME and not (data.window and data.scale == "unit"):
            lines += [f"# {line}" for line in _COMMENTS[data.scale]]
            if needs_statistics(data):
                neutral = neutral_statistics(data.image[-1])
                lines += [f"mean = {list(neutral.mean)}", f"deviation = {list(neutral.deviation)}"]
                arguments = [*_STANDARD, f"name={_literal(NAME)}"]
        lines.append(_assignment(f"{variable} = {_callee(call)}", arguments, f"({image})"))
        image = variable
    return lines


_COMMENTS = {
    "unit": ["`scale = unit`: pixels from 0 to 255 become values from 0 to 1."],
    "sample": ["`scale = sample`: the pixels of each image get mean 0 and standard deviation 1."],
    "standard": [
        "`scale = standard`: fill in the mean and the standard deviation of each channel over the training",
        "images, pixels from 0 to 255. Mean 0 and deviation 1 leave the pixels as they are.",
    ],
}
_STANDARD = ["scale=[1 / d for d in deviation]", "offset=[-m / d for m, d in zip(mean, deviation)]"]


def _statements(graph: Graph, index: int, variables: dict[int, str], policy: str) -> list[str]:
    """Return the lines that compute a node's output from its inputs."""
    node = graph.nodes[index]
    call, variable = keras_call(graph, node), variables[index]
    names = [variables[source] for source in node.inputs]
    inputs = names[0] if len(names) == 1 else f"[{', '.join(names)}]"
    if isinstance(call, KerasNetwork):
        return _network(node, call, variable, inputs)
    arguments = _arguments({**call.arguments, **place_arguments(graph, node, policy)})
    return [_assignment(f"{variable} = {_callee(call)}", arguments, f"({inputs})")]


def _network(node: Node, call: KerasNetwork, variable: str, image: str) -> list[str]:
    """Return the lines of a network: the preprocessing of its input, its frozen layers, and its output."""
    lines = []
    for step in call.preprocessing:
        if step.name.startswith("ops."):
            lines.append(f"x = {_callee(step)}({', '.join([image, *_arguments(step.arguments)])})")
        else:
            arguments = _arguments({**step.arguments, "name": preprocessing_name(node)})
            lines.append(_assignment(f"x = {_callee(step)}", arguments, f"({image})"))
        image = "x"
    lines += [
        _assignment(f"network = {_callee(call)}", _arguments(call.arguments)),
        f"network.name = {_literal(node.name)}",
        *_freeze(None if node.frozen else call.frozen_prefix, call.has_dropout),
    ]
    return [*lines, f"{variable} = network({image})"]


def _freeze(prefix: int | None, has_dropout: bool) -> list[str]:
    """Return the loop that freezes the first `prefix` layers of a network, and turns off their dropout.

    None freezes all layers, and 0 gives an empty list.
    """
    if prefix == 0:
        return []
    loop = f"for layer in network.layers{f'[:{prefix}]' if prefix else ''}:"
    dropout = ["    if isinstance(layer, layers.Dropout):", "        layer.rate = 0"]
    return [loop, "    layer.trainable = False", *(dropout if has_dropout else [])]


def _assignment(callee: str, arguments: list[str], after: str = "") -> str:
    """Return a statement such as `x = layers.Conv2D(…)(x)`. A long statement has one line for each argument."""
    start, end = f"{callee}(", f"){after}"
    line = f"{start}{', '.join(arguments)}{end}"
    if len(line) <= WIDTH:
        return line
    return "\n".join([start, *(f"    {argument}," for argument in arguments), end])


def _callee(call: KerasCall) -> str:
    return call.name if call.name.startswith("layers.") else f"keras.{call.name}"


def _arguments(arguments: Mapping[str, KerasArgument]) -> list[str]:
    return [f"{name}={_literal(value)}" for name, value in arguments.items()]


def _literal(value: KerasArgument) -> str:
    """Return a value as a Python expression, with double quotes around strings."""
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
