"""The areas under the ROC curves of several labels at once."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def label_areas(truth: ArrayLike, scores: ArrayLike) -> Floats:
    """Compute the exact area under the ROC curve of each label (label,); nan for a label that all images have, or none.

    The area is that of `auc`, from the ranks of the scores: a pair of images with equal scores counts as one half.
    Source: Hanley and McNeil (1982).

    Input: `truth`, 1 or 0 (image, label); `scores`, higher for 1 (image, label).
    """
    from scipy.stats import rankdata

    positive, ranks = np.asarray(truth, bool), rankdata(scores, axis=0)
    with_label = positive.sum(axis=0)
    without = len(positive) - with_label
    above = np.where(positive, ranks, 0).sum(axis=0) - with_label * (with_label + 1) / 2
    with np.errstate(invalid="ignore"):
        return np.asarray(above / np.where(with_label * without, with_label * without, np.nan), np.float64)
