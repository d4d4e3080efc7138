"""Divides images into the folds of cross-validation and a test part."""

from collections.abc import Mapping, Sequence

import numpy as np

from ....compiler.analysis.part_sizes import SplitError, fold_sizes, split_diagnostic
from ....compiler.analysis.small_folds import small_folds
from ....compiler.sections import Data
from ....grammar.diagnostics.codes import Code
from ....grammar.diagnostics.diagnostic import Diagnostic
from ....grammar.diagnostics.lab_error import LabError
from ..shown import counted
from ..targets import Strata
from .groups import assign_groups
from .label_strata import stratify_labels
from .partition import Indices, Parts, draw_parts


def fold_name(number: int) -> str:
    """Return the name of a fold, as it is shown to the user. Folds are numbered from 1."""
    return f"fold {number}"


def training_indices(parts: Mapping[str, Sequence[int]], fold: int) -> list[int]:
    """Return the indices of the training images of a fold: the images of all other folds."""
    others = (part for name, part in parts.items() if name not in (fold_name(fold), "test"))
    return [index for part in others for index in part]


def fold_images(data: Data, labels: Sequence[int] | Strata, groups: Sequence[str] | None = None) -> Parts:
    """Return the indices of the images in `fold 1`, `fold 2`, … and in `test`, drawn with the seed of the split.

    The test part is drawn first, so it is the same for any number of folds. The sizes of two folds differ by at most 1,
    and with `stratify`, so do their numbers of images of each class, as in scikit-learn's `StratifiedKFold`. With
    several labels of an image, that is only approximate; see `stratify_labels`. With groups, sizes and proportions are
    approximate; see `assign_groups`. The result depends on the order of the images, so they must be sorted by name.

    Input: `labels`, the class number of each image, or its labels as 0 and 1 (image, label); `groups`, the group of
    each image, None without groups.

    Raises:
        LabError: if a fold has too few images or no group.
    """
    assert data.folds, "otherwise `split_images` divides the images"
    try:
        classes = 0 if data.has_masks else len(data.classes)
        sizes = fold_sizes(data.split, data.folds, len(labels), classes)
    except SplitError as error:
        raise LabError([split_diagnostic(data, error)]) from None
    if too_small := small_folds(data, sizes):
        raise LabError([too_small])
    numbers = np.asarray(labels, np.int64)
    parts = draw_parts(data, numbers, groups, {"train": len(labels) - sizes["test"], "test": sizes["test"]})
    rest = parts["train"]
    chosen = None if groups is None else [groups[index] for index in rest]
    fold_of = _folds(numbers[rest], data) if chosen is None else _grouped_folds(numbers[rest], chosen, data)
    folds = {fold_name(number + 1): rest[fold_of == number] for number in range(data.folds)}
    return {name: part.tolist() for name, part in [*folds.items(), ("test", parts["test"])] if len(part)}


def _folds(labels: Indices, data: Data) -> Indices:
    """Return the number of the fold of each image, from 0.

    The images, class by class, go to the folds in turn. So the folds have equal sizes, and equally many of each class.
    With several labels of an image, see `stratify_labels`.

    Input: `labels`, class numbers of the images in random order (image,), or 0 and 1 (image, label).
    """
    assert data.folds
    if labels.ndim == 2 and data.split.stratify:
        return stratify_labels(np.arange(len(labels)), labels, _equal_sizes(labels, data.folds))
    fold_of = np.empty(len(labels), np.int64)
    # The classes in the order in which they are drawn, so that none of them has an advantage.
    ranks = {label: rank for rank, label in enumerate(dict.fromkeys(labels.tolist()))}
    strata = [ranks[label] if data.split.stratify else 0 for label in labels.tolist()]
    fold_of[np.argsort(strata, kind="stable")] = np.arange(len(labels)) % data.folds
    return fold_of


def _grouped_folds(labels: Indices, groups: Sequence[str], data: Data) -> Indices:
    """Return the number of the fold of each image, from 0; all images of a group are in one fold."""
    assert data.folds
    if (count := len(set(groups))) < data.folds:
        message = f"the images for {data.folds} folds are in only {counted(count, 'group')}"
        help = "each fold needs a group: use fewer folds, or smaller groups"
        raise LabError([Diagnostic(Code.FOLDS, message, data.place("folds"), help=help)])
    sizes = _equal_sizes(labels, data.folds)
    parts = assign_groups(np.arange(len(labels)), labels, groups, [*sizes, 0], data.split.stratify)
    return np.asarray(parts, np.int64)


def _equal_sizes(labels: Indices, folds: int) -> list[int]:
    return [len(part) for part in np.array_split(labels, folds)]
