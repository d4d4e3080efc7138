"""The script of `labc emit python`, `labc.build` and a training make one and the same model."""

import re
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from click.testing import CliRunner

import labc
from labc.compiler.backends.scaling import PixelRange
from labc.compiler.experiment import Experiment
from labc.compiler.pipeline import compile_source
from labc.grammar.source import Source
from labc.runtime.cli import commands
from labc.runtime.data.dataset import Dataset, Part
from labc.runtime.training.channel_statistics import channel_statistics
from labc.runtime.training.fit import build_model
from labc.runtime.training.tasks import task_of

SCALES = ["unit", "standard", "sample", "none"]
STEPS = {
    "layers": "conv(2, 3x3) as skip -> batchnorm -> relu -> concat(skip) -> flatten -> dense(1, sigmoid)",
    "branches": "parallel(add) { branch { conv(3) } branch { conv(3, 1) } } -> flatten -> dense(1, sigmoid)",
    "network": "backbone(vgg16, weights = none, pooling = avg) -> dense(1, sigmoid)",
    "pool and network": "maxpool -> backbone(mobilenet, weights = none, pooling = max) -> dense(1, sigmoid)",
}
IMAGES = np.random.default_rng(0).integers(0, 200, (6, 64, 64, 3), np.uint8)


@pytest.fixture(autouse=True)
def _float32() -> Iterator[None]:
    yield
    keras.config.set_dtype_policy("float32")  # a script for mixed precision sets the policy for good


def text_of(scale: str, steps: str, train: str = "") -> str:
    return f"""
data {{
  source  = phantom(skin, images = 40)
  label   = filename
  classes = ["Mel", "Nev"]
  image   = 64x64x3
  scale   = {scale}
}}
model {{ {steps} }}
train {{
  loss   = binary_crossentropy
  epochs = 1
  {train}
}}
"""


def load(text: str) -> Experiment:
    compiled = compile_source(Source("2 of_them.lab", text))
    assert compiled.experiment, compiled.diagnostics
    return compiled.experiment


def emitted(path: Path, *options: str) -> str:
    result = CliRunner().invoke(commands, ["emit", "python", str(path), *options])
    assert result.exit_code == 0, result.output
    return result.stdout


def run_script(script: str) -> keras.Model:
    left: dict[str, Any] = {}
    exec(compile(script, "script.py", "exec"), left)
    model: keras.Model = left["model"]
    return model


def filled_in(script: str) -> str:
    """The script with the statistics of the images, as its comment asks for."""
    statistics = channel_statistics(IMAGES, PixelRange())
    for name, values in (("mean", statistics.mean), ("deviation", statistics.deviation)):
        script, count = re.subn(rf"^{name} = .*$", f"{name} = {list(values)}", script, flags=re.MULTILINE)
        assert count == 1
    return script


def trained(experiment: Experiment) -> keras.Model:
    part = Part(IMAGES, np.arange(len(IMAGES)) % 2, tuple(map(str, range(len(IMAGES)))), {})
    data, train = experiment.data, experiment.train
    assert data
    assert train
    task = task_of(experiment.graph, data, train)
    dataset = Dataset({"train": part}, ("Mel", "Nev"), PixelRange())
    return build_model(experiment.graph, experiment.name, data.scale, train, dataset, task)


