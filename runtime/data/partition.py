"""Which image goes to which part."""

import numpy as np

from ...compiler.analysis.part_sizes import SplitError, part_sizes, split_diagnostic
from ...compiler.sections import Data
from ...grammar.diagnostics.lab_error import LabError


def split_images(data: Data, labels: list[int]) -> dict[str, list[int]]:
    """The indices of the images in `train`, `validation` and, where asked for, `test`, drawn by the split's seed.

    Stratified, every stretch of a part has the classes in the proportion of the whole, to within one image a class:
    image `i` of the `n` shuffled images of its class stands at (i + 1/2) / n, and the parts are cut from the images
    in that order.

    Raises:
        LabError: if the parts do not fit into the images there are.
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
    positions = np.empty(len(labels))
    for label in np.unique(labels):
        members = shuffled[labels[shuffled] == label]
        positions[members] = (np.arange(len(members)) + 0.5) / len(members)
    return shuffled[np.argsort(positions[shuffled], kind="stable")]
