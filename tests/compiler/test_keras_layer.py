"""`keras.Name(…)`: what Keras says of its layers at a check is what the built model has."""

import json
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from labc.compiler import pipeline
from labc.compiler.backends import TARGETS
from labc.compiler.backends.keras import build
from labc.compiler.experiment import Experiment
from labc.compiler.expressions.budget import Budget
from labc.compiler.layers import keras_layer as asking
from labc.compiler.pipeline import compile_source
from labc.compiler.plan import make_plan
from labc.compiler.study import Study
from labc.grammar.diagnostics.codes import Code
from labc.grammar.source import Source

from ..meaning import meaning

STEPS = [
    ("8x8x3", "keras.PReLU(shared_axes = (1, 2))"),
    ("8x8x3", 'keras.EinsumDense("abcd,de->abce", output_shape = (8, 8, 5), bias_axes = "e")'),
    ("8x8x3", "keras.UnitNormalization"),
    ("8x8x3", "keras.Permute((3, 1, 2))"),
    ("8x8x3", "keras.ReLU(max_value = 6)"),
    ("8x8x3", "frozen { keras.RMSNormalization }"),
    ("8x8x3", "keras.RandomFlip(horizontal, seed = 1)"),
    ("9x4", "keras.GRU(5, return_sequences = true, dropout = 10%)"),
    ("9x4", "keras.LSTM(units = 2 + 3, go_backwards = true)"),
    ("(9,)", "keras.RepeatVector(4)"),
    ("9x8x8x2", "keras.ConvLSTM2D(4, 3x3, padding = same)"),
]


def load(image: str, steps: str) -> Experiment:
    compiled = compile_source(Source("drawn.lab", f"model {{\ninput({image})\n{steps}\n}}\n"))
    assert compiled.experiment, compiled.diagnostics
    return compiled.experiment


@pytest.mark.parametrize(("image", "step"), STEPS, ids=[step for _, step in STEPS])
def test_shapes_counts_and_the_script_are_those_of_the_built_model(image: str, step: str) -> None:
    experiment = load(image, step)
    (node,) = experiment.graph.nodes
    model = build(experiment.graph)
    layer = model.layers[-1]
    assert layer.name == node.name
    assert tuple(layer.output.shape[1:]) == node.output
    assert layer.count_params() == node.parameters
    assert sum(int(np.prod(weight.shape)) for weight in layer.trainable_weights) == node.trainable
    left: dict[str, Any] = {}
    exec(compile(TARGETS["python"](Study.of(experiment)), "script.py", "exec"), left)
    assert left["model"].get_config()["layers"] == model.get_config()["layers"]


def test_comparing_an_unknown_name_with_all_names_of_keras_takes_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "Budget", partial(Budget, 20_000))
    names = "".join(f"keras.Dense{number}\n" for number in range(100))
    found = compile_source(Source("drawn.lab", f"model {{\ninput(8x8x3)\n{names}}}\n")).diagnostics
    assert [one.code for one in found].count(Code.BEYOND_BOUND) == 1


def test_what_keras_says_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    load("8x8x3", "repeat 3 { keras.UnitNormalization(axis = 1) }")
    monkeypatch.setattr(asking, "_worker", None)
    load("8x8x3", "repeat 3 { keras.UnitNormalization(axis = 1) }")


def test_a_keras_that_dies_is_a_diagnostic(monkeypatch: pytest.MonkeyPatch) -> None:
    asking._worker.cache_clear()
    monkeypatch.setattr(asking, "WORKER", Path("nowhere.py"))
    text = "model {\ninput(8x8x3)\nkeras.UnitNormalization(axis = 2)\n}\n"
    monkeypatch.setattr(asking, "_answers", {})
    (found,) = compile_source(Source("a.lab", text)).diagnostics
    assert found.code is Code.KERAS_REFUSES
    assert "has died" in found.message


def test_a_layer_too_large_for_any_memory_is_counted() -> None:
    graph = load("8x8x3", "keras.Conv2D(10 ** 5, 1000, padding = same)").graph
    assert graph.parameters == 1000**2 * 3 * 10**5 + 10**5


def test_two_of_them_do_not_mean_the_same() -> None:
    steps = ["keras.PReLU", "keras.UnitNormalization", "keras.PReLU(shared_axes = (1, 2))", "keras.PReLU(zeros)"]
    assert len({json.dumps(meaning(load("8x8x3", step))) for step in steps}) == len(steps)


def test_multiply_adds_that_are_not_known_are_not_made_up() -> None:
    planned = make_plan(Study.of(load("9x4", "keras.LSTM(5) -> dense(2)")))
    assert [layer.multiply_adds for layer in planned.layers] == [None, 10]
    assert planned.multiply_adds == 10
