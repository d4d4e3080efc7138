"""The limits of an image file. They bound the memory that decoding it needs."""

MAX_PIXELS = 178_956_970  # the limit of Pillow; Pillow needs up to 4 bytes for each pixel, in all 0.7 GB
MAX_SIDE = 100_000  # pixels; the matrix of weights that resizes an axis has a column for each pixel of the axis
MAX_BYTES = 2**30  # bytes of the file, and of the pixels in a TIFF file


class NotAnImage(ValueError):
    """Raised for a file that does not contain exactly one image within the limits. The text is the reason."""


def check_axes(shape: tuple[int, ...]) -> None:
    """Check the axes of the values in a file.

    Raises:
        NotAnImage: if they are not (height, width), or (height, width, channel) with 1 to 4 channels.
    """
    if len(shape) not in (2, 3) or (len(shape) == 3 and not 1 <= shape[2] <= 4):
        axes = "x".join(map(str, shape))
        raise NotAnImage(f"an image must have a height, a width and 1 to 4 channels, but the file has {axes} values")


def check_size(height: int, width: int) -> None:
    """Check the size of an image before it is decoded.

    Raises:
        NotAnImage: if the image has no pixels or too many.
    """
    if height < 1 or width < 1:
        raise NotAnImage("it has no pixels")
    if height * width > MAX_PIXELS:
        raise NotAnImage(f"it has {width}x{height} pixels, but an image may have at most {MAX_PIXELS:,} pixels")
    if max(height, width) > MAX_SIDE:
        raise NotAnImage(f"it has {width}x{height} pixels, but a side may have at most {MAX_SIDE:,} pixels")


def check_bytes(count: int, what: str) -> None:
    """Check the number of bytes of a file or of its pixels; `what` is the subject of the message.

    Raises:
        NotAnImage: if there are too many bytes.
    """
    if count > MAX_BYTES:
        raise NotAnImage(f"{what} {count / MAX_BYTES:.1f} GiB, but labc reads at most 1 GiB")
