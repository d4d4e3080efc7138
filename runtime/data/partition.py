"""Assigns each image to a part."""

import numpy as np

from ...compiler.analysis.part_sizes import SplitError, part_sizes, split_diagnostic
from ...compiler.sections import Data
from ...grammar.diagnostics.lab_error import LabError


def split_images(data: Data, labels: list[int]) -> dict[str, list[int]]:
    """The indices of the images in `train`, `validation` and `test`, drawn with the seed of the split.

    With `stratify`, each part has the classes in the same proportions as the whole set, to within one image of each
    class: image `i` of the `n` shuffled images of its class gets the position (i + 1/2) / n, all images are sorted by
    position, and the parts are cut from that sequence. A part without images is left out.

    Raises:
        LabError: if the parts ask for more images than there are.
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
    """Shuffled indices (image,), sorted so that the classes are spread evenly; `labels` are class numbers (image,)."""
    positions = np.empty(len(labels))
    for label in np.unique(labels):
        members = shuffled[labels[shuffled] == label]
        positions[members] = (np.arange(len(members)) + 0.5) / len(members)
    return shuffled[np.argsort(positions[shuffled], kind="stable")]
