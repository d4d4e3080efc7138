"""Synthetic CT images of nine organs, each cut out of a slice: the classes C1 to C9.

In this order: liver, spleen, kidney, bladder, head of the femur, heart, lung, pancreas, vertebra. Each is drawn from
the shape and the texture by which it is known in a slice with contrast medium: the vessels of the liver, the crescent
of the spleen, cortex and sinus of the kidney, the even fluid in the bladder, compact and spongy bone, the chambers of
the heart, the air of the lung, the lobules of the pancreas, the canal and the processes of a vertebra (Ellis et al.,
"Human Sectional Anatomy", 4th edition, 2015). Place, size, direction, side, contrast and surroundings are random in all
classes. Lengths are relative to half the width of the image; brightness is from 0 to 1, with fat at 0.25.
"""

from collections.abc import Callable

import numpy as np

from .canvas import Map, Picture, box, ellipse, noise, pose, record, refuse, rod, soft, strands

# This number is part of the cache key of drawn images. Increment it whenever the drawing changes.
VERSION = 1

# A depth (height, width), positive in the organ, and the brightness (height, width) there.
Organ = tuple[Map, Map]


def draw(label: str, rng: np.random.Generator) -> Picture:
    """Draw an organ of class `label` as a grey image (height, width) with values from 0 to 255.

    The image is determined by `label` and the state of `rng`. Raises ValueError for an unknown label.
    """
    refuse(label, tuple(_ORGANS))
    x, y = pose(rng, 0.1, 0.2, 0.1)
    x = x if rng.integers(2) else -x
    depth, inside = _ORGANS[label](x, y, rng)
    around = _surroundings(rng)
    picture = around + soft(depth + 0.01 * noise(12, rng), 0.012) * (inside - around)
    contrast, middle = rng.uniform(0.8, 1.3), rng.uniform(0.4, 0.55)
    return record(0.5 + contrast * (picture - middle), rng, rng.uniform(0.02, 0.06))


def _surroundings(rng: np.random.Generator) -> Map:
    """Return the brightness (height, width) of fat with other organs, vessels and sometimes bowel with gas in it."""
    others = soft(noise(4, rng) - rng.uniform(0, 0.8), 0.06) * rng.uniform(0.2, 0.4)
    vessels = 0.35 * soft(noise(14, rng) - 1.7, 0.1)
    gas = 0.25 * soft(noise(6, rng) - rng.uniform(1.4, 2.6), 0.06)
    brightness: Map = 0.25 + others + vessels - gas + 0.02 * noise(30, rng)
    return brightness


def _liver(x: Map, y: Map, rng: np.random.Generator) -> Organ:
    wedge = np.minimum(ellipse(x, y, 0.85, 0.66), 0.45 + 0.1 * noise(3, rng) - 0.55 * x - 0.7 * y)
    vessels = strands(6, rng, 0.13) * soft(noise(6, rng), 0.2)
    return wedge, 0.52 + rng.uniform(0.1, 0.2) * vessels + 0.03 * noise(36, rng)


def _spleen(x: Map, y: Map, rng: np.random.Generator) -> Organ:
    crescent = np.minimum(ellipse(x, y, 0.45, 0.78), -ellipse(x - rng.uniform(0.38, 0.5), y, 0.34, 0.62))
    return crescent + 0.02 * noise(5, rng), 0.62 + 0.03 * noise(8, rng) + 0.03 * noise(40, rng)


def _kidney(x: Map, y: Map, rng: np.random.Generator) -> Organ:
    bean = np.minimum(ellipse(x, y, 0.48, 0.66), -ellipse(x - 0.52, y, 0.2, 0.18))
    pyramids = soft(bean - 0.13, 0.015) * soft(np.cos(rng.integers(7, 11) * np.arctan2(y, x - 0.15)), 0.2)
    sinus = soft(ellipse(x - 0.22, y, 0.24, 0.34) + 0.04 * noise(10, rng), 0.02)
    tissue = 0.78 - rng.uniform(0.12, 0.25) * pyramids
    return bean, tissue + sinus * (0.3 - tissue) + 0.03 * noise(40, rng)


