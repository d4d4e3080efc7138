"""Synthetic axial CT slices of the chest with masks of the left and the right lung.

A slice is seen from the feet: the right side of the patient is at the left of the image, the spine below. Its level
is random, from the arch of the aorta to the dome of the liver. A slice is a map of Hounsfield units (HU): air -1000,
lung about -850, fat -100, muscle and blood 40 to 60, bone 200 to 800 (Bushberg et al., "The Essential Physics of
Medical Imaging", 3rd edition, 2012, chapter 10); a window of the radiologist makes it grey. Lengths are relative to
half the width of the image.
"""

from dataclasses import dataclass

import numpy as np

from .canvas import Map, Picture, box, ellipse, largest, noise, pose, record, rod, soft, strands, turn

# This number is part of the cache key of drawn images. Increment it whenever the drawing changes.
VERSION = 1

LEFT, RIGHT = 128, 255
"""The values of the lungs in a mask; the background is 0."""

# Level and width of the windows for lung, for both, and for soft tissue.
_WINDOWS = ((-600.0, 1500.0), (-350.0, 1500.0), (-100.0, 900.0))


@dataclass(frozen=True)
class _Slice:
    """The anatomy at one level. All maps are (height, width); depths are positive inside."""

    x: Map
    y: Map
    level: float  # 0 (arch of the aorta) to 1 (dome of the liver)
    deep: float  # from the middle of the body to its front and its back
    body: Map  # depth
    chest: Map  # depth in the cavity of the chest
    heart: Map  # depth in the heart and the large vessels
    left: Map  # depth in the left lung
    right: Map


def draw(label: str, rng: np.random.Generator) -> Picture:
    """Draw a CT slice as a grey image (height, width) with values from 0 to 255.

    The image is determined by the state of `rng`. It has no class: `label` changes nothing.
    """
    del label
    anatomy = _slice(rng)
    density = _density(anatomy, rng)
    level, width = _WINDOWS[rng.integers(len(_WINDOWS))]
    middle, width = level + rng.uniform(-60, 60), width * rng.uniform(0.85, 1.2)
    return record((density - middle) / width + 0.5, rng, 35 / width)


def mask(rng: np.random.Generator) -> Picture:
    """Return the mask (height, width) of the image that `draw` makes from the same state: LEFT, RIGHT, 0 elsewhere."""
    anatomy = _slice(rng)
    right = np.where(anatomy.right > 0, np.uint8(RIGHT), np.uint8(0))
    return np.where(anatomy.left > 0, np.uint8(LEFT), right)


def _slice(rng: np.random.Generator) -> _Slice:
    """Draw the anatomy of a patient at a random level."""
    x, y = pose(rng, 0.03, 0.05, 0.04)
    level = rng.uniform()
    half, deep = rng.uniform(0.84, 0.95), rng.uniform(0.62, 0.74)
    wall = rng.uniform(0.14, 0.2)
    body = (2 * box(x, y, half, deep) + ellipse(x, y, half, deep)) / 3
    chest = ellipse(x, y, (half - wall) * (0.85 + 0.15 * level), deep - 0.75 * wall) + 0.008 * noise(8, rng)
    size = 0.1 + 0.25 * min(1.0, 1.6 * level)
    heart = ellipse(*turn(x - 0.35 * size, y + 0.3 * deep, 0.5), rng.uniform(1.0, 1.25) * size, 0.9 * size)
    middle = rng.uniform(0.08, 0.13) + 0.07 * np.cos(4 * y) - 0.08 * soft(-0.4 * deep - y, 0.05) - np.abs(x - 0.01)
    hila = ellipse(np.abs(x) - 0.13, y - 0.02, 0.1, 0.08) - 0.3 * np.abs(level - 0.4)
    heart = np.maximum(np.maximum(heart, middle), hila) + 0.012 * noise(9, rng)
    aorta = ellipse(x - 0.14, y - 0.42 * deep, 0.075, 0.075)
    spine = box(x, y - 0.78 * deep, 0.15, 0.42 * deep)
    outside = -np.maximum(np.maximum(heart, aorta), spine)
    liver = ellipse(x + 0.36, y + 0.04, 0.75 * (level - 0.55), 0.75 * (level - 0.55)) if level > 0.7 else -1
    lung = np.minimum(chest, outside)
    left, right = largest(np.minimum(lung, x)), largest(np.minimum(np.minimum(lung, -x), -liver))
    return _Slice(x, y, level, deep, body, chest, heart, left, right)


