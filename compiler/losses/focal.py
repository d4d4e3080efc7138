"""Focal loss."""

from typing import ClassVar

from ..layers.base import KerasCall
from ..schema.field_types import NonNegativeFloat
from .loss import Loss


class Focal(Loss):
    """Cross-entropy that gives less weight to images that the model already classifies well.

    Becomes `keras.losses.BinaryFocalCrossentropy` with one unit and for multi-label classification, else
    `keras.losses.CategoricalFocalCrossentropy` with `alpha = 1`.

    Formula: the mean over images of `-(1 - p)^gamma log(p)`, where p is the output for the image's class. For
    multi-label classification it is also the mean over labels, and p is the output for the label, or 1 minus the output
    without the label. For segmentation it is also the mean over pixels, and with `sigmoid` the mean over classes.

    Source: Lin et al., "Focal Loss for Dense Object Detection" (2017), equation 4.

    Arguments:
        gamma: the larger it is, the less weight these images get; with 0 the loss is cross-entropy.

    Example: `focal(2)`
    """

    one_unit: ClassVar[str | None] = "sigmoid"
    unit_per_class: ClassVar[str | None] = "softmax"
    unit_per_label: ClassVar[str | None] = "sigmoid"
    channel_per_class: ClassVar[str | None] = "sigmoid"
    background_channel: ClassVar[str | None] = "softmax"

    gamma: NonNegativeFloat = 2.0

    def keras_call(self, units: int) -> KerasCall:
        if units == 1:
            return KerasCall("losses.BinaryFocalCrossentropy", {"gamma": self.gamma})
        # With Keras's default `alpha = 0.25`, the loss at `gamma = 0` would be a quarter of cross-entropy.
        return KerasCall("losses.CategoricalFocalCrossentropy", {"alpha": 1.0, "gamma": self.gamma})
