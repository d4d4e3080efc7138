"""What metrics are computed from, on NumPy arrays: confusion matrix, ROC curve and the area under it.

The formulas over a confusion matrix are the metrics' own, in `compiler/metrics/`.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...compiler.metrics import METRICS, Auc, ConfusionMetric

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def confusion(truth: ArrayLike, prediction: ArrayLike, classes: int) -> Integers:
    """Count the images by their class and their predicted class.

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
    """The metric of this word over a confusion matrix (truth, prediction)."""
    metric = METRICS[word]
    assert issubclass(metric, ConfusionMetric), f"{word} is not a function of a confusion matrix"
    return float(metric.of(confusion, np))


def auc(truth: ArrayLike, scores: ArrayLike) -> float:
    """Area under the ROC curve, exact; equal scores count half.

    Input: `truth`, class numbers (image,); `scores`, either class 1's score (image,) or one column for each class
    (image, class).
    Output: with two classes, class 1 against class 0; with more, the mean over each class against the rest. A class
    that no image or every image belongs to has no curve and is left out of that mean; nan where no class is left, or a
    score is not a finite number.
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
    """The ROC curve's corners, from (0, 0) to (1, 1), one for each distinct score.

    Input: `truth`, 1 for a positive and 0 for a negative image (image,); `scores`, higher for positive (image,).
    Output: false-positive rate and true-positive rate (corner,).
    Raises ValueError unless there are positive and negative images and all scores are finite numbers.
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
