"""Assigns each image to a part: train, validation or test."""

import numpy as np

from ...compiler.analysis.part_sizes import SplitError, part_sizes, split_diagnostic
from ...compiler.sections import Data
from ...grammar.diagnostics.lab_error import LabError


def split_images(data: Data, labels: list[int]) -> dict[str, list[int]]:
    """Return the indices of the images in `train`, `validation` and `test`, drawn with the seed of the split.

    A part without images is left out.

    With `stratify`, the proportions of the classes in each part are those of the whole set, with a deviation of at most
    one image in each class. The method: image `i` of the `n` shuffled images of a class has the position (i + 1/2) / n.
    All images are sorted by position, and this sequence is cut into the parts.

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
        shuffled = _interleave(shuffled, np.asarray(labels))
    ends = np.cumsum(list(sizes.values()))
    parts = np.split(shuffled[: ends[-1]], ends[:-1])
    return {name: [int(index) for index in part] for name, part in zip(sizes, parts, strict=True) if len(part)}


def _interleave(shuffled: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Sort shuffled indices so that each class is spread evenly over the sequence.

    Input: `shuffled`, indices (image,); `labels`, class numbers (image,). Output: indices (image,).
    """
    positions = np.empty(len(labels))
    for label in np.unique(labels):
        members = shuffled[labels[shuffled] == label]
        positions[members] = (np.arange(len(members)) + 0.5) / len(members)
    return shuffled[np.argsort(positions[shuffled], kind="stable")]
