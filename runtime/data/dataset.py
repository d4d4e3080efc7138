"""The images of an experiment, ready to train on: labelled, split into parts, decoded."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ...compiler.sections import Data
from .cache import Step, cache_key, load_images
from .labels import label_images
from .partition import split_images
from .resize import Bytes
from .sources import Source, open_source

QUICK_IMAGES = 8  # images of each class in each part with `--quick`


@dataclass(frozen=True)
class Selection:
    """Which images go into which part, before any image is read. `parts` holds indices into the source."""

    source: Source
    labels: list[int]
    """Class numbers, one for each image of the source."""
    parts: dict[str, list[int]]
    data: Data

    @cached_property
    def indices(self) -> list[int]:
        """The images of all parts, one part after the other."""
        return [index for part in self.parts.values() for index in part]

    @cached_property
    def cache_key(self) -> str:
        """A key for the prepared images; see `cache.cache_key`."""
        return cache_key(self.source, self.indices, self.data)

    @cached_property
    def images_key(self) -> str:
        """A key that also changes when an image gets another class or goes into another part."""
        classes = {name: [self.labels[index] for index in part] for name, part in self.parts.items()}
        return hashlib.sha256(json.dumps([self.cache_key, classes]).encode()).hexdigest()[:24]


@dataclass(frozen=True)
class Part:
    """One part of the data: bytes (image, height, width, channel), class numbers (image,), and file names."""

    images: Bytes
    labels: NDArray[np.int64]
    files: tuple[str, ...]


@dataclass(frozen=True)
class Dataset:
    """All parts, by name."""

    parts: dict[str, Part]
    classes: tuple[str, ...]

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """The number of images of each class in each part."""
        return {
            name: {label: int((part.labels == number).sum()) for number, label in enumerate(self.classes)}
            for name, part in self.parts.items()
        }


def select_images(data: Data, quick: bool) -> Selection:
    """Label the images by their names and split them into parts; with `quick`, keep only a few of each part.

    Raises:
        LabError: if there are no images, if some match no class, or if the parts ask for more than there are.
    """
    source = open_source(data)
    labels = label_images(data, source.names)
    parts = split_images(data, labels)
    if quick:
        parts = {name: indices[: QUICK_IMAGES * len(data.classes)] for name, indices in parts.items()}
    return Selection(source, labels, parts, data)


def load_dataset(selection: Selection, cache: Path, step: Step) -> Dataset:
    """Read the selected images, from the folder `cache` if they are in it; `step` is called with the progress.

    Raises:
        LabError: naming every image that cannot be read.
    """
    file = cache / f"{selection.cache_key}.npy"
    images = load_images(selection.source, selection.indices, selection.data, file, step)
    numbers = np.asarray(selection.labels, np.int64)
    loaded, start = {}, 0
    for name, part in selection.parts.items():
        files = tuple(selection.source.names[index] for index in part)
        loaded[name] = Part(images[start : start + len(part)], numbers[part], files)
        start += len(part)
    return Dataset(loaded, selection.data.class_names)
