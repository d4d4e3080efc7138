"""Augmentation of the training images."""

from typing import Annotated

from ...schema.arguments import SettingsGroup
from ...schema.choice import Choice
from ...schema.units import Percentage, PercentagePerAxis, Percentiles, RotationAngle, ShearAngle


class Augment(SettingsGroup):
    """The `augment` settings: random changes of the training images. All other images stay unchanged.

    Every amount is drawn anew for each image in each epoch. A mask is rotated, moved and scaled like its image.

    Arguments:
        rotation: the largest rotation angle, in either direction.
        shift: the largest shift, as a percentage of height and width. A pair gives height and width separately.
        zoom: the largest change of size, in either direction.
        shear: the largest shear angle, in either direction.
        flip: `horizontal` (half of the images are mirrored from left to right), `vertical` (half of the images are
            mirrored from top to bottom), `both`, or `none`.
        brightness: the largest change of brightness, as a percentage of the full range, in either direction.
        contrast: the largest change of contrast, in either direction.
        noise: standard deviation of Gaussian noise, as a percentage of the full range.
        intensity: two percentiles of an image's pixel values. The pixel values are scaled so that the two percentiles
            become the ends of the full range.
        fill: what fills the area outside the moved image: the edge pixels (`nearest`), the mirrored image (`reflect`),
            the opposite side of the image (`wrap`), or zeros (`constant`).

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
