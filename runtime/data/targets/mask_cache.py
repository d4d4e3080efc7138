"""The cache of prepared masks on disk, beside that of the images. Its keys are hashes of contents and settings."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from ....compiler.sections import Data
from ..caching.cache_entry import ENDING
from ..caching.cached_array import cached_array
from ..events import DataEvents
from ..pixels import Bytes, Values
from ..sources import Source
from ..stored_values import StoredValues
from .mask_coding import MaskCoding
from .mask_source import MaskSource
from .read_masks import read_masks

VERSION = 1  # increment it whenever a change of decoding, of the coding or of resizing changes masks


def load_masks(
    masks: MaskSource, images: Source, indices: Sequence[int], data: Data, cache: Path, events: DataEvents
) -> Bytes:
    """Return the masks of images as class numbers (image, height, width), from the folder `cache` if it has them.

    Otherwise they are read into it; see `cached_array`.

    Raises:
        LabError: if masks cannot be used.
    """

    def build(keep: Callable[[Values], object]) -> StoredValues:
        counts = read_masks(masks, images, indices, data, events, keep)
        return StoredValues({"uint8": len(indices)}, 0, max(counts.pixels))

    path = cache / f"{mask_key(masks, images, indices, data)}{ENDING}"
    loaded, _ = cached_array(path, (len(indices), *data.image[:-1]), _source(data), "masks", build, events)
    return np.asarray(loaded, np.uint8)


def mask_key(masks: MaskSource, images: Source, indices: Sequence[int], data: Data) -> str:
    """Return the cache key of masks. It depends on their content, that of the images, and the settings for both."""
    settings = [data.image[:-1], data.resize, data.orientation, asdict(MaskCoding.of(data))]
    digests = [[images.digest(index), masks.digest(index)] for index in indices]
    return hashlib.sha256(json.dumps(["masks", VERSION, settings, digests]).encode()).hexdigest()[:24]


def _source(data: Data) -> str:
    """Return the source of the masks as the `.lab` file has it."""
    return data.place("masks" if data.masks else next(iter(data.sources))).text
