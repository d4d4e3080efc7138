"""Prepares the images of an experiment for training: finds their classes, splits them into parts, decodes them."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ...compiler.backends.scaling import PixelRange
from ...compiler.sections import Data
from .cache import cache_key, load_images
from .cache_entry import ENDING
from .events import DataEvents
from .labels import label_images
from .partition import split_images
from .pixel_range import narrow_range, pixel_range
from .pixels import Values
from .sources import Source, open_source

QUICK_IMAGES = 8  # with `--quick`, the number of images in each part is at most this number times that of the classes


@dataclass(frozen=True)
class Selection:
    """The images of each part, before any image is read. `parts` contains the indices of images in the source."""

    source: Source
    labels: list[int]
    """The class number of each image of the source."""
    parts: dict[str, list[int]]
    data: Data

    @cached_property
    def indices(self) -> list[int]:
        """The indices of the images of all parts, one part after the other."""
        return [index for part in self.parts.values() for index in part]

    @cached_property
    def cache_key(self) -> str:
        """The key of the prepared images in the cache; see `cache.cache_key`."""
        return cache_key(self.source, self.indices, self.data)

    @cached_property
    def images_key(self) -> str:
        """A key that depends on the prepared images, and on the class and the part of each image."""
        classes = {name: [self.labels[index] for index in part] for name, part in self.parts.items()}
        return hashlib.sha256(json.dumps([self.cache_key, classes]).encode()).hexdigest()[:24]


@dataclass(frozen=True)
class Part:
    """One part of the data.

    `images` are stored values (image, height, width, channel), `labels` are class numbers (image,), `files` are file
    names.
    """

    images: Values
    labels: NDArray[np.int64]
    files: tuple[str, ...]


@dataclass(frozen=True)
class Dataset:
    """All parts of the data by name, and the class names."""

    parts: dict[str, Part]
    classes: tuple[str, ...]
    pixels: PixelRange
    """The stored values that become black and white."""

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """The number of images of each class in each part."""
        return {
            name: {label: int((part.labels == number).sum()) for number, label in enumerate(self.classes)}
            for name, part in self.parts.items()
        }


def select_images(data: Data, quick: bool) -> Selection:
    """Find the class of each image and split the images into parts. With `quick`, keep only a few images of each part.

    Raises:
        LabError: if there are no images, if a file does not match exactly one class, if a class has no image, or if
            the parts need more images than exist.
    """
    source = open_source(data)
    labels = label_images(data, source.names)
    parts = split_images(data, labels)
    if quick:
        parts = {name: indices[: QUICK_IMAGES * len(data.classes)] for name, indices in parts.items()}
    return Selection(source, labels, parts, data)


def load_dataset(selection: Selection, cache: Path, events: DataEvents) -> Dataset:
    """Read the selected images, from the folder `cache` if it contains them.

    `events` receives the progress, a note if the cache is damaged or cannot be written, and warnings.

    Raises:
        LabError: if images cannot be read, or if their values need a window.
    """
    file, data = cache / f"{selection.cache_key}{ENDING}", selection.data
    images, values = load_images(selection.source, selection.indices, data, file, events)
    pixels = pixel_range(values, data)
    if warning := narrow_range(values, data):
        events.warn(warning)
    numbers = np.asarray(selection.labels, np.int64)
    loaded, start = {}, 0
    for name, part in selection.parts.items():
        files = tuple(selection.source.names[index] for index in part)
        loaded[name] = Part(images[start : start + len(part)], numbers[part], files)
        start += len(part)
    return Dataset(loaded, data.class_names, pixels)
