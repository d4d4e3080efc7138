"""Segmentation losses of the overlap of two masks."""

from typing import ClassVar

from ..metrics.metric import ArrayModule, Tensor
from ..schema.field_types import NonNegativeFloat
from .loss import Loss

SMOOTHING = 0.5
"""Pixels that are added to the numerator and the denominator of an index. In the Dice index, it is one pixel."""

EPSILON = 1e-7  # as in Keras: the logarithm of 0 is infinite


class OverlapLoss(Loss):
    """A loss that decreases with the overlap of two masks."""

    def of_masks(self, truth: Tensor, outputs: Tensor, xp: ArrayModule) -> Tensor:
        """Return the loss of each image (image,).

        Input: masks of 0 and 1, and the outputs of the model for the same classes, both (image, …, class); `xp`,
        `numpy` or `keras.ops`.
        """
        raise NotImplementedError


def tversky_index(truth: Tensor, outputs: Tensor, alpha: float, beta: float, xp: ArrayModule) -> Tensor:
    """Return the index (image, class) of masks (image, …, class); the sums are over the pixels of each image."""
    pixels = tuple(range(1, len(truth.shape) - 1))
    both = xp.sum(truth * outputs, axis=pixels)
    false_positives = xp.sum(outputs, axis=pixels) - both
    false_negatives = xp.sum(truth, axis=pixels) - both
    return (both + SMOOTHING) / (both + alpha * false_positives + beta * false_negatives + SMOOTHING)


def _missing(index: Tensor, xp: ArrayModule) -> Tensor:
    """Return 1 minus the mean of an index over the classes: (image, class) -> (image,)."""
    return 1 - xp.mean(index, axis=-1)


class Dice(OverlapLoss):
    """1 minus the Dice index of two masks.

    Formula: `1 - (2 sum(y p) + 1) / (sum(y) + sum(p) + 1)`, where the sums are over the pixels of an image, y is the
    mask and p the output; the mean over the classes and the images. A channel for the background does not count. With
    the added 1, an image without the class has the loss 0 if nothing is marked.

    Source: Milletari et al., "V-Net" (2016), whose denominator has squares; Sudre et al., "Generalised Dice overlap as
    a deep learning loss function for highly unbalanced segmentations" (2017).

    Example: `dice`
    """

    channel_per_class: ClassVar[str | None] = "sigmoid"
    background_channel: ClassVar[str | None] = "softmax"

    def of_masks(self, truth: Tensor, outputs: Tensor, xp: ArrayModule) -> Tensor:
        return _missing(tversky_index(truth, outputs, 0.5, 0.5, xp), xp)


class BceDice(OverlapLoss):
    """The sum of `binary_crossentropy` and `dice`.

    Formula: `-mean(y log(p) + (1 - y) log(1 - p))` plus the formula of `dice`, where the mean is over the pixels and
    classes, y is the mask and p the output; the mean over the images.

    Source: Isensee et al., "nnU-Net" (2021), which adds cross-entropy and Dice in this way.

    Example: `bce_dice`
    """

    channel_per_class: ClassVar[str | None] = "sigmoid"

    def of_masks(self, truth: Tensor, outputs: Tensor, xp: ArrayModule) -> Tensor:
        p = xp.clip(outputs, EPSILON, 1 - EPSILON)
        logs = truth * xp.log(p) + (1 - truth) * xp.log(1 - p)
        return Dice().of_masks(truth, outputs, xp) - xp.mean(logs, axis=tuple(range(1, len(truth.shape))))


class Jaccard(OverlapLoss):
    """1 minus the Jaccard index of two masks. The index is the overlap of the masks divided by their union.

    Formula: `1 - (sum(y p) + 0.5) / (sum(y) + sum(p) - sum(y p) + 0.5)`, where the sums are over the pixels of an
    image, y is the mask and p the output; the mean over the classes and the images. A channel for the background does
    not count.

    Source: Rahman and Wang, "Optimizing Intersection-Over-Union in Deep Neural Networks for Image Segmentation" (2016).

    Example: `jaccard`
    """

    channel_per_class: ClassVar[str | None] = "sigmoid"
    background_channel: ClassVar[str | None] = "softmax"

    def of_masks(self, truth: Tensor, outputs: Tensor, xp: ArrayModule) -> Tensor:
        return _missing(tversky_index(truth, outputs, 1.0, 1.0, xp), xp)


class Tversky(OverlapLoss):
    """1 minus the Tversky index of two masks. The index has a weight for false positives and one for false negatives.

    Formula: `1 - (t + 0.5) / (t + alpha f + beta m + 0.5)`, where t = sum(y p), f = sum((1 - y) p) and
    m = sum(y (1 - p)). The sums are over the pixels of an image, y is the mask and p the output; the mean over the
    classes and the images. A channel for the background does not count. The loss equals `dice` if both weights are 0.5,
    and `jaccard` if both are 1.

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

    def of_masks(self, truth: Tensor, outputs: Tensor, xp: ArrayModule) -> Tensor:
        return _missing(tversky_index(truth, outputs, self.alpha, self.beta, xp), xp)
