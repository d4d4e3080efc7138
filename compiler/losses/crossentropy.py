"""Cross-entropy losses."""

from typing import ClassVar

from ..layers.base import KerasCall
from .loss import Loss


class BinaryCrossentropy(Loss):
    """Negative log-likelihood of labels that are 0 or 1.

    Becomes `keras.losses.BinaryCrossentropy`.

    Formula: the mean over images of `-(y log(p) + (1 - y) log(1 - p))`, where y is the label and p the output. For
    multi-label classification it is also the mean over labels, for segmentation the mean over pixels and classes.

    Source: Goodfellow, Bengio and Courville, "Deep Learning" (2016), section 6.2.2.2.

    Example: `binary_crossentropy`
    """

    one_unit: ClassVar[str | None] = "sigmoid"
    unit_per_label: ClassVar[str | None] = "sigmoid"
    channel_per_class: ClassVar[str | None] = "sigmoid"

    def keras_call(self, units: int) -> KerasCall:
        del units
        return KerasCall("losses.BinaryCrossentropy", {})


class CategoricalCrossentropy(Loss):
    """Negative log-likelihood of the right class.

    Becomes `keras.losses.CategoricalCrossentropy`.

    Formula: the mean over images of `-log(p)`, where p is the output for the image's class. For segmentation it is also
    the mean over pixels.

    Source: Goodfellow, Bengio and Courville, "Deep Learning" (2016), section 6.2.2.3.

    Example: `categorical_crossentropy`
    """

    unit_per_class: ClassVar[str | None] = "softmax"
    background_channel: ClassVar[str | None] = "softmax"

    def keras_call(self, units: int) -> KerasCall:
        del units
        return KerasCall("losses.CategoricalCrossentropy", {})
