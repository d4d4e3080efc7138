"""An experiment's images, ready to train on: labelled, split, read."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ...compiler.experiment import Experiment
from .cache import Step, load_images
from .labels import label_images
from .read import Bytes
from .sources import open_source
from .split import split_images

QUICK_IMAGES = 8  # a class and part, with `--quick`


@dataclass(frozen=True)
class Part:
    """One part of the data: bytes (image, height, width, channel), class numbers (image,), and file names."""

    images: Bytes
    labels: NDArray[np.int64]
    files: tuple[str, ...]


@dataclass(frozen=True)
class Dataset:
    """All parts; `key` changes with the content of any image and with what is made of it."""

    parts: dict[str, Part]
    classes: tuple[str, ...]
    key: str

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """The number of images of each class in each part."""
        return {
            name: {label: int((part.labels == number).sum()) for number, label in enumerate(self.classes)}
            for name, part in self.parts.items()
        }


def load_dataset(experiment: Experiment, cache: Path, quick: bool, step: Step) -> Dataset:
    """Label, split and read an experiment's images; with `quick` only a few of each part.

    Raises:
        LabError: for whatever is wrong with the data, before anything is read as far as it shows before.
    """
    data = experiment.data
    assert data is not None
    source = open_source(experiment)
    labels = label_images(data, source.names)
    parts = split_images(data, labels)
    if quick:
        parts = {name: indices[: QUICK_IMAGES * len(data.classes)] for name, indices in parts.items()}
    indices = [index for part in parts.values() for index in part]
    images, key = load_images(source, indices, data, cache, step)
    numbers = np.asarray(labels, np.int64)
    loaded, start = {}, 0
    for name, part in parts.items():
        files = tuple(source.names[index] for index in part)
        loaded[name] = Part(images[start : start + len(part)], numbers[part], files)
        start += len(part)
    return Dataset(loaded, tuple(data.classes), key)
