"""The contract that every layer keeps: static shapes and weights are those of the Keras layer it becomes.

Each layer is drawn as text, its arguments right and wrong, and compiled; what compiles is built and compared. What
Keras refuses the compiler must have refused. Whole models are the business of test_drawn.py.
"""

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labc.compiler.analysis.head import head_of
from labc.compiler.backends.keras import make
from labc.compiler.layers import ALL
from labc.compiler.pipeline import compile_source
from labc.compiler.schema.field_types import ACTIVATIONS, INITIALIZERS
from labc.grammar.source import Source

words = st.sampled_from


def arguments(**choices: st.SearchStrategy[Any]) -> st.SearchStrategy[str]:
    """Some of the arguments, by name."""
    optional = st.fixed_dictionaries({}, optional=choices)
    return optional.map(lambda given: ", ".join(f"{name} = {value}" for name, value in given.items()))


def lengths(largest: int) -> st.SearchStrategy[str]:
    one = st.integers(1, largest).map(str)
    return st.one_of(one, st.lists(one, min_size=1, max_size=3).map(lambda many: f"({', '.join(many)},)"))


def after(first: st.SearchStrategy[str], **choices: st.SearchStrategy[Any]) -> st.SearchStrategy[str]:
    """The required argument, and then some of the others."""
    return st.tuples(first, arguments(**choices)).map(lambda two: ", ".join(filter(None, two)))


def amounts() -> st.SearchStrategy[str]:
    """One number, one for each axis, pairs, and mixtures."""
    one = st.integers(0, 4).map(str)
    pair = st.tuples(one, one).map(lambda two: f"({', '.join(two)})")
    each = st.lists(one | pair, min_size=1, max_size=3).map(lambda many: f"({', '.join(many)},)")
    return one | each


COUNT = st.integers(1, 6).map(str)
AMOUNTS = amounts()
INTERPOLATIONS = ["nearest", "bilinear"]
KERNEL = {"init": words(INITIALIZERS), "l2": words(["0", "1e-4"]), "bias": words(["true", "false"])}
POOL = arguments(size=lengths(3), stride=lengths(3), padding=words(["same", "valid"]))
WINDOW = {
    "kernel": lengths(4),
    "activation": words(ACTIVATIONS),
    "stride": lengths(3),
    "padding": words(["same", "valid"]),
    "dilation": lengths(2),
    **KERNEL,
}
MULTIPLIER = st.integers(1, 3)
NORM = {
    "epsilon": words(["1e-3", "1e-5"]),
    "center": words(["true", "false"]),
    "scale": words(["true", "false"]),
}
RATE = words(["0", "0.4", "0.99"]).map(str)
NONE = st.just("")
DRAWN: dict[str, st.SearchStrategy[str]] = {
    "conv": after(COUNT, groups=st.integers(1, 3), **WINDOW),
    "conv_transpose": after(COUNT, **WINDOW),
    "separable_conv": after(COUNT, multiplier=MULTIPLIER, **WINDOW),
    "depthwise_conv": arguments(multiplier=MULTIPLIER, **WINDOW),
    "maxpool": POOL,
    "avgpool": POOL,
    "global_maxpool": NONE,
    "global_avgpool": NONE,
    "upsample": arguments(size=lengths(3), interpolation=words(INTERPOLATIONS)),
    "zero_pad": AMOUNTS,
    "crop": AMOUNTS,
    "flatten": NONE,
    "reshape": st.lists(COUNT, min_size=1, max_size=4).map(lambda shape: f"({', '.join(shape)},)"),
    "dense": after(COUNT, activation=words(ACTIVATIONS), **KERNEL),
    "batchnorm": arguments(momentum=words(["0.9", "0.5"]), **NORM),
    "layernorm": arguments(**NORM),
    "groupnorm": after(COUNT, **NORM),
    "rescale": after(words(["0", "-1.5", "1e-2"]), offset=words(["0", "-1", "1e3"])),
    "dropout": RATE,
    "spatial_dropout": RATE,
    "gaussian_noise": words(["0", "0.1", "1", "1.5"]),
    "activation": words(ACTIVATIONS),
    "leaky_relu": words(["", "0.1"]),
    "elu": words(["", "0.5"]),
}


SHAPES = st.lists(st.integers(1, 12), min_size=1, max_size=4).map(lambda shape: f"({', '.join(map(str, shape))},)")


def test_every_layer_is_drawn() -> None:
    plain = {"relu", "selu", "gelu", "silu", "softplus", "sigmoid", "tanh", "softmax", "linear"}
    assert set(DRAWN) | plain | {"backbone"} == {layer.word() for layer in ALL}  # test_backbone has its own


def compiled_graph(image: str, steps: list[str]) -> Any:
    text = f"model {{\ninput({image})\n" + "\n".join(steps) + "\n}\n"
    compiled = compile_source(Source("drawn.lab", text))
    assert compiled.experiment or compiled.diagnostics
    return compiled.experiment.graph if compiled.experiment else None


@pytest.mark.parametrize("word", sorted(DRAWN))
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_what_keras_refuses_the_compiler_has_refused(word: str, data: st.DataObject) -> None:
    import keras

    graph = compiled_graph(data.draw(SHAPES), [f"{word}({data.draw(DRAWN[word])})"])
    if graph is None:
        return
    (node,) = graph.nodes
    layer = make(node.layer.keras(graph.input))
    assert tuple(layer(keras.Input(graph.input)).shape[1:]) == node.output
    assert layer.count_params() == node.parameters
    assert sum(weight.shape.num_elements() for weight in layer.trainable_weights) == node.trainable
    assert sorted(tuple(weight.shape) for weight in layer.weights) == sorted(w.shape for w in node.weights)
    # Some layers are only refused when they compute.
    assert tuple(layer(keras.ops.zeros((1, *graph.input))).shape[1:]) == node.output


