"""The cache of prepared masks on disk, beside that of the images. Its keys are hashes of contents and settings."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from ....compiler.sections import Data
from ..cache_entry import ENDING, DamagedEntry, read_entry, write_entry
from ..events import DataEvents
from ..image_file import os_reason
from ..pixels import Bytes
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

    Otherwise they are read and written to it. If they cannot be written, they are returned nevertheless.

    Raises:
        LabError: if masks cannot be used.
    """
    path = cache / f"{mask_key(masks, images, indices, data)}{ENDING}"
    shape = (len(indices), *data.image[:-1])
    if path.is_file():
        try:
            loaded = read_entry(path, shape)[0]
        except DamagedEntry as problem:
            events.note(f"the cached masks in {path} are damaged ({problem}); the masks are read again")
        else:
            events.images(len(indices), len(indices))
            return np.asarray(loaded, np.uint8)
    kept: list[Bytes] = []
    counts = read_masks(masks, images, indices, data, events, kept.append)
    loaded = np.stack(kept)
    try:
        write_entry(path, loaded, StoredValues({"uint8": len(kept)}, 0, max(counts.pixels)), _source(data))
    except OSError as error:
        events.note(f"the masks cannot be cached in {cache} ({os_reason(error)}); the run continues without the cache")
    return loaded


def mask_key(masks: MaskSource, images: Source, indices: Sequence[int], data: Data) -> str:
    """Return the cache key of masks. It depends on their content, that of the images, and the settings for both."""
    settings = [data.image[:-1], data.resize, data.orientation, asdict(MaskCoding.of(data))]
    digests = [[images.digest(index), masks.digest(index)] for index in indices]
    return hashlib.sha256(json.dumps(["masks", VERSION, settings, digests]).encode()).hexdigest()[:24]


def _source(data: Data) -> str:
    """Return the source of the masks as the `.lab` file has it."""
    return data.place("masks" if data.masks else next(iter(data.sources))).text
