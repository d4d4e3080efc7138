"""Metrics of the confusion matrix."""

from ...grammar.value_class import value_class
from .metric import ArrayModule, ConfusionMetric, Tensor, divide


@value_class(slots=True)
class Counts:
    """The numbers of images (for segmentation: of pixels) with each outcome, one-vs-rest, with the axis (class,).

    For multi-label classification the axis is (label,): a positive image has the label.
    """

    true_positives: Tensor
    false_positives: Tensor
    false_negatives: Tensor
    true_negatives: Tensor

    @classmethod
    def of(cls, confusion: Tensor, xp: ArrayModule) -> "Counts":
        """Return the counts of a confusion matrix with the axes (truth, prediction)."""
        predicted, true = xp.sum(confusion, axis=0), xp.sum(confusion, axis=1)
        return cls.between(xp.diagonal(confusion), predicted, true, xp.sum(confusion))

    @classmethod
    def between(cls, both: Tensor, predicted: Tensor, true: Tensor, total: Tensor) -> "Counts":
        """Return the counts from the numbers of correct predictions, of predictions, of true ones, and of all."""
        return cls(both, predicted - both, true - both, total - predicted - true + both)

    def summed(self) -> "Counts":
        """Return the counts of all images together, from counts with the axes (image, class)."""
        each = (self.true_positives, self.false_positives, self.false_negatives, self.true_negatives)
        return Counts(*(one.sum(axis=0) for one in each))


class RatioMetric(ConfusionMetric):
    """A ratio of counts for each class.

    With two classes, class 1 is the positive class, and its ratio is the metric. With more classes, the metric is the
    mean of the ratios of all classes ("macro average"). For multi-label classification, the metric is the mean of the
    ratios of all labels.
    """

    @staticmethod
    def ratio(counts: Counts) -> tuple[Tensor, Tensor]:
        """Return the numerator and the denominator of the ratio, each with the axis (class,)."""
        raise NotImplementedError

    @classmethod
    def per_class(cls, counts: Counts, xp: ArrayModule) -> Tensor:
        """Return the metric of each class, one-vs-rest, with the axis (class,)."""
        return divide(*cls.ratio(counts), cls.undefined, xp)

    @classmethod
    def of(cls, confusion: Tensor, xp: ArrayModule) -> Tensor:
        values = cls.per_class(Counts.of(confusion, xp), xp)
        return values[1] if values.shape[0] == 2 else xp.mean(values)

    @classmethod
    def of_labels(cls, counts: Counts, xp: ArrayModule) -> Tensor:
        """Return the metric of a multi-label classification: the mean over the labels, a number without axes."""
        return xp.mean(cls.per_class(counts, xp))


class Accuracy(RatioMetric):
    """Share of the images whose predicted class is correct.

    Formula: the number of correct predictions divided by the number of images; for segmentation, of pixels. For
    multi-label classification, the share of correct decisions among all images and labels, `(TP + TN) / N` for each
    label: rare labels make it high even if nothing is found.
    """

    @staticmethod
    def ratio(counts: Counts) -> tuple[Tensor, Tensor]:
        right = counts.true_positives + counts.true_negatives
        return right, right + counts.false_positives + counts.false_negatives

    @classmethod
    def of(cls, confusion: Tensor, xp: ArrayModule) -> Tensor:
        return divide(xp.sum(xp.diagonal(confusion)), xp.sum(confusion), cls.undefined, xp)


class Precision(RatioMetric):
    """Share of correct predictions among the images predicted as a class; also known as positive predictive value.

    Formula: `TP / (TP + FP)`.
    """

    @staticmethod
    def ratio(counts: Counts) -> tuple[Tensor, Tensor]:
        return counts.true_positives, counts.true_positives + counts.false_positives


class Recall(RatioMetric):
    """Share of the images of a class that are predicted as this class; also known as sensitivity.

    Formula: `TP / (TP + FN)`.
    """

    @staticmethod
    def ratio(counts: Counts) -> tuple[Tensor, Tensor]:
        return counts.true_positives, counts.true_positives + counts.false_negatives


class Specificity(RatioMetric):
    """Among the images that do not belong to a class: the share that are not predicted as this class.

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
