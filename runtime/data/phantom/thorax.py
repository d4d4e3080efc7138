"""A synthetic chest X-ray: the anatomy that the phantoms `chest` and `scan` share.

The view is from the front (posteroanterior), with the right side of the patient at the left of the image. The right
dome of the diaphragm is higher than the left; the heart lies two thirds on the left, and is about half as wide as the
chest; ten ribs are seen behind the lungs. As in the masks of public sets (Jaeger et al., "Two public chest X-ray
datasets", Quantitative Imaging in Medicine and Surgery 4, 2014, 475-477), a lung ends at the heart and the diaphragm.
Lengths are relative to half the width of the image.
"""

from dataclasses import dataclass

import numpy as np

from .canvas import Map, Picture, box, ellipse, largest, noise, pose, record, rod, soft, strands, turn


@dataclass(frozen=True)
class Thorax:
    """One patient. All maps are (height, width); depths are positive inside."""

    x: Map  # coordinates of the patient, not of the image
    y: Map
    lungs: Map  # depth
    heart: Map  # depth
    width: float  # from the middle to the chest wall
    length: float  # from the middle of the image to the base of the lungs


def thorax(rng: np.random.Generator) -> Thorax:
    """Draw a patient at random."""
    x, y = pose(rng, 0.04, 0.03, 0.05)
    width, length = rng.uniform(0.7, 0.84), rng.uniform(0.45, 0.7)
    heart_x, heart_y = rng.uniform(0.28, 0.42) * width / 0.7, rng.uniform(0.2, 0.28)
    vessels = ellipse(x - 0.02, y + 0.02, 0.19, rng.uniform(0.3, 0.4))
    arch = ellipse(x - 0.1, y + 0.24, rng.uniform(0.08, 0.12), 0.11)  # of the aorta
    across, along = x - 0.12, y - length + heart_y - 0.05  # from the middle of the ventricles
    ventricles = ellipse(*turn(across, along, 0.5), heart_x, heart_y + 0.02)
    heart = np.maximum.reduce([vessels, arch, ventricles])
    # No lung is seen below the heart either.
    shadow = np.maximum(heart, ellipse(*turn(across, along.clip(max=0), 0.5), heart_x, heart_y + 0.02))
    right = largest(_lung(-x, y, shadow, width, length))
    left = largest(_lung(x, y, shadow, width, length + rng.uniform(0.02, 0.08)))
    return Thorax(x, y, np.maximum(right, left), heart, width, length)


def _lung(out: Map, y: Map, heart: Map, width: float, length: float) -> Map:
    """Return the depth (height, width) in one lung; `out` is the distance from the middle to its side."""
    middle, half = 0.53 * width, 0.47 * width
    lean = middle - 0.09 * (0.3 - y)  # the apex is nearer to the middle than the base
    field = box(out - lean, y - length + 0.72, half, 0.72 + length * 0.3)
    field = np.minimum(field, ellipse(out - lean + 0.12, y - length + 0.1, half + 0.12, 1.12 + 0.1 * length))
    dome = length - 0.1 + 0.16 * ((out - 0.9 * middle) / half) ** 2 - y
    between = out - 0.11 - 0.03 * np.cos(5 * y)
    return np.minimum(np.minimum(field, dome), np.minimum(between, -heart))


def radiograph(chest: Thorax, opacity: Map | float, rng: np.random.Generator) -> Picture:
    """Return the X-ray image (height, width) of a patient; `opacity` (height, width) is added to the lungs."""
    x, y, width = chest.x, chest.y, chest.width
    air = soft(chest.lungs, 0.014)
    body = soft(np.maximum(box(x, y - 0.75, width + 0.27, 1.48), rod(x, y, (0, -1.4), (0, -0.6), 0.32)), 0.03)
    middle = soft(0.13 - np.abs(x), 0.035) * (0.75 + 0.12 * soft(0.02 - np.abs(y * 7 % 1 - 0.5), 0.04))
    windpipe = soft(0.045 - np.abs(x + 0.01), 0.012) * soft(-0.15 - y, 0.05)
    breasts = rng.uniform(0, 0.12) * soft(ellipse(np.abs(x) - 0.42, y - 0.3, 0.33, 0.3), 0.03)
    belly = 0.3 * soft(y - chest.length + 0.05, 0.06) * (1 - air)
    tissue = 0.55 + 0.05 * noise(3, rng) + 0.02 * noise(12, rng)
    film = body * (tissue + 0.3 * middle + belly + 0.14 * soft(chest.heart, 0.02) + breasts - 0.12 * windpipe)
    film = film - air * (0.4 + 0.05 * noise(2, rng))
    film = film + rng.uniform(0.06, 0.11) * body * (0.35 + 0.65 * air) * _bones(chest)
    film = film + air * (opacity + _vessels(chest, rng))
    light = 1 + rng.normal(0, 0.06) * x + rng.normal(0, 0.06) * y
    return record(rng.uniform(0.75, 1.0) * light * film + rng.uniform(-0.05, 0.05), rng, 0.018)


def _vessels(chest: Thorax, rng: np.random.Generator) -> Map:
    """Return the density (height, width) of the vessels, which start at the hila and become thinner outwards."""
    from_hilum = np.hypot((np.abs(chest.x) - 0.17) / 1.2, chest.y + 0.02)
    lines = 0.5 * strands(16, rng, 0.25) + 0.5 * strands(30, rng, 0.3)
    hila = 0.12 * np.exp(-((from_hilum / 0.13) ** 2)) * (1 + 0.4 * noise(20, rng))
    vessels: Map = rng.uniform(0.08, 0.16) * lines * np.exp(-((from_hilum / 0.45) ** 2)) + hila
    return vessels


def _bones(chest: Thorax) -> Map:
    """Return the density (height, width) of the clavicles and the ribs, which are weaker in front."""
    x, y, out = chest.x, chest.y, np.abs(chest.x) / chest.width
    cage = soft(box(x, y - 0.15, chest.width + 0.05, 1.05), 0.02)
    spacing = (chest.length + 0.85) / 9
    behind = _band((y + 0.9 - 0.55 * (out - 0.35) ** 2 - 0.12 * out) / spacing, 0.27) * soft(out - 0.14, 0.02)
    front = _band((y + 0.7 + 0.5 * out**2) / spacing, 0.3) * soft(out - 0.4, 0.06)
    clavicle = rod(np.abs(x), y, (0.08, -0.62), (chest.width + 0.02, -0.72), 0.035)
    bones: Map = cage * (behind + 0.55 * front) + 2 * soft(clavicle, 0.01)
    return bones


def _band(turns: Map, half: float) -> Map:
    """Return stripes (height, width) at whole numbers of turns, `half` turns to each side, with brighter edges."""
    off = np.abs(turns - np.rint(turns))
    return soft(half - off, 0.035) * (0.75 + 0.5 * (off / half) ** 2)
