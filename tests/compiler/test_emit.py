"""What is emitted says the same as the Keras model that is built, and holds whatever names it is given."""

import ast
import json
import re
from dataclasses import replace
from keyword import iskeyword
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras.utils import clear_session

from labc.compiler.backends import TARGETS
from labc.compiler.backends.keras import build_experiment
from labc.compiler.backends.tensor_names import identifiers, one_line
from labc.compiler.experiment import Experiment
from labc.compiler.pipeline import compile_source
from labc.compiler.plan import make_plan
from labc.compiler.study import Study
from labc.grammar.source import Source

from ..drawn import slow, texts
from ..golden import check_golden
from ..programs import MODELS

UNET = Path(__file__).with_name("emitted") / "unet.lab"


def load(name: str, text: str) -> Experiment | None:
    return compile_source(Source(name, text, Path(name).parent)).experiment


def unet() -> Experiment:
    experiment = load(UNET.name, UNET.read_text(encoding="utf-8"))
    assert experiment
    return experiment


def check_script(experiment: Experiment) -> None:
    """The script, run, makes the model that is built in process: every layer's class, arguments, inputs and weights."""
    script = TARGETS["python"](Study.of(experiment))
    left: dict[str, Any] = {}
    clear_session()
    exec(compile(script, "script.py", "exec"), left)
    clear_session()  # Keras numbers the operations that are given no name
    made, model = left["model"], build_experiment(experiment)
    assert made.get_config() == model.get_config()
    assert [weight.shape for weight in made.weights] == [weight.shape for weight in model.weights]
    assert len(made.trainable_weights) == len(model.trainable_weights)


@pytest.mark.parametrize("path", [*MODELS, UNET], ids=lambda path: path.stem)
def test_the_script_makes_the_same_model(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("weights = imagenet", "weights = none")  # a test downloads nothing
    experiment = load(str(path), text)
    assert experiment
    check_script(experiment)


@given(texts())
@settings(slow(40))
def test_the_script_of_a_drawn_program_makes_the_same_model(text: str) -> None:
    experiment = load("drawn.lab", text)
    assert experiment
    check_script(experiment)


@pytest.mark.parametrize("target", TARGETS)
def test_golden(target: str) -> None:
    check_golden(UNET.with_name(f"unet.{target}.txt"), TARGETS[target](Study.of(unet())))


def test_golden_script_that_scales_pixels() -> None:
    experiment = load("scaled.lab", UNET.with_name("scaled.lab").read_text(encoding="utf-8"))
    assert experiment
    check_golden(UNET.with_name("scaled.python.txt"), TARGETS["python"](Study.of(experiment)))


def test_json_is_the_plan_with_edges_and_calls() -> None:
    experiment = unet()
    data = json.loads(TARGETS["json"](Study.of(experiment)))
    planned = make_plan(Study.of(experiment)).as_data()
    assert {key: value for key, value in data.items() if key not in ("layers", "edges", "scale", "window")} == {
        key: value for key, value in planned.items() if key != "layers"
    }
    assert data["scale"] is data["window"] is None
    names = {"image", *(layer["name"] for layer in data["layers"])}
    assert {name for edge in data["edges"] for name in edge.values()} == names
    for layer, plain in zip(data["layers"], planned["layers"], strict=True):
        assert layer.items() >= plain.items()
        assert layer["keras"]["class"].startswith("keras.layers.")
    assert data["layers"][-1]["keras"]["arguments"]["kernel_regularizer"] == {
        "class": "keras.regularizers.L2", "arguments": {"l2": 1e-4},
    }  # fmt: skip
    assert sum(not layer["trainable"] for layer in data["layers"]) == 6


def renamed(title: str, name: str) -> Experiment:
    """The U-Net with a title and a first layer that are called what they should not be."""
    experiment = unet()
    first, *others = experiment.graph.nodes
    graph = replace(experiment.graph, nodes=(replace(first, name=name), *others))
    return replace(experiment, title=title, path=Path(f"{name}.lab"), graph=graph)


NASTY = st.text(st.sampled_from("\"\\'`#&<>{}[]()|;\n\té_ xN") | st.characters(exclude_categories=["Cs"]), max_size=20)


@given(NASTY, NASTY)
@settings(deadline=None)
def test_python_holds_every_name(title: str, name: str) -> None:
    tree = ast.parse(TARGETS["python"](Study.of(renamed(title, name))))
    assert one_line(title) in str(ast.get_docstring(tree, clean=False))
    constants = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    assert name in constants


@given(st.lists(NASTY | st.sampled_from(["x", "image", "keras", "class"]), min_size=1, max_size=20))
def test_identifiers_are_identifiers_and_differ(names: list[str]) -> None:
    graph = unet().graph
    nodes = tuple(replace(graph.nodes[0], name=name) for name in names)
    found = identifiers(replace(graph, nodes=nodes))
    assert all(name.isidentifier() and not iskeyword(name) for name in found.values())
    assert len({*found.values(), "x", "keras", "layers", "model"}) == len(names) + 5


@given(NASTY, NASTY)
@settings(deadline=None)
def test_dot_holds_every_name(title: str, name: str) -> None:
    text = TARGETS["dot"](Study.of(renamed(title, name)))
    quoted = r'"((?:[^"\\]|\\.)*)"'
    assert re.match(rf"digraph {quoted} {{\n", text)
    layers = re.findall(rf"^  {quoted} \[label={quoted}\];$", text, re.MULTILINE | re.DOTALL)
    experiment = unet()
    assert len(layers) == len(experiment.graph.nodes) + 1
    assert re.sub(r"\\(.)", r"\1", layers[1][0], flags=re.DOTALL) == name
    assert layers[1][1] == layers[1][0] + r"\n32x32x4"


@given(NASTY, NASTY)
@settings(deadline=None)
def test_mermaid_holds_every_name(title: str, name: str) -> None:
    lines = TARGETS["mermaid"](Study.of(renamed(title, name))).split("\n")
    assert json.loads(lines[1].removeprefix("title: ")) == one_line(title)
    label = re.fullmatch(r'  (\w+)\("([^"<>`]*)<br/>32x32x4"\)', lines[5])
    assert label
    assert re.sub(r"#(\d+);", lambda entity: chr(int(entity[1])), label[2]) == one_line(name)


@given(st.text(max_size=30))
def test_one_line_is_one_visible_line(text: str) -> None:
    assert one_line(text).isprintable()
    assert len(one_line(text).splitlines()) <= 1
