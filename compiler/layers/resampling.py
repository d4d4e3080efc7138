"""Upsampling, padding and cropping."""

from typing import Annotated, Any

from ...grammar.diagnostics.codes import Code
from ..schema.field_types import Amounts, Choice, Lengths
from .base import KerasCall, Layer
from .shapes import Shape, ShapeError, axes, per_axis, spatial_rank, text

Pair = tuple[int, int]


class Upsample(Layer):
    """Upsampling: makes height and width larger by a whole factor, without weights.

    Becomes `keras.layers.UpSampling1D`, `UpSampling2D` or `UpSampling3D`. With a `conv` after it, it grows an image
    without the checkerboard of `conv_transpose`.

    Arguments:
        size: the factors of height and width.
        interpolation: `nearest` repeats each value; `bilinear`, for height and width only, goes evenly from one to
            the next.

    Input: height x width x channels. Output: height * size x width * size x channels.

    Example: `upsample(2x2, interpolation = bilinear) -> conv(32, 3x3, relu)`
    """

    size: Lengths = 2
    interpolation: Annotated[str, Choice(("nearest", "bilinear"))] = "nearest"

    def output(self, shape: Shape) -> Shape:
        rank = spatial_rank(shape, "upsample")
        size = per_axis(self.size, rank, "size")
        if self.interpolation != "nearest" and rank != 2:
            message = f"`{self.interpolation}` interpolates over height and width, and {text(shape)} reaches `upsample`"
            help = "`nearest` works along any number of axes"
            raise ShapeError(Code.WRONG_RANK, message, help, "interpolation")
        return (*(n * factor for n, factor in zip(shape, size, strict=False)), shape[-1])

    def keras(self, shape: Shape) -> KerasCall:
        rank = len(shape) - 1
        size = per_axis(self.size, rank, "size")
        arguments: dict[str, Any] = {"size": size if rank > 1 else size[0]}
        if self.interpolation != "nearest":
            arguments["interpolation"] = self.interpolation
        return KerasCall(f"layers.UpSampling{rank}D", arguments)


class ZeroPad(Layer):
    """Padding: puts zeros around the image.

    Becomes `keras.layers.ZeroPadding1D`, `ZeroPadding2D` or `ZeroPadding3D`.

    Arguments:
        amount: how many zeros: one number for both ends of every axis, or one for each axis, `(1, 2)`, or a pair
            (before, after) for each, `((1, 2), (0, 0))`: top, bottom, left, right.

    Input: height x width x channels. Output: the same with what is added, height + 2 * amount and so on.

    Example: `zero_pad(1) -> conv(32, 3x3, padding = valid)`
    """

    amount: Amounts

    def output(self, shape: Shape) -> Shape:
        pairs = _pairs("zero_pad", self.amount, shape)
        return (*(n + before + after for n, (before, after) in zip(shape, pairs, strict=False)), shape[-1])

    def keras(self, shape: Shape) -> KerasCall:
        return _on_both_ends("ZeroPadding", "padding", _pairs("zero_pad", self.amount, shape))


class Crop(Layer):
    """Cropping: takes off the border of the image.

    Becomes `keras.layers.Cropping1D`, `Cropping2D` or `Cropping3D`.

    Arguments:
        amount: how much: one number for both ends of every axis, or one for each axis, `(1, 2)`, or a pair
            (before, after) for each, `((1, 2), (0, 0))`: top, bottom, left, right.

    Input: height x width x channels. Output: the same without what is taken off, height - 2 * amount and so on.

    Example: `crop(((0, 1), (0, 1)))`
    """

    amount: Amounts

    def output(self, shape: Shape) -> Shape:
        pairs = _pairs("crop", self.amount, shape)
        for n, (before, after) in zip(shape, pairs, strict=False):
            if before + after >= n:
                message = f"`crop` takes {before} + {after} off an axis of {n}, and nothing is left"
                raise ShapeError(Code.TOO_SMALL, message, f"take off at most {n - 1} in all", "amount")
        return (*(n - before - after for n, (before, after) in zip(shape, pairs, strict=False)), shape[-1])

    def keras(self, shape: Shape) -> KerasCall:
        return _on_both_ends("Cropping", "cropping", _pairs("crop", self.amount, shape))


def _pairs(word: str, amount: int | tuple[int | Pair, ...], shape: Shape) -> tuple[Pair, ...]:
    """The amounts before and after along each axis of `shape`.

    Raises:
        ShapeError: if there are amounts for another number of axes.
    """
    rank = spatial_rank(shape, word)
    amounts = (amount,) * rank if isinstance(amount, int) else amount
    if len(amounts) != rank:
        message = f"`amount` has {len(amounts)} items, and the tensor here has {axes(rank)} besides the channels"
        help = "a single pair is written `((before, after),)`" if rank == 1 else None
        raise ShapeError(Code.WRONG_RANK, message, help, "amount")
    return tuple((each, each) if isinstance(each, int) else each for each in amounts)


def _on_both_ends(keras_name: str, argument: str, pairs: tuple[Pair, ...]) -> KerasCall:
    """Keras takes a pair for each axis, but in 1-D the pair itself."""
    return KerasCall(f"layers.{keras_name}{len(pairs)}D", {argument: pairs if len(pairs) > 1 else pairs[0]})
