"""What is known of the networks without Keras is what Keras builds, and a backbone works as it says."""

import math
from pathlib import Path
from random import Random
from typing import Any

import keras
import numpy as np
import pytest

from labc.compiler.backends import TARGETS
from labc.compiler.backends.keras import build
from labc.compiler.experiment import Experiment
from labc.compiler.layers.application_networks import NAMES, read_network
from labc.compiler.layers.image_preprocessing import image_preprocessing
from labc.compiler.pipeline import compile_source
from labc.compiler.study import Study
from labc.grammar.diagnostics.codes import Code
from labc.grammar.diagnostics.lab_error import LabError
from labc.grammar.source import Source

from ..meaning import meaning


def load(image: str, steps: str, folder: Path | None = None) -> Experiment:
    name = str(folder / "drawn.lab") if folder else "drawn.lab"
    compiled = compile_source(Source(name, f"model {{\ninput({image})\n{steps}\n}}\n", folder or Path()))
    assert compiled.experiment, compiled.diagnostics
    return compiled.experiment


def sum_of(weights: Any) -> int:
    return sum(int(np.prod(weight.shape)) for weight in weights)


def shapes_at(network: Any, image: tuple[int, ...]) -> list[tuple[int, ...]]:
    """The shapes that Keras computes for its layers' outputs, for images of another size than it was built for."""
    known: dict[int, Any] = {id(network.inputs[0]): (None, *image)}
    for layer in network.operations[1:]:
        given = layer.input if isinstance(layer.input, list | tuple) else [layer.input]
        shapes = [known[id(tensor)] for tensor in given]
        one = shapes if len(shapes) > 1 else shapes[0]
        known[id(layer.output)] = layer.compute_output_shape(one) if isinstance(layer, keras.Layer) else one
    return [tuple(known[id(layer.output)][1:]) for layer in network.layers[1:]]


@pytest.mark.parametrize("name", NAMES)
def test_shapes_and_counts_are_those_of_keras(name: str) -> None:
    draw = Random(name)
    known = read_network(name)
    height, width = (draw.randint(known.min_size, known.min_size + 90) for _ in range(2))
    layer = draw.choice(known.parts("none")).name
    experiment = load(f"{height}x{width}x3", f'backbone({name}, weights = none, trainable = from("{layer}"))')
    graph = experiment.graph
    model = build(graph)
    network = model.layers[-1]
    assert network.name == graph.nodes[0].name == "backbone_1"
    assert tuple(network.output.shape[1:]) == graph.output
    assert network.count_params() == graph.parameters
    assert sum_of(model.trainable_weights) == graph.trainable
    for one in network.layers:
        one.trainable = True
    assert sum_of(network.trainable_weights) == sum(part.trainable for part in known.layers)
    parts = known.parts("none")
    assert [one.count_params() for one in network.layers[1:]] == [part.trainable + part.non_trainable for part in parts]
    assert [int(one.output.shape[-1]) for one in network.layers[1:]] == [part.channels for part in parts]
    assert known.activation_count((height, width, 3), "none") == sum(
        int(np.prod(one.output.shape[1:])) for one in network.layers[1:]
    )
    assert any(isinstance(one, keras.layers.Dropout) for one in network.layers) == known.has_dropout
    for _ in range(3):  # halved five times, these stay even or odd as they were, on which some of Keras's pads depend
        other = (height + 32 * draw.randint(0, 9), width + 32 * draw.randint(0, 9), 3)
        shapes = shapes_at(network, other)
        assert shapes[-1] == known.output(other)
        assert sum(math.prod(shape) for shape in shapes) == known.activation_count(other, "none")


@pytest.mark.parametrize("name", ["mobilenet_v2", "efficientnet_b0"])
def test_pads_that_depend_on_the_size(name: str) -> None:
    known = read_network(name)
    for height, width in [(32, 33), (47, 48), (64, 35), (36, 63)]:
        made = getattr(keras.applications, known.keras_class)
        built = made(include_top=False, weights=None, input_shape=(height, width, 3))
        assert built.output.shape[1:] == known.output((height, width, 3))
        values = sum(int(np.prod(one.output.shape[1:])) for one in built.layers[1:])
        assert known.activation_count((height, width, 3), "none") == values


@pytest.mark.parametrize("name", NAMES)
def test_the_least_size_is_keras_s(name: str) -> None:
    known = read_network(name)
    with pytest.raises(ValueError, match=str(known.min_size)):
        getattr(keras.applications, known.keras_class)(
            include_top=False, weights=None, input_shape=(known.min_size - 1, known.min_size, 3)
        )
    text = f"model {{\ninput({known.min_size}x{known.min_size - 1}x3)\nbackbone({name})\n}}\n"
    (found,) = compile_source(Source("small.lab", text)).diagnostics
    assert found.code is Code.SMALL_IMAGE
    load(f"{known.min_size}x{known.min_size}x3", f"backbone({name})")


@pytest.mark.parametrize(
    ("name", "size", "billions"),
    [
        ("vgg16", 224, 15.35),  # Simonyan and Zisserman (2015) without its three dense layers
        ("resnet50", 224, 3.8),  # He et al. (2015), table 1
        ("resnet101", 224, 7.6),
        ("resnet152", 224, 11.3),
        ("mobilenet", 224, 0.569),  # Howard et al. (2017), table 4
        ("mobilenet_v2", 224, 0.300),  # Sandler et al. (2018), table 4
        ("efficientnet_b0", 224, 0.39),  # Tan and Le (2019), table 2
        ("densenet121", 224, 2.85),  # Huang et al. (2017): 5.7 billion operations
        ("xception", 299, 8.4),  # Chollet (2017) gives no figure; Bianco et al. (2018)
    ],
)
def test_macs_are_the_published_ones(name: str, size: int, billions: float) -> None:
    assert read_network(name).macs((size, size, 3)) / 1e9 == pytest.approx(billions, rel=0.03)


