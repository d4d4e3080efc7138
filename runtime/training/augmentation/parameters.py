"""Draws the random numbers of an epoch: they depend on the seed, the epoch and the index of the image, and no more."""

import math
from collections.abc import Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ....compiler.expressions.values import Angle
from ....compiler.sections.data.augment import Augment
from .erase import draw_rectangles
from .mixup import draw_shares

Numbers: TypeAlias = NDArray[np.float32] | NDArray[np.int32]
Parameters: TypeAlias = dict[str, Numbers]
"""The drawn numbers by name. Their first axis is the image, in the order of the training part or of a batch."""

GRID = 7  # the control points of an elastic deformation along each axis

_STREAMS = (
    *("order", "rotation", "shift", "zoom", "shear", "flip", "elastic"),
    *("blur", "contrast", "brightness", "gamma", "noise", "erase", "mixup", "partners"),
)
"""The settings with random numbers. The position seeds the stream of a setting, so a new one comes last."""


def draw_order(seed: int, epoch: int, count: int) -> NDArray[np.int64]:
    """Return the order of the training images in an epoch: indices (image,)."""
    return _stream("order", seed, epoch).permutation(count)


def draw_pairs(augment: Augment, seed: int, epoch: int, count: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Draw for all images of an epoch the index of the other image of their blend (image,), and their own share.

    The other images are a permutation of all images: each image is the other one of exactly one image.
    """
    partners = _stream("partners", seed, epoch).permutation(count)
    return partners, draw_shares(_stream("mixup", seed, epoch), count, float(augment.mixup or 0))


def draw_parameters(augment: Augment, seed: int, epoch: int, count: int, size: tuple[int, int]) -> Parameters:
    """Draw the parameters of all images of an epoch. `size` is the height and the width of the images.

    Each setting has its own stream of random numbers, and an image takes the next numbers of the stream. So a setting
    changes nothing in the draws of another one, and an image none in those of the images before it.

    `matrix` (image, 2, 3) maps a pixel of the new image to a place in the old one; see `affine_matrices`.
    `elastic` (image, GRID, GRID, 2) are displacements of control points along height and width, in pixels.
    `blur` (image,) is a standard deviation in pixels. `contrast` (image,) is a factor, `brightness` (image,) is added
    to values from 0 to 1, `gamma` (image,) is an exponent, `noise` (image,) is a seed. `erase` (image, 4) are
    rectangles as `draw_rectangles` returns them. What is not set is left out.
    """
    drawn: Parameters = {}
    if augment.moves:
        drawn["matrix"] = affine_matrices(size, **draw_geometry(augment, seed, epoch, count, size))
    if augment.elastic:
        largest = float(augment.elastic) * np.asarray(size)
        uniform = _stream("elastic", seed, epoch).uniform(-1, 1, (count, GRID, GRID, 2))
        drawn["elastic"] = (uniform * largest).astype(np.float32)
    for name, values in _value_changes(augment, seed, epoch, count, size):
        drawn[name] = values.astype(np.float32)
    if augment.noise:
        seeds = _stream("noise", seed, epoch).integers(-(2**31), 2**31, count)
        drawn["noise"] = seeds.astype(np.int32)
    if augment.erase:
        drawn["erase"] = draw_rectangles(_stream("erase", seed, epoch), count, float(augment.erase), size)
    return drawn


def affine_matrices(
    size: tuple[int, int],
    rotation: NDArray[np.float64],
    shift: NDArray[np.float64],
    shear: NDArray[np.float64],
    zoom: NDArray[np.float64],
    flip: NDArray[np.float64],
) -> NDArray[np.float32]:
    """Return the matrices (image, 2, 3) that map a place (row, column, 1) of a new image to a place in the old one.

    A matrix is rotation @ shift @ shear @ zoom @ flip about the centre of the image, (height - 1) / 2 and
    (width - 1) / 2. These are the order and the matrices of `apply_affine_transform` in Keras 2
    (`keras.preprocessing.image`), where `scipy.ndimage.affine_transform` applies them.

    Input: `rotation` and `shear` (image,) in radians; `shift` (image, axis) in pixels; `zoom` (image, axis), the size
    of the old image's section, as a share of its size; `flip` (image, axis), 1 or -1.
    """
    matrix = np.zeros((len(rotation), 3, 3))
    matrix[:] = np.eye(3)
    turn = matrix.copy()
    turn[:, 0, 0] = turn[:, 1, 1] = np.cos(rotation)
    turn[:, 1, 0] = np.sin(rotation)
    turn[:, 0, 1] = -turn[:, 1, 0]
    move = matrix.copy()
    move[:, :2, 2] = shift
    slant = matrix.copy()
    slant[:, 0, 1] = -np.sin(shear)
    slant[:, 1, 1] = np.cos(shear)
    scale = matrix.copy()
    scale[:, [0, 1], [0, 1]] = zoom * flip
    to_centre, back = np.eye(3), np.eye(3)
    to_centre[:2, 2] = (np.asarray(size) - 1) / 2
    back[:2, 2] = -to_centre[:2, 2]
    return (to_centre @ turn @ move @ slant @ scale @ back)[:, :2].astype(np.float32)


def draw_geometry(
    augment: Augment, seed: int, epoch: int, count: int, size: tuple[int, int]
) -> dict[str, NDArray[np.float64]]:
    """Draw the arguments of `affine_matrices` for all images of an epoch. What is not set changes nothing."""

    def uniform(name: str, largest: float, *axes: int) -> NDArray[np.float64]:
        return _stream(name, seed, epoch).uniform(-1, 1, (count, *axes)) * largest

    shift = augment.shift if isinstance(augment.shift, tuple) else (augment.shift,) * 2
    mirrored = [augment.flip in ("vertical", "both"), augment.flip in ("horizontal", "both")]
    heads = _stream("flip", seed, epoch).random((count, 2)) < 0.5
    return {
        "rotation": uniform("rotation", _radians(augment.rotation)),
        "shift": uniform("shift", 1, 2) * [float(share or 0) * side for share, side in zip(shift, size, strict=True)],
        "shear": uniform("shear", _radians(augment.shear)),
        "zoom": 1 + uniform("zoom", float(augment.zoom or 0), 1),
        "flip": np.where(heads & mirrored, -1.0, 1.0),
    }


def _radians(angle: Angle | None) -> float:
    return math.radians(angle.degrees) if angle else 0.0


def _value_changes(
    augment: Augment, seed: int, epoch: int, count: int, size: tuple[int, int]
) -> Iterator[tuple[str, NDArray[np.float64]]]:
    """Yield the parameters of the changes of pixel values that are set, besides the seeds of the noise."""

    def uniform(name: str) -> NDArray[np.float64]:
        return _stream(name, seed, epoch).uniform(-1, 1, count)

    if augment.blur:
        yield "blur", np.abs(uniform("blur")) * float(augment.blur) * min(size)
    if augment.contrast:
        yield "contrast", 1 + uniform("contrast") * float(augment.contrast)
    if augment.brightness:
        yield "brightness", uniform("brightness") * float(augment.brightness)
    if augment.gamma:
        yield "gamma", (1 + float(augment.gamma)) ** uniform("gamma")


def _stream(name: str, seed: int, epoch: int) -> np.random.Generator:
    """Return the random numbers of a setting in an epoch."""
    return np.random.default_rng([seed, epoch, _STREAMS.index(name)])
