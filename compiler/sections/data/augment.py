"""Augmentation of the training images."""

from typing import Annotated

from ...schema.arguments import SettingsGroup
from ...schema.field_types import Choice
from ...schema.units import Percentage, PercentagePerAxis, Percentiles, RotationAngle, ShearAngle


class Augment(SettingsGroup):
    """The `augment` settings: how training images vary from epoch to epoch; other images are left alone.

    What is left out is not done. Every amount is drawn anew for each image. A mask gets the geometry of its image.

    Arguments:
        rotation: the largest angle by which an image is turned, to either side.
        shift: the largest share of the height and the width by which it is moved; a pair is for height and width.
        zoom: the largest share by which it is made larger or smaller.
        shear: the largest angle by which it is slanted, to either side.
        flip: `horizontal` (half of the images are mirrored, left to right), `vertical` (upside down), or `both`.
        brightness: the largest share of the full range that is added or taken away.
        contrast: the largest share by which the contrast is raised or lowered.
        noise: standard deviation of Gaussian noise, as a share of the full range.
        intensity: two percentiles of an image's values, which become the ends of its range.
        fill: what comes in where an image was moved away: its edge (`nearest`), its mirror image (`reflect`), its other
            end (`wrap`), or zero (`constant`).

    Example: `augment { rotation = 10deg  shift = (5%, 10%)  flip = horizontal }`
    """

    rotation: RotationAngle | None = None
    shift: PercentagePerAxis | None = None
    zoom: Percentage | None = None
    shear: ShearAngle | None = None
    flip: Annotated[str, Choice(("horizontal", "vertical", "both", "none"))] = "none"
    brightness: Percentage | None = None
    contrast: Percentage | None = None
    noise: Percentage | None = None
    intensity: Percentiles | None = None
    fill: Annotated[str, Choice(("nearest", "reflect", "wrap", "constant"))] = "nearest"