@pytest.mark.parametrize(
    ("image", "step"),
    [("8x8x1", "conv(4, 9x9, padding = valid)"), ("8x8x1", "maxpool(9)"), ("8x8x3", "conv(4, 3, groups = 2)"),
     ("8x8x2", "conv(3, 3, groups = 2)"), ("8x8x1", "conv(4, 3, stride = 2, dilation = 2)"), ("(9,)", "conv(4)"),
     ("8x8x1", "conv(4, 3x3x3)"), ("8x8x1", "dense(3)"), ("8x8x1", "dropout(1)"), ("8x8x1", "conv(0)"),
     ("8x8x1", "conv_transpose(4, 3, stride = 2, dilation = 2)"), ("(9,)", "conv_transpose(4)"),
     ("8x8x8x1", "separable_conv(4)"), ("8x8x1", "separable_conv(4, 3, stride = 1x2)"),
     ("8x8x8x1", "depthwise_conv"), ("8x8x1", "depthwise_conv(3, stride = 2x1)"), ("8x8x1", "depthwise_conv(l1 = 1)"),
     ("8x8x1", "depthwise_conv(3, stride = 2, dilation = 2)"), ("8x8x1", "depthwise_conv(9, padding = valid)"),
     ("(9,)", "global_maxpool"), ("(9,)", "global_avgpool"), ("8x8x1", "upsample(0)"),
     ("8x1", "upsample(2, interpolation = bilinear)"), ("8x8x8x1", "upsample(2, interpolation = bilinear)"),
     ("8x8x1", "zero_pad(-1)"), ("8x8x1", "zero_pad((1, 2, 3))"), ("8x1", "zero_pad((1, 2))"),
     ("8x8x1", "zero_pad(((1, 2, 3), 1))"), ("8x8x1", "zero_pad(1.5)"), ("8x8x1", "zero_pad(())"),
     ("(9,)", "zero_pad(1)"),
     ("8x8x1", "crop(4)"), ("8x8x1", "crop(((0, 0), (7, 1)))"), ("(9,)", "crop(1)"),
     ("8x8x1", "reshape(63)"), ("8x8x1", "reshape((8, -1))"), ("8x8x1", "reshape((1, 1, 1, 8, 8))"),
     ("8x8x6", "groupnorm(4)"), ("8x8x6", "groupnorm(12)"), ("8x8x6", "groupnorm"), ("8x8x6", "layernorm(1e-3)"),
     ("8x8x1", "gaussian_noise(1.1)"), ("8x8x1", "gaussian_noise(-0.1)"), ("8x8x1", "rescale"),
     ("8x8x1", "rescale(true)")],
)  # fmt: skip
def test_wrong_layers_are_refused(image: str, step: str) -> None:
    assert compiled_graph(image, [step]) is None


@given(st.lists(st.integers(1, 8), min_size=1, max_size=4), st.data())
@settings(max_examples=60, deadline=None)
def test_reshape_takes_every_shape_of_as_many_values(shape: list[int], data: st.DataObject) -> None:
    import keras

    ends = sorted({len(shape), *data.draw(st.lists(st.integers(1, len(shape))))})
    merged = [math.prod(shape[start:end]) for start, end in zip([0, *ends], ends, strict=False)]
    target = tuple(data.draw(st.permutations(merged)))
    graph = compiled_graph(f"({', '.join(map(str, shape))},)", [f"reshape({target})"])
    (node,) = graph.nodes
    values = keras.ops.reshape(keras.ops.arange(math.prod(shape)), (1, *shape))
    assert make(node.layer.keras(graph.input))(values).numpy().tolist() == values.numpy().reshape(1, *target).tolist()


@pytest.mark.parametrize(
    ("step", "range_of"),
    [("maxpool", "sigmoid"), ("global_avgpool", "sigmoid"), ("upsample", "sigmoid"), ("crop(1)", "sigmoid"),
     ("upsample(interpolation = bilinear)", "sigmoid"),
     ("zero_pad(1)", "sigmoid"), ("reshape(64)", "sigmoid"), ("dropout(0.1)", "sigmoid"), ("layernorm", "linear"),
     ("groupnorm(1)", "linear"), ("rescale(2)", "linear"), ("gaussian_noise(0.1)", "linear"),
     ("depthwise_conv(3, tanh)", "tanh"), ("conv_transpose(1, activation = relu)", "relu"),
     ("separable_conv(1)", "linear")],
)  # fmt: skip
def test_the_activation_that_decides_the_range(step: str, range_of: str) -> None:
    assert head_of(compiled_graph("8x8x1", ["sigmoid", step])).activation == range_of


@pytest.mark.parametrize("layer", ALL, ids=lambda layer: layer.word())
def test_every_layer_has_a_reference_page(layer: Any) -> None:
    page = layer.__doc__
    assert "Becomes `keras." in page
    assert "Input:" in page
    assert "Output:" in page
    assert "Example: `" in page
    for field in layer.model_fields:
        assert f"        {field}: " in page


@pytest.mark.parametrize("layer", ALL, ids=lambda layer: layer.word())
def test_the_example_on_every_reference_page_compiles(layer: Any) -> None:
    example = layer.__doc__.split("Example: `")[1].split("`")[0]
    before = "flatten" if layer.word() == "dense" or "dense" in example else "crop(0)"  # which keeps an image's range
    assert compiled_graph("32x32x3", [before, example])
