"""Segmentation losses."""

from typing import ClassVar

from ..schema.field_types import NonNegativeFloat
from .loss import Loss


class Dice(Loss):
    """1 minus the Dice index of two masks.

    Formula: `1 - 2 sum(y p) / (sum(y) + sum(p))`, where the sums are over pixels, y is the mask and p the output.

    Source: Milletari et al., "V-Net" (2016), whose denominator has squares; Sudre et al., "Generalised Dice overlap as
    a deep learning loss function for highly unbalanced segmentations" (2017).

    Example: `dice`
    """

    channel_per_class: ClassVar[str | None] = "sigmoid"
    background_channel: ClassVar[str | None] = "softmax"


class BceDice(Loss):
    """The sum of `binary_crossentropy` and `dice`.

    Formula: `-mean(y log(p) + (1 - y) log(1 - p)) + 1 - 2 sum(y p) / (sum(y) + sum(p))`, where the mean and the sums
    are over pixels, y is the mask and p the output.

    Source: Isensee et al., "nnU-Net" (2021), which adds cross-entropy and Dice in this way.

    Example: `bce_dice`
    """

    channel_per_class: ClassVar[str | None] = "sigmoid"


class Jaccard(Loss):
    """1 minus the Jaccard index of two masks. The index is the overlap of the masks divided by their union.

    Formula: `1 - sum(y p) / (sum(y) + sum(p) - sum(y p))`, where the sums are over pixels, y is the mask and p the
    output.

    Source: Rahman and Wang, "Optimizing Intersection-Over-Union in Deep Neural Networks for Image Segmentation" (2016).

    Example: `jaccard`
    """

    channel_per_class: ClassVar[str | None] = "sigmoid"
    background_channel: ClassVar[str | None] = "softmax"


class Tversky(Loss):
    """1 minus the Tversky index of two masks. The index has a weight for false positives and one for false negatives.

    Formula: `1 - t / (t + alpha f + beta m)`, where t = sum(y p), f = sum((1 - y) p) and m = sum(y (1 - p)). The sums
    are over pixels, y is the mask and p the output. The loss equals `dice` if both weights are 0.5, and `jaccard` if
    both are 1.

    Source: Salehi et al., "Tversky loss function for image segmentation using 3D fully convolutional deep networks"
    (2017).

    Arguments:
        alpha: weight of the false positives.
        beta: weight of the false negatives.

    Example: `tversky(alpha = 0.3, beta = 0.7)`
    """

    positional: ClassVar[int] = 2
    channel_per_class: ClassVar[str | None] = "sigmoid"
    background_channel: ClassVar[str | None] = "softmax"

    alpha: NonNegativeFloat = 0.5
    beta: NonNegativeFloat = 0.5