def _density(anatomy: _Slice, rng: np.random.Generator) -> Map:
    """Return the Hounsfield units (height, width) of a slice."""
    x, y, chest = anatomy.x, anatomy.y, anatomy.chest
    body = soft(anatomy.body, 0.005)
    fat = soft(rng.uniform(0.02, 0.07) + 0.02 * noise(4, rng) - anatomy.body) * soft(-chest - 0.04)
    muscle = 50 + 12 * noise(14, rng) - 90 * soft(0.5 * noise(12, rng) - 0.5, 0.1) * soft(-chest - 0.05)
    density = -1000 + body * (1050 + (muscle - 50)) - 150 * fat
    blood = rng.uniform(0, 180)  # contrast medium
    inside = soft(np.minimum(anatomy.heart - 0.03, chest - 0.05), 0.02)
    density = density + inside * blood * (0.7 + 0.3 * soft(noise(6, rng), 0.3))
    density = density + blood * soft(ellipse(x - 0.14, y - 0.42 * anatomy.deep, 0.065, 0.065))
    density = density + _bones(anatomy, rng)
    for lung in (anatomy.left, anatomy.right):
        share = soft(lung, 0.008)
        density = density + share * (_lung(y, lung, rng) - density)
    windpipe = soft(ellipse(x, y + 0.08, 0.055, 0.05), 0.008) * (anatomy.level < 0.45)
    couch = soft(0.012 - np.abs(y - anatomy.deep - 0.12 - 0.1 * x**2), 0.006)
    return density - windpipe * (density + 1000) + 500 * couch


def _lung(y: Map, depth: Map, rng: np.random.Generator) -> Map:
    """Return the Hounsfield units (height, width) of a lung, denser where the patient lies on it, with its vessels."""
    branches, twigs = (
        strands(18, rng, 0.2) * soft(noise(14, rng), 0.3),
        strands(34, rng, 0.25) * soft(noise(26, rng), 0.3),
    )
    tree = np.maximum(branches, twigs)
    dots = np.maximum(soft(noise(52, rng) - 2.1, 0.2), soft(noise(34, rng) - 2.2, 0.2))
    vessels = np.maximum(tree * (0.35 + 0.2 * noise(7, rng)).clip(0, 1), dots)
    air = rng.uniform(-900, -800) + 70 * y + 12 * noise(5, rng)
    units: Map = air + 700 * vessels * soft(depth - 0.03, 0.02)
    return units


def _bones(anatomy: _Slice, rng: np.random.Generator) -> Map:
    """Return the Hounsfield units (height, width) that vertebra, ribs and sternum add to soft tissue."""
    x, y, chest, deep = anatomy.x, anatomy.y, anatomy.chest, anatomy.deep
    vertebra = ellipse(x, y - 0.62 * deep, 0.13, 0.1)
    back = y - 0.62 * deep - 0.17  # behind the middle of the canal
    ring, canal = ellipse(x, back, 0.085, 0.075), ellipse(x, back, 0.05, 0.045)
    sides = rod(np.abs(x), back, (0.06, 0.02), (0.2, 0.05), 0.03)
    behind = rod(x, back, (0, 0.05), (0, 0.11), 0.025)
    bone = np.minimum(np.maximum.reduce([vertebra, ring, sides, behind]), -canal)
    turns = np.arctan2(y, np.abs(x)) * 7 + 20 * chest + rng.uniform(0, 2 * np.pi)
    rib = np.minimum(0.026 - np.abs(chest + 0.05), 0.08 * (np.cos(turns + 3 * np.sign(x)) - 0.1))
    bone = np.maximum(bone, np.where(np.abs(x) > 0.18, rib, -1))
    sternum = box(x, y + deep - 0.08, 0.13, 0.035)
    bone = np.maximum(bone, np.minimum(sternum, anatomy.body - 0.02))
    spongy = soft(bone - 0.018, 0.006) * (1 + 0.25 * noise(40, rng))
    units: Map = soft(bone, 0.008) * 650 - 400 * spongy
    return units
