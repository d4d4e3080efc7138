"""Experiments small enough to train in a test, and folders of images to train them on."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from skimage.io import imsave

from labc.compiler.experiment import Experiment
from labc.runtime.data.dataset import Selection, select_images
from labc.runtime.runs.environment import framework_versions
from labc.runtime.runs.fingerprint import fingerprint

TINY = """\
experiment "Tiny"

let units = 4
let rate  = 1e-2

data {
  source  = phantom(skin, images = 40)
  label   = filename
  classes = ["Mel", "Nev"]
  image   = 16x16x1
  split {
    train      = 24
    validation = 8
    test       = 8
  }
}

model {
  conv(units, 3x3) -> batchnorm -> relu -> maxpool(4)
  flatten
  dense(1, sigmoid)
}

train {
  optimizer = adam(rate)
  loss      = binary_crossentropy
  metrics   = [accuracy, auc, precision, recall, specificity, f1]
  batch     = 8
  epochs    = 3
  seed      = 7
}
"""


def write_tiny(folder: Path, replaced: Mapping[str, str] | None = None) -> Path:
    """The tiny experiment as a file, some of its parts replaced by others."""
    text = TINY
    for old, new in (replaced or {}).items():
        assert old in text
        text = text.replace(old, new)
    path = folder / "tiny.lab"
    path.write_text(text, encoding="utf-8")
    return path


def write_images(folder: Path, names: list[str], seed: int = 0) -> None:
    """Small random images of these names."""
    generator = np.random.default_rng(seed)
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        imsave(folder / name, generator.integers(0, 256, (20, 24, 3), np.uint8), check_contrast=False)


def selection_of(experiment: Experiment, quick: bool = False) -> Selection:
    """The images of an experiment, as a run selects them."""
    assert experiment.data
    return select_images(experiment.data, quick)


def fingerprint_of(experiment: Experiment, images: str | None = None, quick: bool = False) -> str:
    """The fingerprint that a run on TensorFlow computes; `images` replaces the key of the images."""
    assert experiment.data and experiment.train
    return fingerprint(
        experiment.graph,
        experiment.data,
        experiment.train,
        images=images or selection_of(experiment, quick).images_key,
        backend="tensorflow",
        versions=framework_versions("tensorflow"),
        quick=quick,
    )
