"""Assigns each image to a part: train, validation or test."""

import numpy as np
from numpy.typing import NDArray

from ...compiler.analysis.part_sizes import SplitError, part_sizes, split_diagnostic
from ...compiler.sections import Data
from ...grammar.diagnostics.lab_error import LabError
from .controlled_rounding import round_table

Indices = NDArray[np.int64]


def split_images(data: Data, labels: list[int]) -> dict[str, list[int]]:
    """Return the indices of the images in `train`, `validation` and `test`, drawn with the seed of the split.

    A part without images is left out. The result depends on the order of the images, so they must be sorted by name.

    With `stratify`, the number of images of a class in a part is the proportional number, images of the class * size of
    the part / all images, rounded down or up; see `round_table`.

    Raises:
        LabError: if the parts need more images than exist.
    """
    try:
        sizes = part_sizes(data.split, len(labels), len(data.classes))
    except SplitError as error:
        raise LabError([split_diagnostic(data, error)]) from None
    generator = np.random.default_rng(data.split.seed)
    shuffled = generator.permutation(len(labels))
    if data.split.stratify:
        parts = _stratified(shuffled, np.asarray(labels, np.int64), sizes)
    else:
        parts = _one_after_another(shuffled, sizes)
    return {name: [int(index) for index in part] for name, part in parts.items() if len(part)}


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