MODULES = {"vgg16": "vgg16", "mobilenet": "mobilenet", "densenet121": "densenet", "efficientnet_b0": "efficientnet"}


@pytest.mark.parametrize("name", MODULES)
@pytest.mark.parametrize("image_max", [1.0, 255.0])
def test_images_are_prepared_as_keras_prepares_them(name: str, image_max: float) -> None:
    image = np.random.default_rng(0).uniform(0, 1, (2, 4, 5, 3)).astype("float32")
    wanted = getattr(keras.applications, MODULES[name]).preprocess_input(image * 255)
    prepared = image * image_max
    for step in image_preprocessing(read_network(name).preprocessing, image_max):
        found: Any = keras
        for part in step.name.split("."):
            found = getattr(found, part)
        made = found(prepared, **step.arguments) if part == "flip" else found(**step.arguments)(prepared)
        prepared = np.asarray(made)
    np.testing.assert_allclose(prepared, wanted, rtol=1e-5, atol=1e-3)


@pytest.mark.parametrize(
    "step",
    [
        "backbone(vgg16, weights = none)",
        'backbone(vgg16, weights = none, trainable = from("block4_conv1"), pooling = max)',
        "frozen { backbone(mobilenet, weights = none, trainable = true, pooling = avg) }",
        "zero_pad(2) as image -> backbone(densenet121, weights = none, trainable = true)",
    ],
)
def test_the_script_makes_the_same_model(step: str) -> None:
    experiment = load("32x36x3", step + "\nconv(2)" * ("pooling" not in step))
    left: dict[str, Any] = {}
    exec(compile(TARGETS["python"](Study.of(experiment)), "script.py", "exec"), left)
    made, model = left["model"], build(experiment.graph)
    assert [layer.name for layer in made.layers] == [layer.name for layer in model.layers]
    assert sum_of(made.trainable_weights) == sum_of(model.trainable_weights) == experiment.graph.trainable
    made.set_weights(model.get_weights())
    images = np.random.default_rng(0).uniform(0, 1, (2, 32, 36, 3)).astype("float32")
    for training in (False, True):
        first, second = (np.asarray(one(images, training=training)) for one in (made, model))
        np.testing.assert_allclose(first, second, rtol=1e-4, atol=1e-5)


def test_a_backbone_of_which_nothing_trains_works_as_after_training() -> None:
    model = build(load("32x32x3", "backbone(efficientnet_b0, weights = none, pooling = avg)").graph)
    images = np.random.default_rng(0).uniform(0, 1, (4, 32, 32, 3)).astype("float32")
    before = model.get_weights()
    first, second = (np.asarray(model(images, training=training)) for training in (True, False))
    np.testing.assert_array_equal(first, second)
    assert all((one == other).all() for one, other in zip(before, model.get_weights(), strict=True))


def test_batch_normalisation_before_from_keeps_its_statistics() -> None:
    steps = 'backbone(mobilenet, weights = none, trainable = from("conv_dw_13"), pooling = avg)'
    model = build(load("32x32x3", steps).graph)
    network = model.layers[-1]
    names = [weight.path for weight in network.weights]
    before = network.get_weights()
    model(np.random.default_rng(0).uniform(0, 1, (4, 32, 32, 3)).astype("float32"), training=True)
    pairs = zip(names, before, network.get_weights(), strict=True)
    changed = {name.split("/")[-2] for name, one, other in pairs if (one != other).any()}
    assert changed == {"conv_dw_13_bn", "conv_pw_13_bn"}


def test_weights_come_from_a_file_beside_the_experiment(tmp_path: Path) -> None:
    network = keras.applications.VGG16(include_top=False, weights=None, input_shape=(32, 32, 3))
    network.save_weights(tmp_path / "mine.weights.h5")
    graph = load("48x32x3", 'backbone(vgg16, weights = "mine.weights.h5")', tmp_path).graph
    for one, other in zip(network.get_weights(), build(graph).get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("content", [b"no weights", None])
def test_a_file_that_does_not_fit_is_refused_at_its_place(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "mine.weights.h5"
    if content:
        file.write_bytes(content)
    else:
        keras.applications.MobileNet(include_top=False, weights=None, input_shape=(32, 32, 3)).save_weights(file)
    graph = load("32x32x3", 'backbone(vgg16, weights = "mine.weights.h5")', tmp_path).graph
    with pytest.raises(LabError) as raised:
        build(graph)
    (found,) = raised.value.diagnostics
    assert (found.code, found.span.text) == (Code.NO_WEIGHTS, '"mine.weights.h5"')


def test_two_backbones_do_not_mean_the_same() -> None:
    steps = [
        "backbone(vgg16)", "backbone(vgg19)", "backbone(vgg16, weights = none)", 'backbone(vgg16, weights = "a.h5")',
        "backbone(vgg16, trainable = true)", 'backbone(vgg16, trainable = from("block5_conv1"))',
        'backbone(vgg16, trainable = from("block5_conv2"))', "backbone(vgg16, pooling = avg)",
    ]  # fmt: skip
    meanings = [str(meaning(load("64x64x3", step))) for step in steps]
    assert len(set(meanings)) == len(steps)
