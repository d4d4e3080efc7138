"""Shape arithmetic. A shape leaves out the batch axis and has the channels last: (height, width, channels)."""

from ...grammar.diagnostics.codes import Code

Shape = tuple[int, ...]


class ShapeError(Exception):
    """Raised if a layer does not accept its input's shape. `argument` names the argument that does not fit, if any."""

    def __init__(self, code: Code, message: str, help: str | None = None, argument: str | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.help, self.argument = code, message, help, argument


def text(shape: Shape) -> str:
    """Return the shape as the language writes it: `128x128x1`."""
    return "x".join(map(str, shape))


def size(shape: Shape) -> int:
    """Return the number of values in a tensor of this shape, for one sample."""
    product = 1
    for length in shape:
        product *= length
    return product


def spatial_rank(shape: Shape, word: str) -> int:
    """Return the number of axes besides the channels: 1, 2 or 3. Messages name the layer by its `word`.

    Raises:
        ShapeError: if there is no such axis, or if there are more than three.
    """
    rank = len(shape) - 1
    if rank == 0:
        values = "one value" if shape == (1,) else f"a vector of {text(shape)} values"
        message = f"the input of `{word}` must have a length, or a height and a width, but is {values}"
        help = f"place `{word}` before `flatten`, `dense` or a global pool"
        raise ShapeError(Code.WRONG_RANK, message, help)
    if rank > 3:
        raise ShapeError(
            Code.WRONG_RANK, f"`{word}` takes at most three axes besides the channels, but its input has {rank}"
        )
    return rank


def axes(rank: int) -> str:
    """Return the number of axes in words, for example `two axes`."""
    return {1: "one axis", 2: "two axes", 3: "three axes"}[rank]


def per_axis(lengths: int | tuple[int, ...], rank: int, argument: str) -> tuple[int, ...]:
    """Return a length for each of `rank` axes. A single integer is the length along all axes.

    Raises:
        ShapeError: if the number of lengths is not `rank`.
    """
    if isinstance(lengths, int):
        return (lengths,) * rank
    if len(lengths) != rank:
        message = f"`{argument}` is {text(lengths)}, but the input has {axes(rank)} besides the channels"
        help = f"write one number for all axes, for example `{argument} = {lengths[0]}`"
        raise ShapeError(Code.WRONG_RANK, message, help, argument=argument)
    return lengths


def windows(length: int, window: int, stride: int, padding: str, dilation: int = 1) -> int:
    """Return the number of window positions along an axis; 0 or less if the window does not fit.

    `same` pads the input, and the number is ceil(length / stride). `valid` does not pad, and the number is
    floor((length - extent) / stride) + 1, where extent = dilation * (window - 1) + 1. The formulas are those of
    Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016).
    """
    if padding == "same":
        return -(-length // stride)
    extent = dilation * (window - 1) + 1
    return (length - extent) // stride + 1


def slide(
    word: str,
    shape: Shape,
    window: tuple[str, tuple[int, ...]],
    stride: tuple[int, ...],
    padding: str,
    dilation: tuple[int, ...] | None = None,
) -> tuple[int, ...]:
    """Return the number of window positions along each axis of `shape` besides the channels.

    `window` has the name of the layer's argument, and the window's length along each axis.

    Raises:
        ShapeError: if the window is larger than the input.
    """
    argument, lengths = window
    along = zip(shape, lengths, stride, dilation or (1,) * len(stride), strict=False)
    result = tuple(windows(n, k, s, padding, d) for n, k, s, d in along)
    if min(result) < 1:
        dilated = "" if not dilation or max(dilation) == 1 else f" with dilation {text(dilation)}"
        message = f"`{word}` of {text(lengths)}{dilated} is larger than its input of {text(shape[:-1])}"
        help = f"use a smaller {argument}, or `padding = same`, or fewer pools before `{word}`"
        raise ShapeError(Code.TOO_SMALL, message, help, argument)
    return result
