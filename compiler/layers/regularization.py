"""Dropout and noise, during training only."""

from typing import Annotated, ClassVar

from pydantic import Field

from ..schema.field_types import NonNegativeFloat, Rate
from .base import KerasArgument, Layer
from .shapes import Shape, spatial_rank


class Dropout(Layer):
    """Dropout: during training, sets a fraction of the values to 0 at random and scales up the others.

    Becomes `keras.layers.Dropout`. Srivastava et al., "Dropout" (2014).

    Arguments:
        rate: the fraction of values that are dropped, from 0 to below 1.

    Input: any shape. Output: the same shape.

    Example: `dense(64, relu) -> dropout(0.4)`
    """

    keras_class: ClassVar[str] = "Dropout"

    rate: Rate

    def keras_arguments(self, shape: Shape) -> dict[str, KerasArgument]:
        del shape
        return {"rate": self.rate}


class SpatialDropout(Layer):
    """Spatial dropout: during training, sets whole channels to 0 at random and scales up the others.

    Becomes `keras.layers.SpatialDropout1D`, `SpatialDropout2D` or `SpatialDropout3D`. Neighbouring values of a
    channel are correlated, so dropping single values has little effect; Tompson et al. (2015).

    Arguments:
        rate: the fraction of channels that are dropped, from 0 to below 1.

    Input: height x width x channels. Output: the same shape.

    Example: `conv(32, 3x3, relu) -> spatial_dropout(0.1)`
    """

    keras_class: ClassVar[str] = "SpatialDropout{rank}D"

    rate: Rate

    def output(self, shape: Shape) -> Shape:
        spatial_rank(shape, "spatial_dropout")
        return shape

    def keras_arguments(self, shape: Shape) -> dict[str, KerasArgument]:
        del shape
        return {"rate": self.rate}


class GaussianNoise(Layer):
    """Gaussian noise: during training, adds a normally distributed random number to each value.

    Becomes `keras.layers.GaussianNoise`.

    Arguments:
        stddev: the standard deviation of the noise, from 0 to 1.

    Input: any shape. Output: the same shape.

    Example: `gaussian_noise(0.05)`
    """

    keras_class: ClassVar[str] = "GaussianNoise"

    stddev: Annotated[NonNegativeFloat, Field(le=1)]

    def output_activation(self) -> str | None:
        return "linear"  # the noise takes values out of the range of an earlier activation

    def keras_arguments(self, shape: Shape) -> dict[str, KerasArgument]:
        del shape
        return {"stddev": self.stddev}
