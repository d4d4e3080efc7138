"""The contract of every layer: labc takes what Keras takes, and both make the same layer of it.

Cases are drawn, right and wrong ones, and given to labc and, by other code, to Keras. What labc takes Keras must take,
and the layer that labc makes must have the shapes, the weights and the arguments of Keras's. What Keras takes labc must
take, except for a list of refusals that are meant. Whole models are the business of test_drawn.py.
"""

import inspect
import math
from typing import Annotated, Any, ClassVar

import keras
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field

from labc.compiler.analysis.head import head_of
from labc.compiler.backends.keras import make
from labc.compiler.layers import ALL, LAYERS, MERGES, Dropout
from labc.compiler.layers.pooling import MaxPool
from labc.compiler.layers.shapes import ShapeError
from labc.compiler.pipeline import compile_source
from labc.compiler.schema.field_types import Rate
from labc.grammar.diagnostics.codes import Code
from labc.grammar.source import Source

from ..contract import DRAWN, MEANT, Case, Refusal, Shape


def compiled_graph(image: str, steps: list[str]) -> Any:
    text = f"model {{\ninput({image})\n" + "\n".join(steps) + "\n}\n"
    compiled = compile_source(Source("drawn.lab", text))
    assert compiled.experiment or compiled.diagnostics
    return compiled.experiment.graph if compiled.experiment else None


def check_contract(case: Case) -> None:
    """Both refuse the case; or labc alone does, on purpose; or both take it and make the same layer of it."""
    graph, reference = compiled_graph(str(case.shape), [case.step]), case.made_by_keras()
    if graph is None:
        meant = any(refusal.applies(case) for refusal in MEANT)
        assert reference is None or meant, f"labc refuses `{case.step}` for {case.shape}, and Keras takes it"
        return
    assert reference is not None, f"Keras refuses `{case.step}` for {case.shape}, and labc takes it"
    (node,) = graph.nodes
    layer = make(node.layer.keras_call(graph.input, None))
    assert tuple(layer(keras.Input(graph.input)).shape[1:]) == node.output
    assert tuple(layer(keras.ops.zeros((1, *graph.input))).shape[1:]) == node.output
    assert layer.count_params() == node.parameters
    assert sum(weight.shape.num_elements() for weight in layer.trainable_weights) == node.trainable
    assert sorted(tuple(weight.shape) for weight in layer.weights) == sorted(w.shape for w in node.weights)
    made, wanted = layer.get_config(), reference.get_config()
    assert {name: made[name] for name in case.keras_arguments()} == {
        name: wanted[name] for name in case.keras_arguments()
    }


def test_every_layer_is_drawn() -> None:
    assert {*DRAWN, "backbone"} == {layer.word() for layer in ALL}  # test_backbone has its own
    for word, arguments in DRAWN.items():
        assert set(arguments) == set(LAYERS[word].model_fields)


@pytest.mark.parametrize("word", sorted(DRAWN))
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_labc_takes_what_keras_takes_and_makes_the_same_of_it(word: str, data: st.DataObject) -> None:
    check_contract(data.draw(Case.drawn(word)))


@pytest.mark.parametrize("refusal", MEANT, ids=lambda refusal: refusal.reason)
def test_a_refusal_that_is_meant_is_one(refusal: Refusal) -> None:
    case = refusal.example
    assert refusal.applies(case)
    assert compiled_graph(str(case.shape), [case.step]) is None
    assert not refusal.everywhere or case.made_by_keras() is not None


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(case=Case.drawn("maxpool"))
def check_maxpool(case: Case) -> None:
    check_contract(case)


def test_a_rule_that_is_too_strict_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = MaxPool.output

    def too_strict(self: MaxPool, shape: Shape) -> Shape:
        if self.padding == "same" and len(shape) == 3:
            raise ShapeError(Code.TOO_SMALL, "refused without need")
        return rule(self, shape)

    check_maxpool()
    monkeypatch.setattr(MaxPool, "output", too_strict)
    with pytest.raises(AssertionError, match=r"labc refuses `maxpool.*, and Keras takes it"):
        check_maxpool()


def test_a_bound_that_is_too_strict_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    class TooStrict(Dropout):
        called: ClassVar[str | None] = "dropout"

        rate: Annotated[Rate, Field(le=0.4)]

    case = Case("dropout", {"rate": 0.5}, (3,))
    check_contract(case)
    monkeypatch.setitem(LAYERS, "dropout", TooStrict)
    with pytest.raises(AssertionError, match="labc refuses `dropout"):
        check_contract(case)


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


LENGTHS = st.lists(st.integers(1, 3), min_size=1, max_size=4).map(tuple)


@pytest.mark.parametrize("word", MERGES)
@given(first=LENGTHS, others=st.lists(LENGTHS, min_size=1, max_size=2), same=st.booleans(), data=st.data())
@settings(max_examples=60, deadline=None)
def test_merges_take_what_keras_takes_but_do_not_broadcast(
    word: str, first: Shape, others: list[Shape], same: bool, data: st.DataObject
) -> None:
    if same:  # all lengths but the channels, which are equal in half of the cases
        others = [(*first[:-1], data.draw(st.sampled_from([first[-1], 1, 2]))) for _ in others]
    shapes = (first, *others)
    merge = MERGES[word]()
    try:
        merged = make(merge.keras_call())([keras.ops.zeros((2, *shape)) for shape in shapes])
    except Exception:
        merged = None
    try:
        output = merge.output(shapes)
    except ShapeError:
        assert merged is None or (word != "concat" and len(set(shapes)) > 1)
    else:
        assert merged is not None
        assert tuple(merged.shape[1:]) == output


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
    assert (
        make(node.layer.keras_call(graph.input, None))(values).numpy().tolist()
        == values.numpy().reshape(1, *target).tolist()
    )


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
    page = inspect.getdoc(layer) or ""
    assert "Becomes `keras." in page
    assert "Input:" in page
    assert "Output:" in page
    assert "Example: `" in page
    for field in layer.model_fields:
        assert f"\n    {field}: " in page


@pytest.mark.parametrize("layer", ALL, ids=lambda layer: layer.word())
def test_the_example_on_every_reference_page_compiles(layer: Any) -> None:
    example = layer.__doc__.split("Example: `")[1].split("`")[0]
    before = "flatten" if layer.word() == "dense" or "dense" in example else "crop(0)"  # which keeps an image's range
    assert compiled_graph("32x32x3", [before, example])
