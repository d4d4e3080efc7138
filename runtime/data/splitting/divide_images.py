"""Assigns each image to a part: train, validation or test; with folds, to a fold or the test part."""

from collections.abc import Mapping, Sequence

from ....compiler.analysis.part_sizes import SplitError, split_diagnostic
from ....compiler.schema.task_kind import TaskKind
from ....compiler.sections import Data
from ....grammar.diagnostics.lab_error import LabError
from ..sources import ListedImages
from ..targets import ImageTargets, Strata
from ..targets.labels import check_classes_have_images
from .fold_partition import fold_images, training_indices
from .groups import check_groups_apart
from .partition import Parts, split_images
from .split_table import read_split


def divide_images(
    data: Data,
    listed: Mapping[str, ListedImages],
    targets: ImageTargets,
    groups: Sequence[str] | None,
    dropped: set[int],
) -> Parts:
    """Return the indices of the images in `train`, `validation` and `test`. A part without images is left out.

    The parts are those of the sources, if they are given or if the source has parts; those of the table of `split`;
    else `split` divides the images. With folds, the parts are `fold 1`, `fold 2`, … and `test`.

    Input: `listed`, the images of each source, `train` first; `targets` and `groups`, those of these images, `groups`
    None without groups; `dropped`, the images that are not used.

    Raises:
        LabError: if a source or the table of parts cannot be used; if the parts need more images than exist; if a class
            has no training image; if a group is in two parts.
    """
    first, labels = next(iter(listed.values())), targets.strata
    if first.parts:
        parts = {name: list(indices) for name, indices in first.parts.items()}
    elif data.split.table:
        parts = read_split(data.split.table, first.names)
    elif "validation" in listed:
        parts = {"train": list(range(len(first.names)))}
    else:
        _check_classes(data, targets, range(len(first.names)))
        parts = _draw(data, len(first.names), labels, groups, dropped)
    start = len(first.names)
    for name, images in [*listed.items()][1:]:
        parts[name] = list(range(start, start + len(images.names)))
        start += len(images.names)
    used = {name: [index for index in part if index not in dropped] for name, part in parts.items()}
    _check_parts(data, used, targets)
    if groups:
        check_groups_apart(data, groups, used)
    return {name: part for name, part in used.items() if part}


def _draw(data: Data, count: int, labels: Strata, groups: Sequence[str] | None, dropped: set[int]) -> Parts:
    """Draw the parts of the first `count` images."""
    kept = [index for index in range(count) if index not in dropped]
    chosen = [groups[index] for index in kept] if groups else None
    draw = fold_images if data.folds else split_images
    parts = draw(data, labels[kept], chosen)
    return {name: [kept[position] for position in part] for name, part in parts.items()}


def _check_parts(data: Data, parts: Parts, targets: ImageTargets) -> None:
    """Check that training and validation have images, and the training images every class or label.

    Raises:
        LabError: if not.
    """
    for name in () if data.folds else ("train", "validation"):
        if not parts.get(name):
            error = SplitError(f"`{name}` has no images left")
            raise LabError([split_diagnostic(data, error)])
    for fold in range(1, data.folds + 1) if data.folds else ():
        _check_classes(data, targets, training_indices(parts, fold), f" in the training part of fold {fold}")
    if not data.folds:
        _check_classes(data, targets, parts["train"], " in the training part")


def _check_classes(data: Data, targets: ImageTargets, indices: Sequence[int], part: str = "") -> None:
    if data.task in (TaskKind.CLASSIFICATION, TaskKind.MULTI_LABEL):  # those of masks are known when masks are read
        check_classes_have_images(data, targets.strata[indices], part, targets.notes)
