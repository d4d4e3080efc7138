"""How image files are decoded: the settings of `data` that decide about it."""

from dataclasses import dataclass

from ....compiler.sections import Data


@dataclass(frozen=True)
class DecodeOptions:
    """The settings for decoding an image file."""

    max_pixels: int = 200_000_000
    """The largest number of pixels of an image. A larger image is not decoded."""
    upright: bool = True
    """Whether an image is turned as its EXIF or TIFF tag says."""
    axes: int = 2
    """The number of axes without the channels: 2 for height and width, 3 for a volume with depth, height and width."""

    @classmethod
    def of(cls, data: Data) -> "DecodeOptions":
        """Return the options of a `data` section."""
        return cls(data.max_pixels, data.orientation == "exif", len(data.image) - 1)
