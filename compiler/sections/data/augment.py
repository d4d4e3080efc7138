"""Augmentation of the training images."""

from typing import Annotated

from ...schema.arguments import SettingsGroup
from ...schema.choice import Choice
from ...schema.field_types import PlainNumber
from ...schema.units import Percentage, PercentagePerAxis, Percentiles, RotationAngle, ShearAngle

GEOMETRY = ("rotation", "shift", "shear", "zoom", "flip", "elastic")
"""The settings that move pixels, also those of the masks."""


class Augment(SettingsGroup):
    """The `augment` settings: random changes of the training images. All other images stay unchanged.

    Every amount is drawn anew for each image in each epoch; it depends only on `seed` in `train`, on the epoch and on
    the image. The changes are made in this order: rotation, shift, shear, zoom, flip and elastic with one
    interpolation, then blur, intensity, contrast, brightness, gamma, noise, erase, and last mixup. After a change of
    the pixel values, values outside the full range are clipped. The full range is the one that `window` gives, or else
    the range of the stored type.

    A mask is moved by the same geometry as its image, and each of its pixels takes the class of the nearest pixel.
    Outside, it goes on like the image; with `fill = constant` it is background there. All other settings leave masks as
    they are. In images with a depth, all slices are changed alike, in the plane of height and width.

    Arguments:
        rotation: the largest rotation angle, in either direction.
        shift: the largest shift, as a percentage of height and width. A pair gives height and width separately.
        zoom: the largest change of size, in either direction; height and width change together.
        shear: the largest shear angle, in either direction.
        flip: `horizontal` (half of the images are mirrored from left to right), `vertical` (half of the images are
            mirrored from top to bottom), `both`, or `none`.
        brightness: the largest change of brightness, as a percentage of the full range, in either direction.
        contrast: the largest change of contrast, in either direction.
        noise: standard deviation of Gaussian noise, as a percentage of the full range.
        gamma: the largest change of the exponent of the pixel values from 0 to 1: with 25% it is from 1 / 1.25 to 1.25.
        blur: the largest standard deviation of a Gaussian blur, as a percentage of the smaller side of the image.
        elastic: the largest displacement of a smooth random deformation, as a percentage of height and width.
        intensity: two percentiles of an image's pixel values. The pixel values are scaled so that the two percentiles
            become the ends of the full range.
        erase: the largest area of a rectangle that becomes black, as a percentage of the image. The area is uniform
            from 0 to this percentage, the ratio of the sides is between 0.3 and 1 / 0.3, and the rectangle lies inside
            the image. Zhong et al., "Random Erasing Data Augmentation" (2020); black as in DeVries and Taylor,
            "Improved Regularization of Convolutional Neural Networks with Cutout" (2017).
        mixup: alpha of the distribution Beta(alpha, alpha). Each image is blended with another image of the epoch:
            image * share + other * (1 - share), and so are its label and its weight of `balance`. The share is drawn
            from the distribution, and 1 - share is taken if it is larger; so the image has at least half. Both images
            are changed by the other settings first. The training figures of an epoch other than the loss count a
            blended image for its own class; in a regression they are those of the blended numbers. Not for masks, and
            not for hinge losses. Zhang et al., "mixup: Beyond Empirical Risk Minimization" (2018).
        fill: what fills the area outside the moved image: the edge pixels (`nearest`), the mirrored image (`reflect`),
            the opposite side of the image (`wrap`), or black (`constant`).

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
    gamma: Percentage | None = None
    blur: Percentage | None = None
    elastic: Percentage | None = None
    intensity: Percentiles | None = None
    erase: Percentage | None = None
    mixup: PlainNumber | None = None
    fill: Annotated[str, Choice(("nearest", "reflect", "wrap", "constant"))] = "nearest"

    @property
    def moves(self) -> bool:
        """Whether an image is rotated, shifted, zoomed, sheared, flipped or deformed."""
        shift = self.shift if isinstance(self.shift, tuple) else (self.shift,)
        angles = any(angle and angle.degrees for angle in (self.rotation, self.shear))
        return bool(angles or any(shift) or self.zoom or self.elastic or self.flip != "none")

    @property
    def changes_values(self) -> bool:
        """Whether pixel values change, apart from their places."""
        return bool(self.brightness or self.contrast or self.noise or self.gamma or self.blur or self.intensity)

    @property
    def is_active(self) -> bool:
        """Whether these settings change any image."""
        return bool(self.moves or self.changes_values or self.erase or self.mixup)
