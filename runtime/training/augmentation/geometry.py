"""Moves the pixels of images and masks: affine maps and elastic deformations, with one interpolation."""

from typing import Any, TypeAlias

import numpy as np
from keras import ops
from numpy.typing import NDArray

Tensor: TypeAlias = Any
"""A tensor of the backend."""


def move_images(images: Tensor, drawn: dict[str, Tensor], fill: str, black: float, nearest: bool = False) -> Tensor:
    """Return rotated, moved, scaled and deformed images. For masks, `nearest` keeps the values of single pixels.

    Input: images (image, height, width, channel), or (image, depth, height, width, channel), whose slices all move by
    the same geometry; `drawn` contains the parameters `matrix` and `elastic`, or none of them.
    """
    if "matrix" not in drawn:
        return images if nearest else ops.cast(images, "float32")
    if len(images.shape) == 5:
        return unfold_slices(move_images(fold_slices(images), drawn, fill, black, nearest), images.shape[1])
    size = images.shape[1:3]
    rows, columns = affine_places(drawn["matrix"], size)
    if "elastic" in drawn:
        moved = elastic_displacements(drawn["elastic"], size)
        rows, columns = rows + moved[..., 0], columns + moved[..., 1]
    return sample(images, rows, columns, fill, black, nearest)


def fold_slices(images: Tensor) -> Tensor:
    """Turn the slices of images (image, depth, height, width, channel) into channels: (image, height, width, …)."""
    depth, height, width, channels = images.shape[1:]
    return ops.reshape(ops.transpose(images, (0, 2, 3, 1, 4)), (-1, height, width, depth * channels))


def unfold_slices(folded: Tensor, depth: int) -> Tensor:
    """Undo `fold_slices`."""
    height, width, channels = folded.shape[1:]
    slices = ops.reshape(folded, (-1, height, width, depth, channels // depth))
    return ops.transpose(slices, (0, 3, 1, 2, 4))


def affine_places(matrices: Tensor, size: tuple[int, int]) -> tuple[Tensor, Tensor]:
    """Return the rows and the columns (image, height, width) of the old image that the pixels of the new one show.

    Input: matrices (image, 2, 3) as `affine_matrices` makes them.
    """
    matrices = ops.convert_to_tensor(matrices)
    rows = ops.arange(size[0], dtype="float32")[None, :, None]
    columns = ops.arange(size[1], dtype="float32")[None, None, :]

    def place(axis: int) -> Tensor:
        of_row, of_column, offset = (matrices[:, axis, i][:, None, None] for i in range(3))
        return of_row * rows + of_column * columns + offset

    return place(0), place(1)


def elastic_displacements(grid: Tensor, size: tuple[int, int]) -> Tensor:
    """Return the displacements (image, height, width, axis) of all pixels, between those of control points.

    A displacement is a mean of those of 4 x 4 points, weighted by cubic B-splines, so it is never larger than they are.
    Rueckert et al., "Nonrigid Registration Using Free-Form Deformations" (1999).

    Input: displacements of the control points (image, row, column, axis).
    """
    down, across = (spline_weights(side, grid.shape[1]) for side in size)
    return ops.einsum("hr,nrca,wc->nhwa", down, grid, across)


def spline_weights(side: int, points: int) -> NDArray[np.float32]:
    """Return the weights (pixel, point) of control points whose uniform cubic B-splines cover `side` pixels."""
    place = (np.arange(side) + 0.5) / side * (points - 3) + 1
    distance = np.abs(place[:, None] - np.arange(points))
    near = 2 / 3 - distance**2 + distance**3 / 2
    far = np.maximum(2 - distance, 0) ** 3 / 6
    return np.where(distance < 1, near, far).astype(np.float32)


def sample(images: Tensor, rows: Tensor, columns: Tensor, fill: str, black: float, nearest: bool = False) -> Tensor:
    """Return the values of images at places between the pixels: linearly interpolated, or of the nearest pixel.

    Outside, an image goes on as `scipy.ndimage` extends it, with the modes `nearest`, `reflect`, `grid-wrap` for `wrap`
    and `grid-constant` for `constant`, with the value `black`. A mask is sampled with `nearest`, at the same places.

    Input: images (image, height, width, channel), rows and columns (image, height, width). Output: the shape and type
    of the images; float32 if interpolated.
    """
    if nearest:
        return _pixels(images, ops.floor(rows + 0.5), ops.floor(columns + 0.5), fill, black)
    images = ops.cast(images, "float32")
    top, left = ops.floor(rows), ops.floor(columns)
    down, across = (rows - top)[..., None], (columns - left)[..., None]

    def line(row: Tensor) -> Tensor:
        first = _pixels(images, row, left, fill, black)
        return first + across * (_pixels(images, row, left + 1, fill, black) - first)

    upper = line(top)
    return upper + down * (line(top + 1) - upper)


def _pixels(images: Tensor, rows: Tensor, columns: Tensor, fill: str, black: float) -> Tensor:
    """Return the pixels with these whole numbers as rows and columns, which may lie outside."""
    height, width, channels = images.shape[1:]
    down, across = _inside(rows, height, fill), _inside(columns, width, fill)
    first = ops.arange(ops.shape(images)[0], dtype="int32")[:, None, None] * (height * width)
    found = ops.take(ops.reshape(images, (-1, channels)), first + down * width + across, axis=0)
    if fill != "constant":
        return found
    outside = (rows < 0) | (rows >= height) | (columns < 0) | (columns >= width)
    return ops.where(outside[..., None], ops.cast(black, found.dtype), found)


def _inside(places: Tensor, side: int, fill: str) -> Tensor:
    """Return the indices of the pixels that stand for whole numbers outside 0 to side - 1."""
    if fill == "reflect":
        places = ops.mod(places, 2 * side)
        places = ops.minimum(places, 2 * side - 1 - places)
    elif fill == "wrap":
        places = ops.mod(places, side)
    return ops.cast(ops.clip(places, 0, side - 1), "int32")
