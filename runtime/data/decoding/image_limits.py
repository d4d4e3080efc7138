"""The limits of an image file. They bound the memory that decoding it needs."""

from math import prod

MAX_SIDE = 100_000  # pixels; the matrix of weights that resizes an axis has a column for each pixel of the axis
MAX_BYTES = 2**30  # bytes of the file, and of the pixels in a file that is not decoded in parts


class NotAnImage(ValueError):
    """Raised for a file that does not contain exactly one image within the limits. The text is the reason."""

    def __init__(self, reason: str, help: str | None = None) -> None:
        """Take the reason; `help` says what to do about it, if it is not the file that is wrong."""
        super().__init__(reason)
        self.help = help


VOLUMES = "for volumes, write `image` as depth x height x width x channels"
"""What to do about volumes where `image` has no depth."""


def a_picture(start: str = "") -> NotAnImage:
    """Return the error for a picture where the experiment needs volumes. `start` is the beginning of the reason."""
    help = "for pictures, write `image` as height x width x channels"
    return NotAnImage(f"{start}it is one picture without depth, but `image` in `data` has a depth", help)


def a_volume(what: str) -> NotAnImage:
    """Return the error for a volume where the experiment needs pictures; `what` is its size, for example `9 frames`."""
    return NotAnImage(f"it has {what}, but `image` in `data` has no depth", VOLUMES)


def check_axes(shape: tuple[int, ...], axes: int = 2) -> None:
    """Check the axes of decoded pixels.

    Raises:
        NotAnImage: if they are not (height, width), or (height, width, channel) with 1 or 3 channels. With 3 `axes`,
            the depth must come before the height.
    """
    if len(shape) not in (axes, axes + 1):
        found = "x".join(map(str, shape))
        sides = "a height, a width" if axes == 2 else "a depth, a height, a width"
        raise NotAnImage(f"an image must have {sides} and 1 or 3 channels, but the file has {found} values")
    if len(shape) == axes + 1 and shape[-1] not in (1, 3):
        count = f"{shape[-1]} channels"
        depth = "" if axes == 3 or shape[-1] < 5 else "; for volumes, `image` in `data` has a depth"
        raise NotAnImage(f"it has {count}, but an image must have 1 (grey) or 3 (red, green, blue){depth}")


def check_size(sides: tuple[int, ...], most: int) -> None:
    """Check the size of an image before it is decoded. `most` is the largest number of pixels.

    Input: `sides`, (height, width) or (depth, height, width).

    Raises:
        NotAnImage: if the image has no pixels or too many.
    """
    if min(sides) < 1:
        raise NotAnImage("it has no pixels")
    size = "x".join(map(str, sides[::-1] if len(sides) == 2 else sides))
    if prod(sides) > most:
        raise NotAnImage(f"it has {size} pixels, more than `max_pixels` in `data` allows ({most:,})")
    if max(sides) > MAX_SIDE:
        raise NotAnImage(f"it has {size} pixels, but a side may have at most {MAX_SIDE:,} pixels")


def check_bytes(count: int, what: str) -> None:
    """Check the number of bytes of a file or of its pixels; `what` is the subject of the message.

    Raises:
        NotAnImage: if there are too many bytes.
    """
    if count > MAX_BYTES:
        raise NotAnImage(f"{what} {count / MAX_BYTES:.1f} GiB, but labc reads at most 1 GiB")
