"""An experiment's images, ready to train on: labelled, split, read."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ...compiler.experiment import Experiment
from ...compiler.sections import Data
from .cache import Step, cache_key, load_images
from .decode import Bytes
from .labels import label_images
from .partition import split_images
from .sources import Source, open_source

QUICK_IMAGES = 8  # a class and part, with `--quick`


@dataclass(frozen=True)
class Selection:
    """Which images go into which part, before any is read; `parts` holds indices into the source."""

    source: Source
    labels: list[int]
    parts: dict[str, list[int]]
    data: Data

    @cached_property
    def indices(self) -> list[int]:
        """The images of all parts, one part after the other."""
        return [index for part in self.parts.values() for index in part]

    @cached_property
    def key(self) -> str:
        """Changes with the content of any image, with their order, and with the size or fit asked for."""
        return cache_key(self.source, self.indices, self.data)


@dataclass(frozen=True)
class Part:
    """One part of the data: bytes (image, height, width, channel), class numbers (image,), and file names."""

    images: Bytes
    labels: NDArray[np.int64]
    files: tuple[str, ...]


@dataclass(frozen=True)
class Dataset:
    """All parts."""

    parts: dict[str, Part]
    classes: tuple[str, ...]

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """The number of images of each class in each part."""
        return {
            name: {label: int((part.labels == number).sum()) for number, label in enumerate(self.classes)}
            for name, part in self.parts.items()
        }


def select_images(experiment: Experiment, quick: bool) -> Selection:
    """Label and split an experiment's images by their names; with `quick` only a few of each part are taken.

    Raises:
        LabError: if there are no images, if some match no class, or if the parts ask for more than there are.
    """
    data = experiment.data
    assert data is not None
    source = open_source(experiment)
    labels = label_images(data, source.names)
    parts = split_images(data, labels)
    if quick:
        parts = {name: indices[: QUICK_IMAGES * len(data.classes)] for name, indices in parts.items()}
    return Selection(source, labels, parts, data)


def load_dataset(selection: Selection, cache: Path, step: Step) -> Dataset:
    """Read the selected images, from the cache if they are there; `step` is told how far it is.

    Raises:
        LabError: naming every image that cannot be read.
    """
    images = load_images(selection.source, selection.indices, selection.data, cache / f"{selection.key}.npy", step)
    numbers = np.asarray(selection.labels, np.int64)
    loaded, start = {}, 0
    for name, part in selection.parts.items():
        files = tuple(selection.source.names[index] for index in part)
        loaded[name] = Part(images[start : start + len(part)], numbers[part], files)
        start += len(part)
    return Dataset(loaded, selection.data.class_names)
