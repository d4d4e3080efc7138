"""Scores of a classifier, as pure functions of a confusion matrix or of truth and scores.

A confusion matrix has the axes (truth, prediction): `matrix[i, j]` images of class `i` were named class `j`.

The functions of a matrix use only what `numpy` and `keras.ops` share, so that one definition serves inside a
Keras metric (`xp=keras.ops`, a float tensor) and afterwards on the counts (`xp=numpy`). With two classes,
class number 1 is the positive one; with more, a score is the plain mean over the classes ("macro"). A ratio
with nothing below the line is 0, as with scikit-learn's `zero_division=0`.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

# A numpy array, or a tensor of whichever backend stands behind `keras.ops`.
Tensor = Any


def confusion(truth: ArrayLike, prediction: ArrayLike, classes: int) -> Integers:
    """Count the images of each class by the class they were given.

    Input: `truth` and `prediction`, class numbers from 0 with the axis (image,).
    Output: counts with the axes (truth, prediction), `classes` long each.
    Raises ValueError for a class number outside `range(classes)`.
    """
    rows, columns = np.asarray(truth, dtype=np.int64), np.asarray(prediction, dtype=np.int64)
    for numbers in (rows, columns):
        if numbers.size and not 0 <= numbers.min() <= numbers.max() < classes:
            raise ValueError(f"a class number is outside 0 … {classes - 1}")
    return np.bincount(rows * classes + columns, minlength=classes**2).reshape(classes, classes)


def accuracy(matrix: Tensor, xp: Any = np) -> Tensor:
    """Share of all images that were named rightly."""
    return _ratio(xp.sum(xp.diagonal(matrix)), xp.sum(matrix), xp)


def precision(matrix: Tensor, xp: Any = np) -> Tensor:
    """Share of the images named as a class that are of it: TP / (TP + FP)."""
    return _positive_or_mean(_ratio(xp.diagonal(matrix), xp.sum(matrix, axis=0), xp), xp)


def recall(matrix: Tensor, xp: Any = np) -> Tensor:
    """Share of the images of a class that were named as it (sensitivity): TP / (TP + FN)."""
    return _positive_or_mean(_ratio(xp.diagonal(matrix), xp.sum(matrix, axis=1), xp), xp)


def specificity(matrix: Tensor, xp: Any = np) -> Tensor:
    """Share of the images not of a class that were not named as it: TN / (TN + FP)."""
    others = xp.sum(matrix) - xp.sum(matrix, axis=1)
    false_alarms = xp.sum(matrix, axis=0) - xp.diagonal(matrix)
    return _positive_or_mean(_ratio(others - false_alarms, others, xp), xp)


def f1(matrix: Tensor, xp: Any = np) -> Tensor:
    """Harmonic mean of precision and recall: 2 TP / (2 TP + FP + FN)."""
    both = xp.sum(matrix, axis=0) + xp.sum(matrix, axis=1)
    return _positive_or_mean(_ratio(2 * xp.diagonal(matrix), both, xp), xp)


def auc(truth: ArrayLike, scores: ArrayLike) -> float:
    """Area under the ROC curve, exact: the chance that a positive image scores above a negative one, ties
    counting half.

    Input: `truth`, class numbers (image,); `scores`, either class 1's score (image,) or one column a class
    (image, class).
    Output: with two classes, class 1 against class 0; with more, the mean over each class against the rest. A
    class that no image or every image belongs to has no curve and is left out of that mean; nan where no
    class is left, or a score is nan.
    Source: Mann and Whitney's U, `AUC = U / (n0 n1)` (Hanley and McNeil 1982, Radiology 143:29).
    """
    numbers, columns = np.asarray(truth), np.asarray(scores, dtype=np.float64)
    if columns.ndim == 1:
        return _auc_of_one(numbers == 1, columns)
    if columns.shape[1] == 2:
        return _auc_of_one(numbers == 1, columns[:, 1])
    areas = np.array([_auc_of_one(numbers == number, column) for number, column in enumerate(columns.T)])
    defined = areas[~np.isnan(areas)]
    return float(defined.mean()) if defined.size else float("nan")


def roc_curve(truth: ArrayLike, scores: ArrayLike) -> tuple[Floats, Floats]:
    """Return the ROC curve's corners: the rates of false and of true alarms, from (0, 0) to (1, 1).

    Input: `truth`, 1 for a positive and 0 for a negative image (image,); `scores`, higher for positive
    (image,).
    Output: false-positive rate and true-positive rate (corner,), one corner for each distinct score.
    Raises ValueError unless there are both positive and negative images.
    """
    positive, values = np.asarray(truth) == 1, np.asarray(scores, dtype=np.float64)
    if positive.all() or not positive.any():
        raise ValueError("a ROC curve needs positive and negative images")
    order = np.argsort(-values, kind="stable")
    # Images with the same score pass the threshold together: a corner stands only after the last of them.
    last = np.append(np.diff(values[order]) != 0, True)
    true_alarms = np.append(0, np.cumsum(positive[order])[last])
    false_alarms = np.append(0, np.cumsum(~positive[order])[last])
    return false_alarms / false_alarms[-1], true_alarms / true_alarms[-1]


def interval(correct: int, total: int) -> tuple[float, float]:
    """95% interval of a share of which `correct` of `total` were seen; (0, 1) when none were.

    Source: Wilson's score interval (1927, J. Am. Stat. Assoc. 22:209). It speaks of the choice of images
    only: not of what another seed would have given.
    """
    if total == 0:
        return 0.0, 1.0
    from scipy.stats import binomtest

    found = binomtest(correct, total).proportion_ci(0.95, method="wilson")
    return float(found.low), float(found.high)


def difference_interval(first: tuple[int, int], second: tuple[int, int]) -> tuple[float, float]:
    """95% interval of the first share less the second, each given as (correct, total), on separate images.

    Source: Newcombe's method 10 (1998, Stat. Med. 17:873), made of the two Wilson intervals.
    """
    share_1, (low_1, high_1) = first[0] / max(first[1], 1), interval(*first)
    share_2, (low_2, high_2) = second[0] / max(second[1], 1), interval(*second)
    below = np.hypot(share_1 - low_1, high_2 - share_2)
    above = np.hypot(high_1 - share_1, share_2 - low_2)
    return float(share_1 - share_2 - below), float(share_1 - share_2 + above)


def _ratio(part: Tensor, whole: Tensor, xp: Any) -> Tensor:
    defined = whole > 0
    return xp.where(defined, part / xp.where(defined, whole, 1), 0)


def _positive_or_mean(values: Tensor, xp: Any) -> Tensor:
    return values[1] if values.shape[0] == 2 else xp.mean(values)


def _auc_of_one(positive: NDArray[np.bool_], scores: Floats) -> float:
    from scipy.stats import rankdata

    count = int(positive.sum())
    pairs = count * (positive.size - count)
    if not pairs or np.isnan(scores).any():
        return float("nan")
    return float((rankdata(scores)[positive].sum() - count * (count + 1) / 2) / pairs)
