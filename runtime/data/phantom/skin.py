"""Synthetic dermoscopy images of melanomas and nevi.

A lesion is drawn from four signs. The first three signs come from the ABCD rule of dermoscopy (Stolz et
al., "ABCD rule of dermatoscopy", European Journal of Dermatology 4, 1994, 521-527):

- Asymmetry: how much outline and pigment differ between the two sides of the lesion;
- Border: how irregular the outline is, and how abruptly the pigment ends there;
- Colour: how much black, red, blue-grey and white pigment the lesion contains in addition to brown.

The fourth sign is the D of the clinical ABCD rule (Friedman et al., CA: A Cancer Journal for Clinicians 35,
1985, 130-151). In dermoscopy, D has another meaning: differential structures.

- Diameter: how large the lesion is.

Each sign is a latent severity plus noise. The severity is higher for melanoma, but the distributions of
the two classes overlap: no single sign separates the classes, and some images are ambiguous. Skin tone,
hairs, light and camera do not depend on the class.

Colour follows the Beer-Lambert law: the image is light times exp(-density x absorption), where density x
absorption is summed over the pigments of the skin. Skin, lesion and hairs are maps of pigment density.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from .canvas import Map, blend, sigmoid

SIZE = 160
"""The height and the width of an image in pixels."""

# This number is part of the cache key of drawn images. Increment it whenever the drawing changes: otherwise
# old images from the cache are used.
VERSION = 2

# Mean latent severity of each class (standard deviation 1), and the noise added for each sign. Together they
# determine how well the classes can be separated.
_SEVERITY = {"Mel": 2.0, "Nev": -2.0}
_SIGN_NOISE = 0.8

# Absorption of red, green and blue light by unit density of each pigment. Melanin deep in the skin
# looks blue-grey: red light reaches it, but blue light is scattered back before it does.
_MELANIN, _DEEP_MELANIN, _BLOOD = range(3)
_ABSORPTION = np.array([[0.55, 0.80, 0.95], [1.10, 0.80, 0.50], [0.10, 0.55, 0.50]])
_BARE_SKIN = np.array([0.95, 0.80, 0.73])


@dataclass(frozen=True)
class _Signs:
    """The ABCD signs of one lesion, each from 0 (benign) to 1 (malignant)."""

    asymmetry: float
    border: float
    colour: float
    diameter: float


def draw(label: str, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Draw one lesion of class `label` as an RGB image (height, width, channel) with values from 0 to 255.

    The image is determined by `label` and the state of `rng`. Raises ValueError for an unknown label.
    """
    if label not in _SEVERITY:
        raise ValueError(f"unknown label {label!r}: the labels are {', '.join(_SEVERITY)}")
    signs = _signs(_SEVERITY[label], rng)
    pigments = _skin(rng) + _lesion(signs, _depth(signs, rng), rng)
    pigments[_MELANIN] += _hairs(rng)
    return _photograph(pigments, rng)


def _signs(mean_severity: float, rng: np.random.Generator) -> _Signs:
    """Draw random values of the four signs from one latent severity."""
    severity = rng.normal(mean_severity)
    return _Signs(*(float(sign) for sign in sigmoid(severity + rng.normal(0, _SIGN_NOISE, 4))))


def _skin(rng: np.random.Generator) -> Map:
    """Return the pigment densities (pigment, height, width) of the healthy skin; they are at least 0."""
    tone = 1.4 * rng.beta(1.0, 2.4)
    texture = 0.05 * _noise(5, rng) + 0.05 * _noise(40, rng) + 0.05 * _noise(80, rng)
    redness = rng.uniform(0.05, 0.3) * (1 + 0.3 * _noise(6, rng))
    melanin = tone + (0.4 + tone) * texture
    densities: Map = np.maximum([melanin, np.zeros_like(melanin), redness], 0)
    return densities


def _depth(signs: _Signs, rng: np.random.Generator) -> Map:
    """Return the distances in pixels (height, width) to the border along the radius, positive inside the lesion."""
    centre_y, centre_x = SIZE / 2 + rng.normal(0, 0.055 * SIZE, 2)
    y, x = np.ogrid[:SIZE, :SIZE]
    dy, dx = y - centre_y, x - centre_x
    outline = _outline(signs, rng)
    # Angles from -pi to 0 become negative indices, which count from the end: the second half of the turn.
    angle = np.arctan2(dy, dx) * (len(outline) / (2 * np.pi))
    radius = outline[angle.astype(np.intp)]
    # The outline alone is star-shaped and looks artificial; the noise adds bays and islands.
    ragged = (0.5 + 4.5 * signs.border) * _noise(16, rng)
    depth: Map = radius - np.hypot(dy, dx) + ragged
    return depth


def _outline(signs: _Signs, rng: np.random.Generator, angles: int = 720) -> Map:
    """Return the radius in pixels (angle,) over one turn: an ellipse that a random Fourier series deforms.

    The second harmonic keeps the symmetry of an ellipse. The sign asymmetry scales the first and third harmonics; the
    sign border scales the higher harmonics.
    """
    harmonic = np.arange(1, 13)
    scale = signs.border * 0.16 / harmonic
    scale[:3] = 0.13 * signs.asymmetry, 0.09, 0.02 + 0.10 * signs.asymmetry
    phase = rng.uniform(0, 2 * np.pi, harmonic.size)
    theta = np.linspace(0, 2 * np.pi, angles, endpoint=False)
    waves = np.cos(np.outer(theta, harmonic) + phase)
    mean_radius = SIZE * (0.18 + 0.09 * signs.diameter) * rng.lognormal(0, 0.18)
    amplitude = scale * rng.standard_normal(harmonic.size).clip(-2, 2)
    radius: Map = mean_radius * np.exp(waves @ amplitude)
    return radius


