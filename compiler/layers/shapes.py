"""Pure arithmetic on shapes. A shape leaves the batch axis out and has the channels last: (height, width, channel)."""

from ...grammar.diagnostics.codes import Code

Shape = tuple[int, ...]


class ShapeError(Exception):
    """A layer cannot take the shape that reaches it; `argument` names the argument that is at odds, if one is."""

    def __init__(self, code: Code, message: str, help: str | None = None, argument: str | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.help, self.argument = code, message, help, argument


def text(shape: Shape) -> str:
    """`128x128x1`."""
    return "x".join(map(str, shape))


def size(shape: Shape) -> int:
    """The number of values in a tensor of this shape, for one sample."""
    product = 1
    for length in shape:
        product *= length
    return product


def spatial_rank(shape: Shape, word: str) -> int:
    """The number of axes before the channels, 1 to 3.

    Raises:
        ShapeError: if there are none, or more than three.
    """
    rank = len(shape) - 1
    if rank == 0:
        values = "a single value reaches" if shape == (1,) else f"{text(shape)} values in a row reach"
        message = f"`{word}` needs a length, or a height and a width, and {values} it"
        help = f"put `{word}` before what leaves a row, such as `flatten`, `dense` or a global pool"
        raise ShapeError(Code.WRONG_RANK, message, help)
    if rank > 3:
        raise ShapeError(Code.WRONG_RANK, f"`{word}` takes at most three axes besides the channels, not {rank}")
    return rank


def axes(rank: int) -> str:
    """`two axes`."""
    return {1: "one axis", 2: "two axes", 3: "three axes"}[rank]


def per_axis(lengths: int | tuple[int, ...], rank: int, argument: str) -> tuple[int, ...]:
    """A length for each of `rank` axes; a single one stands for all of them.

    Raises:
        ShapeError: if there is a length for another number of axes.
    """
    if isinstance(lengths, int):
        return (lengths,) * rank
    if len(lengths) != rank:
        message = f"`{argument}` is {text(lengths)}, and the tensor here has {axes(rank)} besides the channels"
        raise ShapeError(Code.WRONG_RANK, message, argument=argument)
    return lengths


def windows(length: int, window: int, stride: int, padding: str, dilation: int = 1) -> int:
    """How many windows fit along an axis; 0 or less if none does.

    `same` pads so that every stride-th position is the centre of a window: ceil(length / stride). `valid` does not
    pad: floor((length - extent) / stride) + 1, the extent being dilation * (window - 1) + 1. As in Dumoulin and
    Visin, "A guide to convolution arithmetic for deep learning" (2016).
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
    """The spatial lengths after a window, given with its argument's name, has slid over every axis of `shape`.

    Raises:
        ShapeError: if the window is larger than what reaches it.
    """
    argument, lengths = window
    along = zip(shape, lengths, stride, dilation or (1,) * len(stride), strict=False)
    result = tuple(windows(n, k, s, padding, d) for n, k, s, d in along)
    if min(result) < 1:
        covered = "" if not dilation or max(dilation) == 1 else f" with dilation {text(dilation)}"
        message = f"`{word}` of {text(lengths)}{covered} is larger than the {text(shape[:-1])} that reaches it"
        help = f"use a smaller {argument}, or `padding = same`, or fewer pools before"
        raise ShapeError(Code.TOO_SMALL, message, help, argument)
    return result
