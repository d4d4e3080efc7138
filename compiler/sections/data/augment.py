"""Augmentation of the training images."""

from typing import Annotated

from ...schema.arguments import SettingsGroup
from ...schema.choice import Choice
from ...schema.units import Percentage, PercentagePerAxis, Percentiles, RotationAngle, ShearAngle


class Augment(SettingsGroup):
    """The `augment` settings: how training images vary from epoch to epoch; other images stay as they are.

    Every amount is drawn anew for each image. A mask gets the same geometry as its image.

    Arguments:
        rotation: the largest rotation angle, in either direction.
        shift: the largest shift, as a percentage of height and width; a pair gives height and width separately.
        zoom: the largest change of size, in either direction.
        shear: the largest shear angle, in either direction.
        flip: `horizontal` (half of the images are mirrored, left to right), `vertical` (upside down), or `both`.
        brightness: the largest change of brightness, as a percentage of the full range, in either direction.
        contrast: the largest change of contrast, in either direction.
        noise: standard deviation of Gaussian noise, as a percentage of the full range.
        intensity: two percentiles of an image's values, which become the ends of its range.
        fill: what fills the area outside of the moved image: its edge (`nearest`), its mirror image (`reflect`), its
            opposite side (`wrap`), or zero (`constant`).

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
