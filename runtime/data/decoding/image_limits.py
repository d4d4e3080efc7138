"""The limits of an image file. They bound the memory that decoding it needs."""

MAX_SIDE = 100_000  # pixels; the matrix of weights that resizes an axis has a column for each pixel of the axis
MAX_BYTES = 2**30  # bytes of the file, and of the pixels in a TIFF file


class NotAnImage(ValueError):
    """Raised for a file that does not contain exactly one image within the limits. The text is the reason."""


def check_axes(shape: tuple[int, ...]) -> None:
    """Check the axes of decoded pixels.

    Raises:
        NotAnImage: if they are not (height, width), or (height, width, channel) with 1 or 3 channels.
    """
    if len(shape) not in (2, 3):
        axes = "x".join(map(str, shape))
        raise NotAnImage(f"an image must have a height, a width and 1 or 3 channels, but the file has {axes} values")
    if len(shape) == 3 and shape[2] not in (1, 3):
        count = f"{shape[2]} channels"
        raise NotAnImage(f"it has {count}, but an image must have 1 (grey) or 3 (red, green, blue)")


def check_size(height: int, width: int, most: int) -> None:
    """Check the size of an image before it is decoded. `most` is the largest number of pixels.

    Raises:
        NotAnImage: if the image has no pixels or too many.
    """
    if height < 1 or width < 1:
        raise NotAnImage("it has no pixels")
    if height * width > most:
        raise NotAnImage(f"it has {width}x{height} pixels, more than `max_pixels` in `data` allows ({most:,})")
    if max(height, width) > MAX_SIDE:
        raise NotAnImage(f"it has {width}x{height} pixels, but a side may have at most {MAX_SIDE:,} pixels")


def check_bytes(count: int, what: str) -> None:
    """Check the number of bytes of a file or of its pixels; `what` is the subject of the message.

    Raises:
        NotAnImage: if there are too many bytes.
    """
    if count > MAX_BYTES:
        raise NotAnImage(f"{what} {count / MAX_BYTES:.1f} GiB, but labc reads at most 1 GiB")
