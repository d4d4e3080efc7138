"""What the drawn X-ray and CT images share: coordinates, shapes with soft edges, smooth noise, the recording as bytes.

The images are the same bytes on every machine. The random numbers come from NumPy's generator, and everything else is
computed in float64. Mathematical libraries and processors differ only in the last bits of a float64, about 1e-13 of a
grey level. Every pixel has noise, so that less than one image in ten million has a value that near to the next level.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import label

SIZE = 192
"""The height and the width of an image in pixels."""

Map = NDArray[np.floating]
Picture = NDArray[np.uint8]


@cache
def plane() -> tuple[Map, Map]:
    """Return x and y (height, width) of the centres of the pixels: from -1 at the left and the top to 1."""
    centres = (np.arange(SIZE) + 0.5) * (2 / SIZE) - 1
    x, y = np.broadcast_to(centres, (SIZE, SIZE)), np.broadcast_to(centres[:, None], (SIZE, SIZE))
    return x, y


def turn(x: Map, y: Map, angle: float) -> tuple[Map, Map]:
    """Return the coordinates in axes that are turned by `angle` (radians, from x to y)."""
    cosine, sine = np.cos(angle), np.sin(angle)
    return cosine * x + sine * y, cosine * y - sine * x


def pose(rng: np.random.Generator, shift: float, angle: float, zoom: float) -> tuple[Map, Map]:
    """Return the coordinates (height, width) of an object that is moved, turned and scaled at random.

    `shift` (half image widths), `angle` (radians) and `zoom` (share of the size) are standard deviations, and no move
    is larger than twice its deviation.
    """
    right, down, turned, zoomed = rng.standard_normal(4).clip(-2, 2)
    x, y = plane()
    scale = 1 + zoom * zoomed
    return turn((x - shift * right) / scale, (y - shift * down) / scale, angle * turned)


def ellipse(x: Map, y: Map, radius_x: float, radius_y: float) -> Map:
    """Return about the distance to the border of an ellipse around the origin, positive inside it."""
    depth: Map = (1 - np.hypot(x / radius_x, y / radius_y)) * min(radius_x, radius_y)
    return depth


def box(x: Map, y: Map, radius_x: float, radius_y: float) -> Map:
    """Return about the distance to the border of a superellipse of degree 4, positive inside: a rounded rectangle."""
    depth: Map = (1 - np.sqrt(np.hypot((x / radius_x) ** 2, (y / radius_y) ** 2))) * min(radius_x, radius_y)
    return depth


def rod(x: Map, y: Map, start: tuple[float, float], end: tuple[float, float], radius: float) -> Map:
    """Return the distance to the border of a rod from `start` to `end` (x, y) with round ends, positive inside it."""
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    share = ((x - start[0]) * along_x + (y - start[1]) * along_y) / (along_x**2 + along_y**2)
    share = share.clip(0, 1)
    depth: Map = radius - np.hypot(x - start[0] - share * along_x, y - start[1] - share * along_y)
    return depth


def largest(depth: Map) -> Map:
    """Return the depth in a region without its smaller pieces, which become outside (depth -1)."""
    pieces, _ = label(depth > 0)
    sizes = np.bincount(pieces.ravel())
    return np.where((depth <= 0) | (pieces == 1 + sizes[1:].argmax()), depth, -1)


def soft(depth: Map, width: float = 0.012) -> Map:
    """Return 1 inside a shape and 0 outside it, with an edge of about 4 times `width` (half image widths)."""
    return sigmoid(depth / width)


def sigmoid(x: Map) -> Map:
    """Compute the logistic function, 1 / (1 + exp(-x)), without overflow. The output has the dtype of the input."""
    y: Map = 0.5 + 0.5 * np.tanh(0.5 * x)
    return y


@cache
def blend(cells: int, size: int) -> Map:
    """Return weights (pixel, cell) that interpolate `cells` values at `size` pixels with Gaussian kernels.

    Each row has the Euclidean norm 1, so that white noise with variance 1 has variance 1 at every pixel.
    """
    pixel = np.linspace(0, cells, size)[:, None]
    weights: Map = np.exp(-(((pixel - np.arange(-2, cells + 3)) / 0.7) ** 2) / 2)
    # Without this line the tails of the kernels are subnormal numbers: the matrix products are ten times slower.
    weights[weights < 1e-6] = 0
    weights /= np.linalg.norm(weights, axis=1, keepdims=True)
    return weights


def noise(cells: int, rng: np.random.Generator) -> Map:
    """Return smooth Gaussian noise (height, width) with mean 0, variance 1 and about `cells` bumps across."""
    weights = blend(cells, SIZE)
    smooth: Map = weights @ rng.standard_normal((weights.shape[1], weights.shape[1])) @ weights.T
    return smooth


def strands(cells: int, rng: np.random.Generator, width: float = 0.12) -> Map:
    """Return thin winding lines (height, width), 1 on a line and 0 elsewhere: where smooth noise is about 0."""
    lines: Map = np.exp(-((noise(cells, rng) / width) ** 2))
    return lines


def record(brightness: Map, rng: np.random.Generator, grain: float) -> Picture:
    """Return the bytes (height, width) of an image with brightness 0 to 1, and with noise of the detector.

    `grain` is the standard deviation of the noise, which neighbouring pixels share in part.
    """
    fine = rng.standard_normal((SIZE + 1, SIZE + 1))
    blurred = (fine[1:, 1:] + fine[1:, :-1] + fine[:-1, 1:] + fine[:-1, :-1]) / 2
    return to_bytes(brightness + grain * blurred)


def to_bytes(brightness: Map) -> Picture:
    """Return brightness 0 to 1 as grey levels 0 to 255; what lies outside is cut off."""
    picture: Picture = (255.999 * brightness.clip(0, 1)).astype(np.uint8)
    return picture


def refuse(label: str, labels: tuple[str, ...]) -> None:
    """Raise ValueError if `label` is none of the labels."""
    if label not in labels:
        raise ValueError(f"unknown label {label!r}: the labels are {', '.join(labels)}")
