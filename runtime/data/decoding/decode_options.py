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

    @classmethod
    def of(cls, data: Data) -> "DecodeOptions":
        """Return the options of a `data` section."""
        return cls(data.max_pixels, data.orientation == "exif")