def _bladder(x: Map, y: Map, rng: np.random.Generator) -> Organ:
    wide, high = rng.uniform(0.5, 0.75), rng.uniform(0.42, 0.6)
    sac = (ellipse(x, y, wide, high) + box(x, y, wide, high)) / 2 + 0.02 * noise(3, rng)
    wall = soft(rng.uniform(0.04, 0.09) - sac, 0.015)
    layer = rng.uniform(0, 0.12) * soft(y - rng.uniform(0, 0.3), 0.03)  # contrast medium sinks down
    return sac, 0.36 + 0.18 * wall + layer


def _femur(x: Map, y: Map, rng: np.random.Generator) -> Organ:
    head = np.maximum(ellipse(x, y, 0.46, 0.46), rod(x, y, (0, 0), (0.6, 0.55), 0.24))
    socket = np.minimum(0.07 - np.abs(np.hypot(x, y) - 0.6), -0.2 - x - 0.5 * y)
    bone = np.maximum(head, socket)
    compact = soft(0.05 - bone, 0.015)
    return bone, 0.55 + 0.35 * compact + 0.07 * noise(26, rng) + 0.05 * noise(50, rng)


def _heart(x: Map, y: Map, rng: np.random.Generator) -> Organ:
    sac = ellipse(x, y, 0.72, 0.6) + 0.02 * noise(4, rng)
    across, along = x + rng.normal(0, 0.05), y + rng.normal(0, 0.04)
    left = ellipse(across - 0.24, along, 0.24, 0.34)
    right = np.minimum(ellipse(across + 0.26, along, 0.34, 0.42), -ellipse(across - 0.24, along, 0.36, 0.46))
    blood = soft(np.maximum(left, right) + 0.02 * noise(9, rng), 0.02)
    return sac, 0.48 + rng.uniform(0.2, 0.4) * blood + 0.03 * noise(30, rng)


def _lung(x: Map, y: Map, rng: np.random.Generator) -> Organ:
    half = np.minimum(ellipse(x, y, 0.75, 0.8), x + 0.25 + 0.08 * noise(3, rng))
    vessels = np.maximum(strands(14, rng, 0.2) * soft(noise(12, rng), 0.3), soft(noise(34, rng) - 2, 0.2))
    return half, 0.06 + 0.05 * noise(5, rng).clip(-1, 1) + rng.uniform(0.25, 0.5) * vessels


def _pancreas(x: Map, y: Map, rng: np.random.Generator) -> Organ:
    arc = y - rng.uniform(0.15, 0.3) * (1 - 3 * x**2)
    gland = rod(x, arc, (-0.55, 0), (0.6, 0), 0.15) + 0.1 * soft(-x - 0.3, 0.1)
    duct = soft(0.018 - np.abs(arc), 0.012) * soft(gland - 0.06, 0.02)
    return gland + 0.045 * noise(12, rng), 0.55 - 0.15 * duct + 0.06 * noise(18, rng)


def _vertebra(x: Map, y: Map, rng: np.random.Generator) -> Organ:
    body = np.minimum(ellipse(x, y + 0.25, 0.45, 0.34), -ellipse(x, y - 0.25, 0.3, 0.22))
    ring = ellipse(x, y - 0.27, 0.33, 0.28)
    side = rod(np.abs(x), y, (0.25, 0.3), (0.68, 0.4), 0.09)
    behind = rod(x, y, (0, 0.5), (0, 0.82), 0.09)
    bone = np.minimum(np.maximum(np.maximum(body, ring), np.maximum(side, behind)), -ellipse(x, y - 0.22, 0.2, 0.16))
    return bone, 0.58 + 0.32 * soft(0.05 - bone, 0.015) + 0.08 * noise(34, rng)


_ORGANS: dict[str, Callable[[Map, Map, np.random.Generator], Organ]] = {
    "C1": _liver,
    "C2": _spleen,
    "C3": _kidney,
    "C4": _bladder,
    "C5": _femur,
    "C6": _heart,
    "C7": _lung,
    "C8": _pancreas,
    "C9": _vertebra,
}
