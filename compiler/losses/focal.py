"""Focal loss."""

from typing import ClassVar

from ..layers.base import KerasCall
from ..schema.field_types import NonNegativeFloat
from .loss import Loss


class Focal(Loss):
    """Cross-entropy that gives less weight to images that are classified well.

    Becomes `keras.losses.BinaryFocalCrossentropy` with one unit, else `keras.losses.CategoricalFocalCrossentropy` with
    `alpha = 1`.

    Formula: the mean over images of `-(1 - p)^gamma log(p)`, p being the output for the image's class. For masks it is
    the mean over pixels, and with `sigmoid` over classes, too.

    Source: Lin et al., "Focal Loss for Dense Object Detection" (2017), equation 4.

    Arguments:
        gamma: how much less weight; with 0 it is cross-entropy.

    Example: `focal(2)`
    """

    one_unit: ClassVar[str | None] = "sigmoid"
    unit_per_class: ClassVar[str | None] = "softmax"
    channel_per_class: ClassVar[str | None] = "sigmoid"
    background_channel: ClassVar[str | None] = "softmax"

    gamma: NonNegativeFloat = 2.0

    def keras_call(self, units: int) -> KerasCall:
        if units == 1:
            return KerasCall("losses.BinaryFocalCrossentropy", {"gamma": self.gamma})
        # Keras's default of alpha, 0.25, would make it a quarter of cross-entropy at gamma 0.
        return KerasCall("losses.CategoricalFocalCrossentropy", {"alpha": 1.0, "gamma": self.gamma})