@pytest.mark.parametrize(
    ("scale", "precision"), [*((scale, "float32") for scale in SCALES), ("unit", "mixed"), ("standard", "mixed")]
)
@pytest.mark.parametrize("steps", STEPS)
def test_script_build_and_training_make_the_same_model(scale: str, steps: str, precision: str, tmp_path: Path) -> None:
    path = tmp_path / "2 of_them.lab"
    path.write_text(text_of(scale, STEPS[steps], f"precision = {precision}"), encoding="utf-8")
    script = emitted(path)
    statistics = channel_statistics(IMAGES, PixelRange())
    given = (list(statistics.mean), list(statistics.deviation)) if scale == "standard" else None
    makers: list[Callable[[], keras.Model]] = [
        lambda: trained(labc.load(path).experiment),
        lambda: labc.build(path, statistics=given),
        lambda: run_script(filled_in(script) if scale == "standard" else script),
    ]
    models = []
    for make in makers:
        keras.utils.clear_session()  # Keras numbers the operations without a name
        models.append(make())
    model, *others = models
    assert model.name == "2_of_them"
    assert ("scale" in {layer.name for layer in model.layers}) == (scale != "none")
    pixels = IMAGES.astype("float32")
    for other in others:
        assert other.get_config() == model.get_config()
        assert [one.trainable for one in other.layers] == [one.trainable for one in model.layers]
        other.set_weights(model.get_weights())
        np.testing.assert_allclose(np.asarray(other(pixels)), np.asarray(model(pixels)), rtol=1e-5)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("steps", STEPS)
def test_bare_leaves_out_the_scaling_and_nothing_else(scale: str, steps: str, tmp_path: Path) -> None:
    path = tmp_path / "bare.lab"
    path.write_text(text_of(scale, STEPS[steps]), encoding="utf-8")
    keras.utils.clear_session()
    made = run_script(emitted(path, "--bare"))
    keras.utils.clear_session()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model = labc.build(path, bare=True)
        statistics = ([0.0] * 3, [1.0] * 3)
        whole = labc.build(path, statistics=statistics)
    assert made.get_config() == model.get_config()
    assert [one.name for one in model.layers if not re.match("flip", one.name)] == [
        one.name for one in whole.layers if one.name != "scale" and not re.match("flip", one.name)
    ]


@pytest.mark.parametrize("scale", SCALES)
def test_every_scale_does_what_it_says_to_pixels(scale: str) -> None:
    statistics = channel_statistics(IMAGES, PixelRange())
    model = labc.build(
        load(text_of(scale, "linear").split("train {")[0]), statistics=(statistics.mean, statistics.deviation)
    )
    values = np.asarray(model(IMAGES.astype("float32")))
    match scale:
        case "unit":
            assert np.allclose(values, IMAGES / 255, atol=1e-6)
        case "standard":
            assert np.allclose(values.mean(axis=(0, 1, 2)), 0, atol=1e-4)
            assert np.allclose(values.std(axis=(0, 1, 2)), 1, atol=1e-4)
        case "sample":
            assert np.allclose(values.mean(axis=(1, 2, 3)), 0, atol=1e-4)
            assert np.allclose(values.std(axis=(1, 2, 3)), 1, atol=1e-3)
        case "none":
            assert (values == IMAGES).all()


def test_a_model_without_data_is_not_scaled() -> None:
    model = labc.build(load("model { input(8x8x1)\n linear }"))
    assert [layer.name for layer in model.layers] == ["image", "linear_1"]


def test_missing_statistics_are_a_warning_and_leave_the_pixels_as_they_are() -> None:
    experiment = load(text_of("standard", "linear").split("train {")[0])
    with pytest.warns(UserWarning, match="statistics"):
        model = labc.build(experiment)
    assert (np.asarray(model(IMAGES.astype("float32"))) == IMAGES).all()


@pytest.mark.parametrize("statistics", [([1.0], [1.0]), ([1.0] * 3, [1.0] * 2), ([1.0] * 3, [1.0, 0.0, 1.0])])
def test_statistics_that_do_not_fit_are_refused(statistics: tuple[list[float], list[float]]) -> None:
    with pytest.raises(ValueError, match=r"channel|deviation"):
        labc.build(load(text_of("standard", "linear").split("train {")[0]), statistics=statistics)


def test_bare_is_for_the_script(tmp_path: Path) -> None:
    path = tmp_path / "bare.lab"
    path.write_text(text_of("unit", STEPS["layers"]), encoding="utf-8")
    assert CliRunner().invoke(commands, ["emit", "json", str(path), "--bare"]).exit_code == 2
