"""The losses of segmentation in Keras."""

from collections.abc import Callable, Sequence
from typing import Any

import keras
from keras import ops

from ....compiler.backends.keras import make
from ....compiler.losses import Loss, OverlapLoss
from .task import Tensor


class MaskLoss(keras.losses.Loss):  # type: ignore[misc]
    """The loss of masks: the mean over the images of the loss of each image, whose labels are class numbers."""

    def __init__(self, loss: Loss, scored: Sequence[int], units: int, channels_of: Callable[[Tensor], Tensor]) -> None:
        """Take a loss; one of an overlap is about the channels `scored`.

        `units`: the number of channels if they exclude each other, else 1. `channels_of` makes channels of numbers.
        """
        super().__init__(name=loss.word())
        self.loss, self.scored, self.channels_of = loss, scored, channels_of
        self.pixel_loss: Any = None if isinstance(loss, OverlapLoss) else make(loss.keras_call(units))

    def call(self, y_true: Tensor, y_pred: Tensor) -> Tensor:
        """Return the loss of each image (image,): class numbers (image, …), outputs (image, …, unit)."""
        truth = self.channels_of(y_true)
        if isinstance(self.loss, OverlapLoss):
            truth, outputs = (ops.take(one, self.scored, axis=-1) for one in (truth, y_pred))
            return self.loss.of_masks(truth, outputs, ops)
        losses = self.pixel_loss.call(truth, y_pred)
        return ops.mean(losses, axis=tuple(range(1, len(losses.shape))))
