"""Synthetic chest X-ray images, normal or with pneumonia.

Pneumonia fills air spaces with fluid: the X-ray shows patchy opacities with ill-defined edges, in which the vessels are
no longer seen, in one lobe or in several (Hansell et al., "Fleischner Society: glossary of terms for thoracic imaging",
Radiology 246, 2008, 697-722: consolidation and ground-glass opacity). The number, the place, the size and the density
of the patches are random, and some are too faint to be seen. The patient and the exposure do not depend on the class.
"""

import numpy as np

from .canvas import Map, Picture, noise, refuse, soft
from .thorax import Thorax, radiograph, thorax

# This number is part of the cache key of drawn images. Increment it whenever the drawing changes.
VERSION = 1

_LABELS = ("normal", "pneumonia")


def draw(label: str, rng: np.random.Generator) -> Picture:
    """Draw a chest X-ray of class `label` as a grey image (height, width) with values from 0 to 255.

    The image is determined by `label` and the state of `rng`. Raises ValueError for an unknown label.
    """
    refuse(label, _LABELS)
    chest = thorax(rng)
    # Lungs hold more or less air, and the exposure varies, in both classes: the mean brightness tells little.
    haze = rng.uniform(0, 0.14) + 0.02 * noise(3, rng)
    return radiograph(chest, haze + _opacities(chest, rng) if label == "pneumonia" else haze, rng)


def _opacities(chest: Thorax, rng: np.random.Generator) -> Map:
    """Return the density (height, width) of one to four patches; where they overlap, the densest counts."""
    patches = [_patch(chest, rng) for _ in range(rng.integers(1, 5))]
    densest: Map = np.maximum.reduce(patches)
    return densest


def _patch(chest: Thorax, rng: np.random.Generator) -> Map:
    rows, columns = np.nonzero(chest.lungs > 0.03)
    at = rng.integers(rows.size)
    x, y = chest.x - chest.x[rows[at], columns[at]], chest.y - chest.y[rows[at], columns[at]]
    size = rng.uniform(0.1, 0.24)
    depth: Map = (
        size - np.hypot(x, y * rng.uniform(0.7, 1.2)) + 0.35 * size * noise(7, rng) + 0.2 * size * noise(18, rng)
    )
    mottled = 1 + 0.25 * noise(20, rng) + 0.12 * noise(40, rng)
    density: Map = rng.uniform(0.2, 0.42) * mottled * soft(depth, rng.uniform(0.015, 0.04))
    return density