def _lesion(signs: _Signs, depth: Map, rng: np.random.Generator) -> Map:
    """Return the pigment densities (pigment, height, width) that the lesion adds to the skin."""
    fade = rng.uniform(2.5, 6) * (1 - 0.75 * signs.border)
    inside = sigmoid(depth / fade)
    black, blue, red, white = (signs.colour * rng.uniform(0, 1) * _patches(rng) for _ in range(4))
    brown = _brown(signs, depth, rng)
    melanin = (brown + 1.8 * black) * (1 - 0.8 * white) * (1 - 0.5 * blue)
    densities: Map = inside * np.stack([melanin, 0.8 * blue, 0.1 + 1.2 * red])
    return densities


def _brown(signs: _Signs, depth: Map, rng: np.random.Generator) -> Map:
    """Return the melanin density (height, width) of the lesion before other colours are added; it is above 0."""
    tone = rng.uniform(0.6, 1.3)
    centre = rng.normal(0, 0.2) * np.tanh(depth / 15)
    side = 0.25 * signs.asymmetry * _noise(2, rng)
    network = rng.uniform(-0.1, 0.5) * _network(rng)
    melanin: Map = np.maximum(tone * (1 + centre + side + network + 0.08 * _noise(30, rng)), 0.2)
    return melanin


def _patches(rng: np.random.Generator) -> Map:
    """Return a map (height, width) of a few blobs with irregular edges: 0 outside, 1 inside."""
    return sigmoid((_noise(6, rng) + 0.35 * _noise(16, rng) - 0.7) * 6)


def _network(rng: np.random.Generator) -> Map:
    """Return a pigment network (height, width): 0 on the lines of the net, -1 in the holes."""
    return -sigmoid((_noise(int(rng.integers(26, 44)), rng) - 0.3) * 4)


def _hairs(rng: np.random.Generator) -> Map:
    """Return the melanin density (height, width) of the hairs. A third of the images has hairs."""
    canvas = np.zeros((SIZE, SIZE))
    if rng.random() > 0.33:
        return canvas
    direction = rng.uniform(0, 2 * np.pi)
    for _ in range(rng.integers(1, 10)):
        row, column = _hair(rng.normal(direction, 0.4), rng)
        canvas[row, column] = 1
    hairs: Map = gaussian_filter(canvas, rng.uniform(0.6, 0.9)) * rng.uniform(0.8, 2.5)
    return hairs


def _hair(angle: float, rng: np.random.Generator) -> NDArray[np.intp]:
    """Return the pixels (axis, point) of one hair in the direction `angle`: a quadratic Bezier curve."""
    step = np.linspace(0, 1, 2 * SIZE)[:, None]
    start = rng.uniform(0, SIZE, 2)
    end = start + rng.uniform(0.4, 1.2) * SIZE * np.array([np.sin(angle), np.cos(angle)])
    bend = (start + end) / 2 + rng.normal(0, 0.1 * SIZE, 2)
    curve = (1 - step) ** 2 * start + 2 * step * (1 - step) * bend + step**2 * end
    return curve[((curve >= 0) & (curve < SIZE)).all(axis=1)].astype(np.intp).T


def _photograph(pigments: Map, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Light the scene and record it with a noisy sensor. Output: (height, width, channel), 0 to 255."""
    reflected = _BARE_SKIN * np.exp(-np.einsum("phw,pc->hwc", pigments, _ABSORPTION))
    white_balance = rng.normal(rng.uniform(0.85, 1.05), 0.02, 3)
    exposed = reflected * white_balance * _light(rng)[:, :, None]
    exposed += 0.015 * rng.standard_normal((SIZE, SIZE, 1), np.float32)
    picture: NDArray[np.uint8] = (255 * exposed.clip(0, 1)).astype(np.uint8)
    return picture


def _light(rng: np.random.Generator) -> Map:
    """Return the illumination (height, width), about 1: a slope, darker corners, and sometimes a black lens rim."""
    y, x = np.meshgrid(*2 * [np.linspace(-1, 1, SIZE)], indexing="ij")
    slope_y, slope_x = rng.normal(0, 0.05, 2)
    distance = np.hypot(y, x)
    light: Map = 1 + slope_y * y + slope_x * x - rng.uniform(0, 0.15) * distance**2
    if rng.random() < 0.15:
        light *= sigmoid((rng.uniform(1.02, 1.2) - distance) * 50)
    return light


def _noise(cells: int, rng: np.random.Generator) -> Map:
    """Return smooth Gaussian noise (height, width) with mean 0, variance 1 and about `cells` bumps across."""
    weights = blend(cells, SIZE)
    return weights @ rng.standard_normal((weights.shape[1], weights.shape[1]), np.float32) @ weights.T
