"""Random valid programs over the whole language: what the compiler says of them is what Keras builds."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import event, given, settings

from labc.compiler.backends.keras import build
from labc.compiler.experiment import Experiment
from labc.compiler.layers import LAYERS, MERGES
from labc.compiler.model.composites import COMPOSITES
from labc.compiler.model.graph import INPUT, Graph
from labc.compiler.pipeline import compile_file, compile_source
from labc.compiler.std import BLOCKS
from labc.grammar.diagnostics.diagnostic import has_errors
from labc.grammar.source import Source

from ..drawn import NUMBERS, Drawn, programs, slow
from ..drawn.blocks import STANDARD
from ..drawn.draft import Draft
from ..drawn.layers import ARGUMENTS, FLAT, layer
from ..drawn.stacks import ALL_MERGES
from ..drawn.steps import KINDS
from ..meaning import meaning


def compiled(drawn: Drawn) -> Experiment:
    """What a program comes to, its files beside each other."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"drawn.lab": drawn.text, **drawn.others}.items():
            Path(folder, name).write_text(text, encoding="utf-8")
        found = compile_file(Path(folder, "drawn.lab"))
    assert not has_errors(found.diagnostics), [one.message for one in found.diagnostics]
    assert found.experiment
    return found.experiment


def check_built(graph: Graph) -> None:
    """Every layer of the built model has the shape, the weights and the trained weights of its node."""
    model = build(graph)
    layers = model.layers[1:]
    assert {layer.name for layer in layers} == {node.name for node in graph.nodes}
    for node in graph.nodes:
        layer = model.get_layer(node.name)
        assert tuple(layer.output.shape[1:]) == node.output
        assert layer.count_params() == node.parameters
        assert sum(weight.shape.num_elements() for weight in layer.trainable_weights) == node.trainable
        assert sorted(tuple(weight.shape) for weight in layer.weights) == sorted(w.shape for w in node.weights)
    assert model.count_params() == graph.parameters
    assert sum(weight.shape.num_elements() for weight in model.trainable_weights) == graph.trainable
    assert tuple(model.output.shape[1:]) == graph.output


def reached(graph: Graph) -> set[int]:
    """The nodes that the last one depends on, itself included."""
    found, waiting = set(), [len(graph.nodes) - 1]
    while waiting:
        index = waiting.pop()
        if index != INPUT and index not in found:
            found.add(index)
            waiting.extend(graph.nodes[index].inputs)
    return found


@given(programs())
@settings(slow(120))
def test_the_static_graph_is_the_built_model(drawn: Drawn) -> None:
    for what in sorted(drawn.used):
        event(what)
    graph = compiled(drawn).graph
    check_built(graph)
    # A step works on the one before it, and branches are merged, so that nothing is computed for nobody.
    assert reached(graph) == set(range(len(graph.nodes)))


@given(programs())
@settings(slow(60))
def test_the_text_as_run_stands_alone_and_means_the_same(drawn: Drawn) -> None:
    experiment = compiled(drawn)
    again = compile_source(Source("again.lab", experiment.text)).experiment
    assert again
    assert meaning(again) == meaning(experiment)
    assert again.text == experiment.text


def test_everything_that_the_language_has_can_be_drawn() -> None:
    assert set(ARGUMENTS) == set(LAYERS) - {"backbone"}  # too large to draw: test_backbone has its own
    assert set(ALL_MERGES) == set(MERGES)
    assert set(COMPOSITES) <= {*KINDS, "branch"}
    assert set(STANDARD) | {"classifier", "vgg16", "resnet18"} == set(BLOCKS)  # the last two are too large


@pytest.mark.parametrize("word", sorted(ARGUMENTS))
@given(number=NUMBERS)
@settings(max_examples=20, deadline=None)
def test_a_drawn_layer_is_sound(word: str, number: Callable[[int, int], int]) -> None:
    axes = 0 if word in FLAT else number(1, 2)
    shape = (*(number(1, 6) for _ in range(axes)), number(1, 4))
    text = f"model {{\ninput({shape})\n{layer(Draft(number), shape, [word])}\n}}\n"
    found = compile_source(Source("drawn.lab", text))
    assert found.experiment, (text, found.diagnostics)
