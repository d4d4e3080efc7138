"""Computes the confusion matrix, the ROC curve and the area under the ROC curve from NumPy arrays.

The formulas that compute metrics from a confusion matrix are in `compiler/metrics/`.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...compiler.metrics import METRICS, Auc, ConfusionMetric

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def confusion(truth: ArrayLike, prediction: ArrayLike, classes: int) -> Integers:
    """Count the images by true class and predicted class.

    Input: `truth` and `prediction`, class numbers from 0 with the axis (image,).
    Output: counts with the axes (truth, prediction), each `classes` long.
    Raises ValueError for a class number outside `range(classes)`.
    """
    rows, columns = np.asarray(truth, dtype=np.int64), np.asarray(prediction, dtype=np.int64)
    for numbers in (rows, columns):
        if numbers.size and not 0 <= numbers.min() <= numbers.max() < classes:
            raise ValueError(f"a class number is outside 0 … {classes - 1}")
    return np.bincount(rows * classes + columns, minlength=classes**2).reshape(classes, classes)


def score(word: str, confusion: Integers) -> float:
    """Compute the metric with the name `word` from a confusion matrix (truth, prediction)."""
    metric = METRICS[word]
    assert issubclass(metric, ConfusionMetric), f"{word} is not a function of a confusion matrix"
    return float(metric.of(confusion, np))


def auc(truth: ArrayLike, scores: ArrayLike) -> float:
    """Compute the exact area under the ROC curve. A pair of images with equal scores counts as one half.

    Input: `truth`, class numbers (image,); `scores`, either the scores of class 1 (image,) or a column for each class
    (image, class).
    Output: with two classes, the area of class 1; with more classes, the mean of the one-vs-rest areas of the classes.
    A class without images, or with all images, has no ROC curve and is left out of the mean. The result is nan if no
    class is left or if a score is not a finite number.
    """
    numbers, columns = np.asarray(truth), np.asarray(scores, dtype=np.float64)
    if columns.ndim == 1:
        return _binary_auc(numbers == 1, columns)
    if columns.shape[1] == 2:
        return _binary_auc(numbers == 1, columns[:, 1])
    areas = np.array([_binary_auc(numbers == number, column) for number, column in enumerate(columns.T)])
    defined = areas[~np.isnan(areas)]
    return float(defined.mean()) if defined.size else Auc.undefined


def roc_curve(truth: ArrayLike, scores: ArrayLike) -> tuple[Floats, Floats]:
    """Compute the corners of the ROC curve, from (0, 0) to (1, 1): one corner for each distinct score.

    Input: `truth`, 1 for a positive and 0 for a negative image (image,); `scores`, higher for positive (image,).
    Output: the false-positive rates (corner,) and the true-positive rates (corner,).
    Raises ValueError if there are no positive or no negative images, or if a score is not a finite number.
    """
    from sklearn import metrics

    positive = np.asarray(truth) == 1
    if positive.all() or not positive.any():
        raise ValueError("a ROC curve needs positive and negative images")
    false_positive_rate, true_positive_rate, _ = metrics.roc_curve(positive, scores, drop_intermediate=False)
    return false_positive_rate, true_positive_rate


def _binary_auc(positive: NDArray[np.bool_], scores: Floats) -> float:
    from sklearn.metrics import roc_auc_score

    if positive.all() or not positive.any() or not np.isfinite(scores).all():
        return Auc.undefined
    return float(roc_auc_score(positive, scores))
