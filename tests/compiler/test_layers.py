"""The contract that every layer keeps: static shapes and weights are those of the Keras layer it becomes.

Whole stacks are drawn as text, arguments right and wrong, and compiled; what compiles is built, and compared layer by
layer. What Keras refuses the compiler must have refused.
"""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from labc.compiler.emit.keras import build, make
from labc.compiler.fields import ACTIVATIONS, INITIALIZERS
from labc.compiler.layers import ALL, LAYERS
from labc.compiler.pipeline import compile_source
from labc.grammar.source import Source

words = st.sampled_from


def arguments(**choices: st.SearchStrategy[Any]) -> st.SearchStrategy[str]:
    """Some of the arguments, by name."""
    optional = st.fixed_dictionaries({}, optional=choices)
    return optional.map(lambda given: ", ".join(f"{name} = {value}" for name, value in given.items()))


def lengths(largest: int) -> st.SearchStrategy[str]:
    one = st.integers(1, largest).map(str)
    return st.one_of(one, st.lists(one, min_size=1, max_size=3).map(lambda many: f"({', '.join(many)},)"))


KERNEL = {"init": words(INITIALIZERS), "l2": words(["0", "1e-4"]), "bias": words(["true", "false"])}
POOL = arguments(size=lengths(3), stride=lengths(3), padding=words(["same", "valid"]))
CONV = arguments(
    kernel=lengths(4),
    activation=words(ACTIVATIONS),
    stride=lengths(3),
    padding=words(["same", "valid"]),
    dilation=lengths(2),
    groups=st.integers(1, 3),
    **KERNEL,
)
NORM = arguments(
    momentum=words(["0.9", "0.5"]),
    epsilon=words(["1e-3", "1e-5"]),
    center=words(["true", "false"]),
    scale=words(["true", "false"]),
)
RATE = words(["0", "0.4", "0.99"]).map(str)
NONE = st.just("")
DRAWN: dict[str, st.SearchStrategy[str]] = {
    "conv": st.tuples(st.integers(1, 6).map(str), CONV).map(lambda two: ", ".join(filter(None, two))),
    "maxpool": POOL,
    "avgpool": POOL,
    "flatten": NONE,
    "dense": st.tuples(st.integers(1, 9).map(str), arguments(activation=words(ACTIVATIONS), **KERNEL)).map(
        lambda two: ", ".join(filter(None, two))
    ),
    "batchnorm": NORM,
    "dropout": RATE,
    "spatial_dropout": RATE,
    "activation": words(ACTIVATIONS),
    "leaky_relu": words(["", "0.1"]),
    "elu": words(["", "0.5"]),
}
STEPS = words(sorted(LAYERS)).flatmap(lambda word: DRAWN.get(word, NONE).map(lambda given: f"{word}({given})"))
INPUTS = st.lists(st.integers(1, 12), min_size=2, max_size=4).map(lambda shape: f"({', '.join(map(str, shape))})")


def test_every_layer_is_drawn() -> None:
    plain = {"relu", "selu", "gelu", "silu", "softplus", "sigmoid", "tanh", "softmax", "linear"}
    assert set(DRAWN) | plain == {layer.word() for layer in ALL}


def compiled_graph(image: str, steps: list[str]) -> Any:
    text = f"model {{\ninput({image})\n" + "\n".join(steps) + "\n}\n"
    compiled = compile_source(Source("drawn.lab", text))
    assert compiled.experiment or compiled.diagnostics
    return compiled.experiment.graph if compiled.experiment else None


@given(INPUTS, st.lists(STEPS, min_size=1, max_size=6))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_static_shapes_and_counts_are_those_of_the_built_model(image: str, steps: list[str]) -> None:
    # Leave out what cannot follow, so that stacks get deep; the layers refused here are the next test's.
    kept: list[str] = []
    for step in steps:
        if compiled_graph(image, [*kept, step]):
            kept.append(step)
    graph = compiled_graph(image, kept) if kept else None
    if graph is None:
        return
    model = build(graph)
    layers = model.layers[1:]
    assert [layer.name for layer in layers] == [node.name for node in graph.nodes]
    for node, layer in zip(graph.nodes, layers, strict=True):
        assert tuple(layer.output.shape[1:]) == node.output
        assert layer.count_params() == node.parameters
        assert sum(weight.shape.num_elements() for weight in layer.trainable_weights) == node.trainable
        assert sorted(tuple(weight.shape) for weight in layer.weights) == sorted(w.shape for w in node.weights)
    assert model.count_params() == graph.parameters


@given(INPUTS, STEPS)
@settings(max_examples=200, deadline=None)
def test_what_keras_refuses_the_compiler_has_refused(image: str, step: str) -> None:
    import keras

    graph = compiled_graph(image, [step])
    if graph is None:
        return
    (node,) = graph.nodes
    output = make(node.layer.keras(graph.input))(keras.Input(graph.input))
    assert tuple(output.shape[1:]) == node.output


@pytest.mark.parametrize(
    ("image", "step"),
    [("8x8x1", "conv(4, 9x9, padding = valid)"), ("8x8x1", "maxpool(9)"), ("8x8x3", "conv(4, 3, groups = 2)"),
     ("8x8x2", "conv(3, 3, groups = 2)"), ("8x8x1", "conv(4, 3, stride = 2, dilation = 2)"), ("(9,)", "conv(4)"),
     ("8x8x1", "conv(4, 3x3x3)"), ("8x8x1", "dense(3)"), ("8x8x1", "dropout(1)"), ("8x8x1", "conv(0)")],
)  # fmt: skip
def test_wrong_layers_are_refused(image: str, step: str) -> None:
    assert compiled_graph(image, [step]) is None


@pytest.mark.parametrize("layer", ALL, ids=lambda layer: layer.word())
def test_every_layer_has_a_reference_page(layer: Any) -> None:
    page = layer.__doc__
    assert "Becomes `keras.layers." in page
    assert "Input:" in page
    assert "Output:" in page
    assert "Example: `" in page
    for field in layer.model_fields:
        assert f"        {field}: " in page


@pytest.mark.parametrize("layer", ALL, ids=lambda layer: layer.word())
def test_the_example_on_every_reference_page_compiles(layer: Any) -> None:
    example = layer.__doc__.split("Example: `")[1].split("`")[0]
    before = "flatten" if layer.word() == "dense" or "dense" in example else "linear"
    assert compiled_graph("32x32x3", [before, example])
