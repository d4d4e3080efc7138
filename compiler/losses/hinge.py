"""Hinge losses."""

from typing import ClassVar

from ..layers.base import KerasCall
from .loss import ANY, Loss


class Hinge(Loss):
    """Distance of the output from the correct side of the margin, for two classes with the labels -1 and 1.

    Becomes `keras.losses.Hinge`.

    Formula: the mean over images of `max(0, 1 - y o)`, where y is the label and o the output.

    Source: Cortes and Vapnik, "Support-Vector Networks" (1995).

    Example: `hinge`
    """

    one_unit: ClassVar[str | None] = ANY
    binary_labels: ClassVar[tuple[int, int]] = (-1, 1)
    blends_labels: ClassVar[bool] = False

    def keras_call(self, units: int) -> KerasCall:
        del units
        return KerasCall("losses.Hinge", {})


class SquaredHinge(Loss):
    """The square of `hinge` for each image.

    Becomes `keras.losses.SquaredHinge`.

    Formula: the mean over images of `max(0, 1 - y o)^2`, where y is the label and o the output.

    Source: Tang, "Deep Learning using Linear Support Vector Machines" (2013).

    Example: `squared_hinge`
    """

    one_unit: ClassVar[str | None] = ANY
    binary_labels: ClassVar[tuple[int, int]] = (-1, 1)
    blends_labels: ClassVar[bool] = False

    def keras_call(self, units: int) -> KerasCall:
        del units
        return KerasCall("losses.SquaredHinge", {})


class CategoricalHinge(Loss):
    """The distance by which the output for the correct class fails to exceed every other output by 1.

    Becomes `keras.losses.CategoricalHinge`.

    Formula: the mean over images of `max(0, 1 + max(0, w) - r)`, where r is the output for the image's class and w the
    largest output for another class.

    Source: Crammer and Singer, "On the Algorithmic Implementation of Multiclass Kernel-based Vector Machines" (2001);
    the paper has w in place of max(0, w).

    Example: `categorical_hinge`
    """

    unit_per_class: ClassVar[str | None] = ANY
    blends_labels: ClassVar[bool] = False

    def keras_call(self, units: int) -> KerasCall:
        del units
        return KerasCall("losses.CategoricalHinge", {})
