"""Groups of images that must stay in the same part, for example the images of one patient."""

from collections.abc import Mapping, Sequence
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from ....compiler.sections import Column, Data, FilenamePattern
from ....grammar.diagnostics.codes import Code
from ....grammar.diagnostics.diagnostic import Diagnostic
from ....grammar.diagnostics.lab_error import LabError
from ..shown import counted, first_few
from ..sources import ListedImages

Indices = NDArray[np.int64]


def group_all_images(data: Data, listed: Mapping[str, ListedImages]) -> list[str] | None:
    """Return the group of each image of all sources, None if the split has no groups.

    Raises:
        LabError: if images have no group.
    """
    if data.split.group is None:
        return None
    return [group for images in listed.values() for group in group_images(data, images) or ()]


def group_images(data: Data, images: ListedImages) -> list[str] | None:
    """Return the group of each image of a source, None if the split has no groups.

    Raises:
        LabError: if images have no group.
    """
    match data.split.group:
        case None:
            return None
        case Column(name=column):
            assert images.rows is not None, "otherwise `check_columns` reports the column"
            return [row.cells[column] for row in images.rows]  # `list_table` refuses empty cells
        case FilenamePattern() as pattern:
            return _by_pattern(data, pattern, images)
        case _:
            return [path.parent.as_posix() for path in images.paths]


def check_groups_apart(data: Data, groups: Sequence[str], parts: Mapping[str, Sequence[int]]) -> None:
    """Check that no group is in two parts. Drawn parts never share a group; given parts may.

    Raises:
        LabError: if a group is in two parts; the diagnostic lists the groups.
    """
    part_of: dict[str, list[str]] = {}
    for name, indices in parts.items():
        for group in dict.fromkeys(groups[index] for index in indices):
            part_of.setdefault(group, []).append(name)
    shared = [f"{group} ({', '.join(names)})" for group, names in sorted(part_of.items()) if len(names) > 1]
    if shared:
        count = f"{len(shared)} of {counted(len(part_of), 'group')}"
        message = f"{count} {'has' if len(shared) == 1 else 'have'} images in more than one part"
        help = "move all images of a group to one part"
        place = data.split.place("group")
        raise LabError([Diagnostic(Code.SHARED_GROUP, message, place, help=help, notes=first_few(shared))])


def _by_pattern(data: Data, pattern: FilenamePattern, images: ListedImages) -> list[str]:
    found = [pattern.find(path.name) for path in images.paths]
    without = [name for name, group in zip(images.names, found, strict=True) if not group]
    if without:
        _refuse(data, without, len(found))
    return [group for group in found if group]


def _refuse(data: Data, files: list[str], total: int) -> NoReturn:
    message = f"{counted(len(files), 'image')} of {total} without a group: the pattern finds none in the file name"
    help = "the group in parentheses must match at least one character in each file name, which includes the ending"
    place = data.split.place("group")
    raise LabError([Diagnostic(Code.NO_GROUP, message, place, help=help, notes=first_few(files))])


def assign_groups(
    shuffled: Indices, labels: Indices, groups: Sequence[str], sizes: Sequence[int], stratify: bool
) -> list[int]:
    """Return the number of the part of each image, all images of a group in one part.

    A greedy method: the groups are taken by their size, the largest first, those of equal size in the order of
    `shuffled`. Each goes to the part, among those that still lack images, in which it makes the numbers of images
    nearest to the wanted ones: the sum of the squared differences, for each class if `stratify`. So what a part has
    above its size is less than the largest group, and what it has below its size is the sum of what others have above.
    With several labels of an image, the images count like one more label, which all of them have. The last groups go to
    parts that would otherwise stay empty.

    Input: `shuffled`, the indices of the images in random order (image,); `labels`, class numbers (image,), or 0 and 1
    (image, label); `sizes`, the wanted number of images in each part and at last of those in no part, in all as many as
    there are images.
    """
    numbers = {group: number for number, group in enumerate(dict.fromkeys(groups[index] for index in shuffled))}
    group_of = np.array([numbers[group] for group in groups], np.int64)
    counted_as = _counted(labels, stratify)
    contents = np.zeros((len(numbers), counted_as.shape[1]))  # (group, class)
    np.add.at(contents, group_of, counted_as)
    totals = contents.sum(axis=0)
    images = np.bincount(group_of)  # (group,)
    lacking = np.outer(sizes, totals / len(labels))  # (part, class): the images that are still wanted
    room = np.array(sizes, np.int64)
    weights = 1 / np.maximum(totals, 1)  # so that a rare class counts as much as a frequent one
    part_of = np.zeros(len(numbers), np.int64)
    empty = {part for part, size in enumerate(sizes[:-1]) if size}
    for taken, group in enumerate(np.argsort(-images, kind="stable")):
        added = contents[group]
        costs = (((lacking - added) ** 2 - lacking**2) * weights).sum(axis=1)
        costs[room <= 0] = np.inf
        if len(numbers) - taken <= len(empty):
            costs[[part for part in range(len(sizes)) if part not in empty]] = np.inf
        part = int(np.argmin(np.round(costs, 9)))
        part_of[group] = part
        lacking[part] -= added
        room[part] -= images[group]
        empty.discard(part)
    return [int(part) for part in part_of[group_of]]


def _counted(labels: Indices, stratify: bool) -> Indices:
    """Return what each image counts for: 1 in the column of its class, or of its labels and in one for all images."""
    every = np.ones((len(labels), 1), np.int64)
    if not stratify:
        return every
    return np.hstack([labels, every]) if labels.ndim == 2 else np.eye(int(labels.max()) + 1, dtype=np.int64)[labels]
