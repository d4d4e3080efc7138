"""Upsampling, padding and cropping."""

from typing import Annotated, ClassVar

from ...grammar.diagnostics.codes import Code
from ..schema.choice import Choice
from ..schema.field_types import Amounts, Lengths
from .base import KerasArgument, Layer
from .shapes import Shape, ShapeError, axes, per_axis, spatial_rank, text

Pair = tuple[int, int]


class Upsample(Layer):
    """Upsampling: multiplies height and width by an integer, without weights.

    Becomes `keras.layers.UpSampling1D`, `UpSampling2D` or `UpSampling3D`. With a `conv` after it, it enlarges an image
    without the checkerboard patterns of `conv_transpose`.

    Arguments:
        size: the factors of height and width.
        interpolation: `nearest` repeats each value. `bilinear` interpolates linearly between neighbours; it needs a
            2-D input.

    Input: height x width x channels. Output: (height * size) x (width * size) x channels.

    Example: `upsample(2x2, interpolation = bilinear) -> conv(32, 3x3, relu)`
    """

    keras_class: ClassVar[str] = "UpSampling{rank}D"

    size: Lengths = 2
    interpolation: Annotated[str, Choice(("nearest", "bilinear"))] = "nearest"

    def output(self, shape: Shape) -> Shape:
        rank = spatial_rank(shape, "upsample")
        size = per_axis(self.size, rank, "size")
        if self.interpolation != "nearest" and rank != 2:
            message = (
                f"`{self.interpolation}` needs an input of height x width x channels, but the input is {text(shape)}"
            )
            help = "use `nearest`, which accepts any number of axes"
            raise ShapeError(Code.WRONG_RANK, message, help, "interpolation")
        return (*(n * factor for n, factor in zip(shape, size, strict=False)), shape[-1])

    def keras_arguments(self, shape: Shape) -> dict[str, KerasArgument]:
        size = per_axis(self.size, len(shape) - 1, "size")
        arguments: dict[str, KerasArgument] = {"size": size if len(size) > 1 else size[0]}
        if self.interpolation != "nearest":
            arguments["interpolation"] = self.interpolation
        return arguments


class ZeroPad(Layer):
    """Padding: adds zeros around the image.

    Becomes `keras.layers.ZeroPadding1D`, `ZeroPadding2D` or `ZeroPadding3D`.

    Arguments:
        amount: number of zeros. One integer counts for both ends of every axis. `(1, 2)` has an integer for each axis.
            `((1, 2), (3, 4))` has a pair (before, after) for each axis: top, bottom, left, right.

    Input: height x width x channels. Output: (height + 2 * amount) x (width + 2 * amount) x channels.

    Example: `zero_pad(1) -> conv(32, 3x3, padding = valid)`
    """

    keras_class: ClassVar[str] = "ZeroPadding{rank}D"

    amount: Amounts

    def output(self, shape: Shape) -> Shape:
        pairs = _pairs("zero_pad", self.amount, shape)
        return (*(n + before + after for n, (before, after) in zip(shape, pairs, strict=False)), shape[-1])

    def keras_arguments(self, shape: Shape) -> dict[str, KerasArgument]:
        return {"padding": _keras_pairs(_pairs("zero_pad", self.amount, shape))}


class Crop(Layer):
    """Cropping: removes the border of the image.

    Becomes `keras.layers.Cropping1D`, `Cropping2D` or `Cropping3D`.

    Arguments:
        amount: number of values to remove. One integer is removed from both ends of every axis. `(1, 2)` has an
            integer for each axis, for both ends. `((1, 2), (3, 4))` has a pair (before, after) for each axis: top,
            bottom, left, right.

    Input: height x width x channels. Output: (height - 2 * amount) x (width - 2 * amount) x channels.

    Example: `crop(((0, 1), (0, 1)))`
    """

    keras_class: ClassVar[str] = "Cropping{rank}D"

    amount: Amounts

    def output(self, shape: Shape) -> Shape:
        pairs = _pairs("crop", self.amount, shape)
        for n, (before, after) in zip(shape, pairs, strict=False):
            if before + after >= n:
                message = f"`crop` removes {before} + {after} from an axis of length {n}, so nothing is left"
                raise ShapeError(Code.TOO_SMALL, message, f"remove at most {n - 1} values from this axis", "amount")
        return (*(n - before - after for n, (before, after) in zip(shape, pairs, strict=False)), shape[-1])

    def keras_arguments(self, shape: Shape) -> dict[str, KerasArgument]:
        return {"cropping": _keras_pairs(_pairs("crop", self.amount, shape))}


def _pairs(word: str, amount: int | tuple[int | Pair, ...], shape: Shape) -> tuple[Pair, ...]:
    """Return the amount (before, after) for each axis of `shape` besides the channels.

    Raises:
        ShapeError: if the number of amounts is not the number of these axes.
    """
    rank = spatial_rank(shape, word)
    amounts = (amount,) * rank if isinstance(amount, int) else amount
    if len(amounts) != rank:
        message = f"`amount` has {len(amounts)} items, but the input has {axes(rank)} besides the channels"
        help = "for one axis write `((before, after),)`" if rank == 1 else None
        raise ShapeError(Code.WRONG_RANK, message, help, "amount")
    return tuple((each, each) if isinstance(each, int) else each for each in amounts)


def _keras_pairs(pairs: tuple[Pair, ...]) -> KerasArgument:
    """Return the pairs in the form that Keras accepts: in 1-D a single pair."""
    return pairs if len(pairs) > 1 else pairs[0]
