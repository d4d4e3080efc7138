"""The cache of prepared images on disk. Its keys are hashes of the image contents and of the settings."""

import hashlib
import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from ....compiler.sections import Data
from ..events import DataEvents
from ..pixels import Values
from ..prepare_images import margin, prepare_images
from ..sources import Source
from ..stored_values import StoredValues
from .cached_array import cached_array

VERSION = 2  # increment it whenever a change of decoding or resizing changes the values of the pixels


def cache_key(source: Source, indices: Sequence[int], data: Data) -> str:
    """Return the cache key of images. It depends on their content, their order, and the settings that change them."""
    settings = [data.image, data.resize, data.orientation, margin(data) if data.resize == "pad" else 0]
    parts = [VERSION, settings, [source.digest(index) for index in indices]]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:24]


def load_images(
    source: Source, indices: Sequence[int], data: Data, path: Path, events: DataEvents
) -> tuple[Values, StoredValues]:
    """Return the images of a source at the given indices.

    They come from the file `path` of the cache, or are decoded into it; see `cached_array`. The name of the file must
    contain the key that `cache_key` returns for these images.

    Output: the stored values after resizing (image, height, width, channel), and their types and range before it.

    Raises:
        LabError: if images cannot be read, which the diagnostic names; or if the file cannot be written, and the
            memory is too small.
    """
    build = partial(prepare_images, source, indices, data, events)
    return cached_array(path, (len(indices), *data.image), _sources(data), "images", build, events)


def _sources(data: Data) -> str:
    """Return the sources of the images as the `.lab` file has them."""
    return ", ".join(data.place(setting).text for setting in data.sources)
