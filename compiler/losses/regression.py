"""Regression losses."""

from typing import ClassVar

from ..layers.base import KerasCall
from .loss import ANY, Loss


class Mse(Loss):
    """Mean squared error.

    Becomes `keras.losses.MeanSquaredError`.

    Formula: the mean over images and units of `(y - o)^2`, where y is the label and o the output. For segmentation it
    is the mean over images, pixels and channels.

    Example: `mse`
    """

    one_unit: ClassVar[str | None] = ANY
    unit_per_class: ClassVar[str | None] = ANY
    channel_per_class: ClassVar[str | None] = ANY
    background_channel: ClassVar[str | None] = ANY

    def keras_call(self, units: int) -> KerasCall:
        del units
        return KerasCall("losses.MeanSquaredError", {})


class Mae(Loss):
    """Mean absolute error.

    Becomes `keras.losses.MeanAbsoluteError`.

    Formula: the mean over images and units of `|y - o|`, where y is the label and o the output. For segmentation it is
    the mean over images, pixels and channels.

    Example: `mae`
    """

    one_unit: ClassVar[str | None] = ANY
    unit_per_class: ClassVar[str | None] = ANY
    channel_per_class: ClassVar[str | None] = ANY
    background_channel: ClassVar[str | None] = ANY

    def keras_call(self, units: int) -> KerasCall:
        del units
        return KerasCall("losses.MeanAbsoluteError", {})
