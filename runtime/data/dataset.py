"""Prepares the images of an experiment for training: finds their targets, splits them into parts, decodes them."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ...compiler.backends.scaling import PixelRange
from ...compiler.schema.task_kind import TaskKind
from ...compiler.sections import Data
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from .cache import cache_key, load_images
from .cache_entry import ENDING
from .duplicates import check_duplicates, dropped_note, repeated_images, repeated_pairs
from .events import DataEvents
from .groups import group_images
from .partition import divide_images, first_of_each
from .pixel_range import narrow_range, pixel_range
from .pixels import Values
from .sources import Source, join, list_images
from .split_table import split_table
from .targets import ImageTargets, Targets, find_targets
from .targets.mask_faults import missing_classes

QUICK_IMAGES = 8  # with `--quick`, the number of images in each part is at most this number times that of the classes


@dataclass(frozen=True)
class Selection:
    """The images of each part, before any image is read. `parts` contains the indices of images in the source."""

    source: Source
    targets: ImageTargets
    """The target of each image of the source."""
    parts: dict[str, list[int]]
    data: Data
    split_table: str = ""
    """The text of `split.csv`. It has the parts of all images, also if `parts` has only a few of them."""
    notes: tuple[str, ...] = ()
    """Sentences for the user, for example about files that are left out."""
    warnings: tuple[Diagnostic, ...] = ()
    repeated: Sequence[tuple[int, int]] = ()
    """The pairs of images with the same content in two parts or in two classes."""
    left_out: Mapping[str, int] = field(default_factory=dict)
    """The number of files of each ending that are no images."""
    groups: Sequence[str] | None = None
    """The groups of the images that `split` divides, which are the first of the source; None without groups."""
    is_quick: bool = False
    """Whether `parts` has only a few images of each part."""

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
        """A key that depends on the prepared images, and on the target and the part of each image."""
        keys = {name: [self.targets.key(index) for index in part] for name, part in self.parts.items()}
        return hashlib.sha256(json.dumps([self.cache_key, keys]).encode()).hexdigest()[:24]


@dataclass(frozen=True)
class Part:
    """One part of the data.

    `images` are stored values (image, height, width, channel). `targets` has the axis (image,) first; for
    classification it contains class numbers. `files` are file names, and `counts` the images of each class by name.
    """

    images: Values
    targets: Targets
    files: tuple[str, ...]
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Dataset:
    """All parts of the data by name, the class names, and the text of `split.csv`."""

    parts: dict[str, Part]
    classes: tuple[str, ...]
    pixels: PixelRange
    """The stored values that become black and white."""
    split_table: str = ""

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """The number of images of each class in each part."""
        return {name: dict(part.counts) for name, part in self.parts.items()}


def select_images(data: Data, quick: bool) -> Selection:
    """Find the target of each image and split the images into parts. With `quick`, keep only a few images of each part.

    Raises:
        LabError: if there are no images, if a file does not match exactly one class, if a class has no image, if the
            parts need more images than exist, or if `duplicates` refuses identical images.
    """
    listed = list_images(data)
    source = join(listed)
    targets = find_targets(data, listed)
    dropped = repeated_images(data, source, targets)
    parts = divide_images(data, listed, targets, dropped)
    table = split_table(source.names, parts)
    if quick:
        parts = first_of_each(parts, targets.strata, QUICK_IMAGES * max(len(data.class_names), 2))
    repeated = repeated_pairs(source, targets, parts)
    notes = [note for images in listed.values() for note in images.notes]
    left_out: Counter[str] = Counter()
    for images in listed.values():
        left_out.update(images.left_out)
    return Selection(
        source,
        targets,
        parts,
        data,
        table,
        notes=(*notes, *dropped_note(source, dropped)),
        warnings=check_duplicates(data, source, targets, parts, repeated),
        repeated=repeated,
        left_out=left_out,
        groups=group_images(data, next(iter(listed.values()))),
        is_quick=quick,
    )


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
    targets = selection.targets.load(selection.indices, cache, events)
    loaded, start = {}, 0
    for name, part in selection.parts.items():
        files = tuple(selection.source.names[index] for index in part)
        chosen = slice(start, start + len(part))
        counts = selection.targets.count_loaded(part, targets[chosen])
        loaded[name] = Part(images[chosen], targets[chosen], files, counts)
        start += len(part)
    if data.task is TaskKind.SEGMENTATION and not selection.is_quick:
        _check_classes_occur(data, loaded["train"].counts)
    return Dataset(loaded, data.class_names, pixels, selection.split_table)


def _check_classes_occur(data: Data, counts: Mapping[str, int]) -> None:
    if error := missing_classes(data, counts, " of the training images"):
        raise LabError([error])
