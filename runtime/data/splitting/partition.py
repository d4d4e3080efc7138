"""Draws the parts of a split: train, validation and test."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ....compiler.analysis.part_sizes import SplitError, part_sizes, split_diagnostic
from ....compiler.sections import Data
from ....grammar.diagnostics.lab_error import LabError
from ..targets import Strata
from .controlled_rounding import round_table
from .groups import assign_groups
from .label_strata import alternate_labels, stratify_labels

Indices = NDArray[np.int64]
Parts = dict[str, list[int]]


def first_of_each(parts: Parts, labels: Sequence[int] | Strata, count: int) -> Parts:
    """Return the first images of each part, at most `count`, in an order in which the classes or labels alternate."""
    every = np.asarray(labels, np.int64)
    order = interleave if every.ndim == 1 else alternate_labels
    ordered = {name: order(np.asarray(part, np.int64), every) for name, part in parts.items()}
    return {name: [int(index) for index in part[:count]] for name, part in ordered.items()}


def split_images(data: Data, labels: Sequence[int] | Strata, groups: Sequence[str] | None = None) -> Parts:
    """Return the indices of the images in `train`, `validation` and `test`, drawn with the seed of the split.

    A part without images is left out. The result depends on the order of the images, so they must be sorted by name.

    With `stratify`, the number of images of a class in a part is the proportional number, images of the class * size
    of the part / all images, rounded down or up; see `round_table`. With several labels of an image, that is only
    approximate; see `stratify_labels`. With groups, sizes and proportions are approximate; see `assign_groups`.

    Input: `labels`, the class number of each image, or its labels as 0 and 1 (image, label); `groups`, the group of
    each image, None without groups.

    Raises:
        LabError: if the parts need more images than exist, or if the groups leave a part without images.
    """
    try:
        sizes = part_sizes(data.split, len(labels), 0 if data.has_masks else len(data.classes))
    except SplitError as error:
        raise LabError([split_diagnostic(data, error)]) from None
    numbers = np.asarray(labels, np.int64)
    parts = draw_parts(data, numbers, groups, sizes)
    return {name: [int(index) for index in part] for name, part in parts.items() if len(part)}


def draw_parts(data: Data, labels: Indices, groups: Sequence[str] | None, sizes: dict[str, int]) -> dict[str, Indices]:
    """Draw parts of the given sizes, as `split` says. Each part has its images in random order.

    Input: `labels`, the class number of each image (image,), or 0 and 1 (image, label); `groups`, the group of each
    image, None without groups.

    Raises:
        LabError: if the groups leave a part without images.
    """
    shuffled = np.random.default_rng(data.split.seed).permutation(len(labels))
    if groups is not None:
        return _grouped(data, shuffled, labels, groups, sizes)
    if data.split.stratify and labels.ndim == 2:
        part_of = stratify_labels(shuffled, labels, [*sizes.values(), len(labels) - sum(sizes.values())])
        return {name: shuffled[part_of[shuffled] == number] for number, name in enumerate(sizes)}
    if data.split.stratify:
        return _stratified(shuffled, labels, sizes)
    return _one_after_another(shuffled, sizes)


def _grouped(
    data: Data, shuffled: Indices, labels: Indices, groups: Sequence[str], sizes: dict[str, int]
) -> dict[str, Indices]:
    left_over = len(labels) - sum(sizes.values())
    part_of = np.asarray(assign_groups(shuffled, labels, groups, [*sizes.values(), left_over], data.split.stratify))
    shuffled = interleave(shuffled, labels) if data.split.stratify and labels.ndim == 1 else shuffled
    parts = {name: shuffled[part_of[shuffled] == number] for number, name in enumerate(sizes)}
    for name, size in sizes.items():
        if size and not len(parts[name]):
            count = len(set(groups))
            message = f"`{name}` has no image, because the images are in {count} {'group' if count == 1 else 'groups'}"
            help = "use smaller groups, or fewer parts"
            raise LabError([split_diagnostic(data, SplitError(message, "group", help))])
    return parts


def _one_after_another(shuffled: Indices, sizes: dict[str, int]) -> dict[str, Indices]:
    ends = np.cumsum(list(sizes.values()))
    return dict(zip(sizes, np.split(shuffled[: ends[-1]], ends[:-1]), strict=True))


def _stratified(shuffled: Indices, labels: Indices, sizes: dict[str, int]) -> dict[str, Indices]:
    """Divide the images of each class in the proportions of the sizes. Each class is spread evenly over a part.

    Input: `shuffled`, indices (image,); `labels`, class numbers (image,).
    """
    shuffled = interleave(shuffled, labels)
    # The classes in the order in which they are drawn, so that no class has an advantage in rounding.
    classes = list(dict.fromkeys(int(label) for label in labels[shuffled]))
    members = [shuffled[labels[shuffled] == label] for label in classes]
    left_over = len(labels) - sum(sizes.values())
    table = round_table([len(one) for one in members], [*sizes.values(), left_over])
    part_of = np.full(len(labels), -1)
    for one, row in zip(members, table, strict=True):
        part_of[one] = np.repeat(np.arange(len(row)), row)
    return {name: shuffled[part_of[shuffled] == number] for number, name in enumerate(sizes)}


def interleave(shuffled: Indices, labels: Indices) -> Indices:
    """Sort shuffled indices so that each class is spread evenly over the sequence.

    Image `i` of the `n` images of a class has the position (i + 1/2) / n, and all images are sorted by position.

    Input: `shuffled`, indices (image,); `labels`, class numbers of all images. Output: indices (image,).
    """
    positions = np.empty(len(labels))
    for label in np.unique(labels[shuffled]):
        members = shuffled[labels[shuffled] == label]
        positions[members] = (np.arange(len(members)) + 0.5) / len(members)
    return shuffled[np.argsort(positions[shuffled], kind="stable")]
