"""Dropout and noise, while training only."""

from typing import Annotated

from pydantic import Field

from ..schema.field_types import NotNegative, Rate
from .base import KerasCall, Layer
from .shapes import Shape, spatial_rank


class Dropout(Layer):
    """Dropout: while training, sets a share of the values to 0 at random and scales up the rest.

    Becomes `keras.layers.Dropout`. Srivastava et al., "Dropout" (2014).

    Arguments:
        rate: the share that is dropped, from 0 to below 1.

    Input: any shape. Output: the same.

    Example: `dense(64, relu) -> dropout(0.4)`
    """

    rate: Rate

    def keras(self, shape: Shape) -> KerasCall:
        del shape
        return KerasCall("layers.Dropout", {"rate": self.rate})


class SpatialDropout(Layer):
    """Spatial dropout: while training, sets whole channels to 0 at random and scales up the rest.

    Becomes `keras.layers.SpatialDropout1D`, `SpatialDropout2D` or `SpatialDropout3D`. Neighbouring values of a
    channel are alike, so that dropping single ones regularises little; Tompson et al. (2015).

    Arguments:
        rate: the share of channels that is dropped, from 0 to below 1.

    Input: height x width x channels. Output: the same.

    Example: `conv(32, 3x3, relu) -> spatial_dropout(0.1)`
    """

    rate: Rate

    def output(self, shape: Shape) -> Shape:
        spatial_rank(shape, "spatial_dropout")
        return shape

    def keras(self, shape: Shape) -> KerasCall:
        return KerasCall(f"layers.SpatialDropout{len(shape) - 1}D", {"rate": self.rate})


class GaussianNoise(Layer):
    """Gaussian noise: while training, adds a normally distributed random number to each value.

    Becomes `keras.layers.GaussianNoise`.

    Arguments:
        stddev: the standard deviation of the noise, from 0 to 1.

    Input: any shape. Output: the same.

    Example: `gaussian_noise(0.05)`
    """

    stddev: Annotated[NotNegative, Field(le=1)]

    def activates(self) -> str | None:
        return "linear"  # noise leaves the range that an activation before it gave

    def keras(self, shape: Shape) -> KerasCall:
        del shape
        return KerasCall("layers.GaussianNoise", {"stddev": self.stddev})
