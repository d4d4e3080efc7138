"""Regression losses."""

from typing import ClassVar

from ..layers.base import KerasCall
from ..schema.field_types import PositiveFloat
from .loss import ANY, Loss


class Mse(Loss):
    """Mean squared error.

    Becomes `keras.losses.MeanSquaredError`.

    Formula: the mean over images and units of `(y - o)^2`, where y is the label, or the number of a regression, and o
    the output. For segmentation it is the mean over images, pixels and channels.

    Example: `mse`
    """

    one_unit: ClassVar[str | None] = ANY
    unit_per_class: ClassVar[str | None] = ANY
    unit_per_label: ClassVar[str | None] = "sigmoid"
    number: ClassVar[str | None] = ANY
    channel_per_class: ClassVar[str | None] = ANY
    background_channel: ClassVar[str | None] = ANY

    def keras_call(self, units: int) -> KerasCall:
        del units
        return KerasCall("losses.MeanSquaredError", {})


class Mae(Loss):
    """Mean absolute error.

    Becomes `keras.losses.MeanAbsoluteError`.

    Formula: the mean over images and units of `|y - o|`, where y is the label, or the number of a regression, and o
    the output. For segmentation it is the mean over images, pixels and channels.

    Example: `mae`
    """

    one_unit: ClassVar[str | None] = ANY
    unit_per_class: ClassVar[str | None] = ANY
    unit_per_label: ClassVar[str | None] = "sigmoid"
    number: ClassVar[str | None] = ANY
    channel_per_class: ClassVar[str | None] = ANY
    background_channel: ClassVar[str | None] = ANY

    def keras_call(self, units: int) -> KerasCall:
        del units
        return KerasCall("losses.MeanAbsoluteError", {})


class Huber(Loss):
    """Squared error for small errors, absolute error for large ones: outliers count less than with `mse`.

    Becomes `keras.losses.Huber`.

    Formula: the mean over images of `e^2 / 2` where `|e|` is at most `delta`, and `delta |e| - delta^2 / 2` elsewhere,
    where e is the output minus the number.

    Source: Huber, "Robust Estimation of a Location Parameter" (1964).

    Arguments:
        delta: the error at which the loss becomes linear, in the unit of the target.

    Example: `huber(delta = 1)`
    """

    number: ClassVar[str | None] = ANY

    delta: PositiveFloat = 1.0

    def keras_call(self, units: int) -> KerasCall:
        del units
        return KerasCall("losses.Huber", {"delta": self.delta})
