"""Training behind a network that has been trained before, and layers of Keras by their names."""

import csv
import os
import shutil
from pathlib import Path

import keras
import numpy as np
import pytest

import labc
from labc.runtime.data.dataset import load_dataset
from labc.runtime.data.resize import prepare
from labc.runtime.studies.display import Display
from labc.runtime.training.weight_files import check_weights

from .tiny import fingerprint_of, selection_of, write_tiny

STACK = "  conv(units, 3x3) -> batchnorm -> relu -> maxpool(4)\n  flatten\n"
LET = "let units = 4\n"


def write_experiment(folder: Path, steps: str) -> Path:
    return write_tiny(folder, {STACK: f"  {steps}\n", LET: "", "16x16x1": "32x32x3"})


def test_a_frozen_backbone_trains_its_head_alone_and_the_saved_model_takes_raw_pixels(tmp_path: Path) -> None:
    network = keras.applications.VGG16(include_top=False, weights=None, input_shape=(32, 32, 3))
    network.save_weights(tmp_path / "old.weights.h5")
    path = write_experiment(tmp_path, 'backbone(vgg16, weights = "old.weights.h5", pooling = avg)')
    run = labc.run(path, tmp_path / "runs")
    model = keras.models.load_model(run.folder / "model.keras")
    for one, other in zip(network.get_weights(), model.get_layer("backbone_1").get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
    dataset = load_dataset(selection_of(labc.load(path).experiment), tmp_path / "runs" / ".cache", Display())
    part = dataset.parts["test"]
    outputs = model.predict(part.images.astype("float32"), verbose=0)[:, 0]
    with (run.folder / "predictions.csv").open(newline="", encoding="utf-8") as file:
        said = {row["file"]: float(row["probability_Nev"]) for row in csv.DictReader(file)}
    np.testing.assert_allclose([said[file] for file in part.files], outputs, rtol=1e-3, atol=1e-5)


def test_weights_count_by_their_content(tmp_path: Path) -> None:
    def mark(file: str) -> str:
        path = write_experiment(tmp_path, f'backbone(vgg16, weights = "{file}", pooling = avg)')
        return fingerprint_of(labc.load(path).experiment, images="any")

    (tmp_path / "one.weights.h5").write_bytes(b"these")
    (tmp_path / "two.weights.h5").write_bytes(b"others")
    shutil.copy(tmp_path / "one.weights.h5", tmp_path / "copy.weights.h5")
    assert mark("one.weights.h5") == mark("copy.weights.h5") != mark("two.weights.h5")


@pytest.mark.parametrize(
    ("kind", "problem"),
    [
        ("none", "does not exist"),
        ("folder", "is a folder, not a file"),
        ("pipe", "is not a regular file, but a device, a pipe or a socket"),
        ("loop", "cannot be read: Too many levels of symbolic links"),
    ],
)
def test_weights_that_cannot_be_read(kind: str, problem: str, tmp_path: Path) -> None:
    """Opening a pipe would wait for ever."""
    file = tmp_path / "x.weights.h5"
    match kind:
        case "folder":
            file.mkdir()
        case "pipe":
            os.mkfifo(file)
        case "loop":
            file.symlink_to(file)
    path = write_experiment(tmp_path, 'backbone(vgg16, weights = "x.weights.h5", pooling = avg)')
    (found,) = check_weights(labc.load(path).experiment.graph)
    assert found.message == f'the weight file "x.weights.h5" {problem}'


def test_mixed_precision_and_layers_of_keras_train(tmp_path: Path) -> None:
    steps = "backbone(vgg16, weights = none)\n  keras.PReLU\n  flatten"
    path = write_experiment(tmp_path, steps)
    path.write_text(path.read_text().replace("seed      = 7", "seed = 7\n  precision = mixed"))
    run = labc.run(path, tmp_path / "runs", quick=True)
    model = keras.models.load_model(run.folder / "model.keras")
    assert model.get_layer("PReLU_1").compute_dtype == "float16"
    assert model.layers[-1].compute_dtype == "float32"


def test_grey_images_are_read_as_three_equal_channels() -> None:
    grey = np.random.default_rng(0).integers(0, 256, (40, 50), np.uint8)
    image = prepare(grey, (32, 32, 3), "stretch")
    np.testing.assert_array_equal(image, np.repeat(prepare(grey, (32, 32, 1), "stretch"), 3, axis=2))
