"""Metrics of the confusion matrix."""

from dataclasses import dataclass

from .metric import ArrayModule, ConfusionMetric, Tensor, divide


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of images (for masks, of pixels) by outcome, each class against all others; axis (class,)."""

    true_positives: Tensor
    false_positives: Tensor
    false_negatives: Tensor
    true_negatives: Tensor

    @classmethod
    def of(cls, confusion: Tensor, xp: ArrayModule) -> "Counts":
        """The counts of a confusion matrix with the axes (truth, prediction)."""
        right, predicted, true = xp.diagonal(confusion), xp.sum(confusion, axis=0), xp.sum(confusion, axis=1)
        return cls(right, predicted - right, true - right, xp.sum(confusion) - predicted - true + right)


class RatioMetric(ConfusionMetric):
    """A ratio of counts for each class.

    With two classes, the one with number 1 is the positive class, and its ratio is the metric. With more, the metric is
    the mean over the classes ("macro average").
    """

    @staticmethod
    def ratio(counts: Counts) -> tuple[Tensor, Tensor]:
        """The numerator and the denominator, each with the axis (class,)."""
        raise NotImplementedError

    @classmethod
    def per_class(cls, counts: Counts, xp: ArrayModule) -> Tensor:
        """The metric of each class against all others: (class,)."""
        return divide(*cls.ratio(counts), cls.undefined, xp)

    @classmethod
    def of(cls, confusion: Tensor, xp: ArrayModule) -> Tensor:
        values = cls.per_class(Counts.of(confusion, xp), xp)
        return values[1] if values.shape[0] == 2 else xp.mean(values)


class Accuracy(ConfusionMetric):
    """Share of the images whose predicted class is the right one.

    Formula: the number of right predictions divided by the number of images; over pixels, where there are masks.
    """

    @classmethod
    def of(cls, confusion: Tensor, xp: ArrayModule) -> Tensor:
        return divide(xp.sum(xp.diagonal(confusion)), xp.sum(confusion), cls.undefined, xp)


class Precision(RatioMetric):
    """Share of the images predicted as a class that are of it; also called positive predictive value.

    Formula: `TP / (TP + FP)`.
    """

    @staticmethod
    def ratio(counts: Counts) -> tuple[Tensor, Tensor]:
        return counts.true_positives, counts.true_positives + counts.false_positives


class Recall(RatioMetric):
    """Share of the images of a class that are predicted as it; also called sensitivity.

    Formula: `TP / (TP + FN)`.
    """

    @staticmethod
    def ratio(counts: Counts) -> tuple[Tensor, Tensor]:
        return counts.true_positives, counts.true_positives + counts.false_negatives


class Specificity(RatioMetric):
    """Share of the images of other classes that are not predicted as a class.

    Formula: `TN / (TN + FP)`.
    """

    @staticmethod
    def ratio(counts: Counts) -> tuple[Tensor, Tensor]:
        return counts.true_negatives, counts.true_negatives + counts.false_positives


class F1(RatioMetric):
    """Harmonic mean of precision and recall.

    Formula: `2 TP / (2 TP + FP + FN)`.
    """

    @staticmethod
    def ratio(counts: Counts) -> tuple[Tensor, Tensor]:
        twice = 2 * counts.true_positives
        return twice, twice + counts.false_positives + counts.false_negatives
