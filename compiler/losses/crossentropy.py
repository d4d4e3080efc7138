"""Cross-entropy losses."""

from typing import ClassVar

from ..layers.base import KerasCall
from ..schema.field_types import NonNegativeFloat
from .loss import Loss


class BinaryCrossentropy(Loss):
    """Negative log-likelihood of labels that are 0 or 1.

    Becomes `keras.losses.BinaryCrossentropy`.

    Formula: the mean over images of `-(y log(p) + (1 - y) log(1 - p))`, y being the label and p the output. For masks
    it is the mean over pixels and classes too.

    Source: Goodfellow, Bengio and Courville, "Deep Learning" (2016), section 6.2.2.2.

    Example: `binary_crossentropy`
    """

    one_unit: ClassVar[str | None] = "sigmoid"
    channel_per_class: ClassVar[str | None] = "sigmoid"

    def keras_call(self, units: int) -> KerasCall:
        del units
        return KerasCall("losses.BinaryCrossentropy", {})


class CategoricalCrossentropy(Loss):
    """Negative log-likelihood of the right class.

    Becomes `keras.losses.CategoricalCrossentropy`.

    Formula: the mean over images of `-log(p)`, p being the output for the image's class. For masks it is the mean over
    pixels too.

    Source: Goodfellow, Bengio and Courville, "Deep Learning" (2016), section 6.2.2.3.

    Example: `categorical_crossentropy`
    """

    unit_per_class: ClassVar[str | None] = "softmax"
    background_channel: ClassVar[str | None] = "softmax"

    def keras_call(self, units: int) -> KerasCall:
        del units
        return KerasCall("losses.CategoricalCrossentropy", {})


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
