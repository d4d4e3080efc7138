"""Prepares the images of an experiment for training: finds their targets, splits them into parts, decodes them."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from ...compiler.backends.scaling import PixelRange
from ...compiler.schema.task_kind import TaskKind
from ...compiler.sections import Data
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from .caching.cache import cache_key, load_images
from .caching.cache_entry import ENDING
from .duplicates import check_duplicates, dropped_note, repeated_images, repeated_pairs
from .events import DataEvents
from .pixel_range import narrow_range, pixel_range
from .pixels import Values
from .sources import Source, join, list_images
from .splitting.absent_classes import absent_classes
from .splitting.divide_images import divide_images
from .splitting.fold_partition import fold_name, training_indices
from .splitting.groups import group_all_images
from .splitting.partition import Parts, first_of_each
from .splitting.split_table import split_table
from .targets import ImageTargets, Targets, find_targets
from .targets.mask_faults import missing_classes

QUICK_IMAGES = 8  # with `--quick`, the number of images in each part is at most this number times that of the classes


@dataclass(frozen=True)
class Selection:
    """The images of each part, before any image is read. `parts` contains the indices of images in the source.

    With folds, the parts are `fold 1`, `fold 2`, … and `test`; `fold` returns those of one training.
    """

    source: Source
    targets: ImageTargets
    """The target of each image of the source."""
    parts: dict[str, list[int]]
    data: Data
    complete: Parts
    """The parts of all images, also if `parts` has only a few of them."""
    few: int | None = None
    """The largest number of images in a part, with `--quick`."""
    notes: tuple[str, ...] = ()
    """Sentences for the user, for example about files that are left out."""
    warnings: tuple[Diagnostic, ...] = ()
    repeated: Sequence[tuple[int, int]] = ()
    """The pairs of images with the same content in two parts or in two classes."""
    left_out: Mapping[str, int] = field(default_factory=dict)
    """The number of files of each ending that are no images."""
    groups: Sequence[str] | None = None
    """The group of each image of the source; None without groups."""

    @cached_property
    def split_table(self) -> str:
        """The text of `split.csv`. It has the parts of all images."""
        return split_table(self.source.names, self.complete)

    def fold(self, number: int) -> "Selection":
        """Return the images of one training of cross-validation. Folds are numbered from 1.

        The fold is its validation part; the images of all other folds are its training part.
        """
        parts = _parts_of_fold(self.parts, number)
        if self.few:
            parts["train"] = first_of_each(parts, self.targets.strata, self.few)["train"]
        return replace(self, parts=parts, complete=_parts_of_fold(self.complete, number))

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
    classification it contains class numbers, for multi-label classification 0 and 1 (image, label), for regression
    numbers. `files` are file names, and `counts` the images of each class by name.
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


def _parts_of_fold(parts: Parts, number: int) -> Parts:
    test = {"test": parts["test"]} if "test" in parts else {}
    return {"train": training_indices(parts, number), "validation": parts[fold_name(number)], **test}


def select_images(data: Data, quick: bool) -> Selection:
    """Find the target of each image and split the images into parts. With `quick`, keep only a few images of each part.

    With folds, the parts are the folds and the test part.

    Raises:
        LabError: if there are no images, if a file does not match exactly one class, if a class has no image, if the
            parts need more images than exist, or if `duplicates` refuses identical images.
    """
    listed = list_images(data)
    source = join(listed)
    targets, groups = find_targets(data, listed), group_all_images(data, listed)
    dropped = repeated_images(data, source, targets)
    complete = divide_images(data, listed, targets, groups, dropped)
    few = QUICK_IMAGES * max(len(data.class_names), 2) if quick else None
    parts = first_of_each(complete, targets.strata, few) if few else complete
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
        complete,
        few,
        notes=(*notes, *targets.notes, *dropped_note(source, dropped)),
        warnings=(*check_duplicates(data, source, targets, parts, repeated), *absent_classes(data, targets, complete)),
        repeated=repeated,
        left_out=left_out,
        groups=groups,
    )


@dataclass(frozen=True)
class Pool:
    """All images of a selection as they are read, from which the parts are taken."""

    images: Values
    """Stored values after resizing (image, height, width, channel)."""
    targets: Targets
    pixels: PixelRange
    rows: Mapping[int, int]
    """The row of each image in `images` and `targets`, by its index in the source."""

    def dataset(self, selection: Selection) -> Dataset:
        """Return the images of each part. The selection is the one that was read, or a fold of it.

        A part whose images follow each other is a view; else its images are copied.

        Raises:
            LabError: if the masks of the training images lack a class.
        """
        data, parts = selection.data, {name: self._part(selection, part) for name, part in selection.parts.items()}
        if data.task is TaskKind.SEGMENTATION and not selection.few:
            _check_classes_occur(data, parts["train"].counts)
        return Dataset(parts, data.class_names, self.pixels, selection.split_table)

    def _part(self, selection: Selection, part: Sequence[int]) -> Part:
        rows = [self.rows[index] for index in part]
        follow = rows == [*range(rows[0], rows[0] + len(rows))]
        chosen = slice(rows[0], rows[0] + len(rows)) if follow else rows
        files = tuple(selection.source.names[index] for index in part)
        targets = self.targets[chosen]
        return Part(self.images[chosen], targets, files, selection.targets.count_loaded(part, targets))


def read_images(selection: Selection, cache: Path, events: DataEvents) -> Pool:
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
    return Pool(images, targets, pixels, {index: row for row, index in enumerate(selection.indices)})


def load_dataset(selection: Selection, cache: Path, events: DataEvents) -> Dataset:
    """Read the selected images and return the images of each part; see `read_images`.

    Raises:
        LabError: for the same reasons, or if the masks of the training images lack a class.
    """
    return read_images(selection, cache, events).dataset(selection)


def _check_classes_occur(data: Data, counts: Mapping[str, int]) -> None:
    if error := missing_classes(data, counts, " of the training images"):
        raise LabError([error])
