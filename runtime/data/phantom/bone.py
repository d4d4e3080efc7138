"""Synthetic X-ray images of femurs with an atypical (AFF) or another fracture (NFF) of the shaft.

The signs are the major features of the task force of the American Society for Bone and Mineral Research (Shane et al.,
"Atypical subtrochanteric and diaphyseal femoral fractures", Journal of Bone and Mineral Research 29, 2014, 1-23). An
atypical fracture

- is transverse at the lateral cortex (others are oblique or spiral);
- has a localised thickening of the lateral cortex at the fracture, called beaking or flaring;
- often lies in a shaft with thick cortices;
- is not comminuted (others may have a third fragment).

Each sign is a latent severity plus noise, so that no single sign separates the classes. The position, the side of the
body, the displacement, the soft tissue and the exposure do not depend on the class.

The bone is a tube: the density is the length of the X-ray's path through its cortex. Lengths are relative to half the
width of the image; the proportions of the hip (head, neck and trochanters against the shaft) are those of a femur with
a shaft 28 mm wide, a head 46 mm wide and an offset of 43 mm (Noble et al., Clinical Orthopaedics 235, 1988, 148-165).
"""

from dataclasses import dataclass

import numpy as np

from .canvas import Map, Picture, ellipse, noise, pose, record, refuse, rod, sigmoid, soft, turn

# This number is part of the cache key of drawn images. Increment it whenever the drawing changes.
VERSION = 1

_SEVERITY = {"AFF": 2.0, "NFF": -2.0}
_SIGN_NOISE = 0.8


@dataclass(frozen=True)
class _Femur:
    """The shape of one femur; `hip` is the distance of the head's centre above the fracture."""

    radius: float
    cortex: float  # thickness, as a share of the radius
    bow: float
    hip: float
    beak: float  # 0 (none) to 1


@dataclass(frozen=True)
class _Break:
    """The course of the fracture, and how far the lower fragment is moved (to the side, down, turned)."""

    angle: float  # radians from the transverse direction
    wave: float
    gap: float
    closed: float  # where the gap ends on the medial side, in radii; the fracture is incomplete above -1
    moved: tuple[float, float, float]


def draw(label: str, rng: np.random.Generator) -> Picture:
    """Draw one femur with a fracture of class `label` as a grey image (height, width) with values from 0 to 255.

    The image is determined by `label` and the state of `rng`. Raises ValueError for an unknown label.
    """
    refuse(label, tuple(_SEVERITY))
    severity = rng.normal(_SEVERITY[label])
    transverse, beak, cortex, whole = sigmoid(severity + rng.normal(0, _SIGN_NOISE, 4))
    radius = rng.uniform(0.14, 0.2)
    femur = _Femur(radius, 0.3 + 0.14 * cortex + rng.uniform(-0.05, 0.05), rng.uniform(-0.08, 0.08),
                   rng.uniform(5.5, 10) * radius, beak * rng.uniform(0.7, 1.2))  # fmt: skip
    fracture = _fracture(transverse, radius, rng)
    x, y = pose(rng, 0.1, 0.09, 0.05)
    lateral = x if rng.integers(2) else -x
    v = y - rng.uniform(-0.15, 0.4)
    film = _soft_tissue(lateral, v, rng)
    film = film + rng.uniform(2.5, 3.5) * _fragments(femur, fracture, lateral, v, rng)
    if rng.uniform() < 0.5 - 0.5 * whole:
        film = film + _third_fragment(radius, lateral, v, rng)
    exposure = rng.uniform(0.9, 1.3)
    return record(1 - np.exp(-exposure * film), rng, 0.03)


def _fracture(transverse: float, radius: float, rng: np.random.Generator) -> _Break:
    angle = np.deg2rad(58 * (1 - transverse) + 5 * rng.standard_normal()) * (1 if rng.integers(2) else -1)
    wave = 0.35 * radius * (1 - transverse) * rng.standard_normal()
    displaced = rng.uniform() < 0.6
    size = 1.0 if displaced else 0.1
    side, down, turned = rng.standard_normal(3).clip(-2, 2)
    moved = (0.3 * radius * side * size, 0.02 * abs(down) * size, 0.06 * turned * size)
    return _Break(angle, wave, rng.uniform(0.02, 0.05), -2.0 if displaced else rng.uniform(-1.6, 0.2), moved)


def _soft_tissue(u: Map, v: Map, rng: np.random.Generator) -> Map:
    """Return the density (height, width) of the thigh, and of the film beside it."""
    thigh = soft(rng.uniform(0.65, 1.1) + 0.15 * v - np.abs(u + rng.normal(0, 0.1)), 0.03)
    muscle = 1 + 0.12 * noise(3, rng) + 0.05 * noise(9, rng) + 0.03 * noise(30, rng)
    tissue: Map = 0.03 + rng.uniform(0.12, 0.3) * thigh * muscle
    return tissue


def _fragments(femur: _Femur, fracture: _Break, u: Map, v: Map, rng: np.random.Generator) -> Map:
    """Return the density (height, width) of both fragments, each in its place; where they overlap it adds up."""
    ragged = 0.012 * noise(24, rng)
    trabeculae = 1 + 0.25 * noise(45, rng) + 0.15 * noise(20, rng)
    along, gap = _course(femur, fracture, u, v)
    upper = _bone(femur, u, v, trabeculae) * soft(ragged - along - gap / 2, 0.006)
    side, down, turned = fracture.moved
    u, v = turn(u - side, v - down, turned)
    along, gap = _course(femur, fracture, u, v)
    return upper + _bone(femur, u, v, trabeculae) * soft(along - ragged - gap / 2, 0.006)


def _course(femur: _Femur, fracture: _Break, u: Map, v: Map) -> tuple[Map, Map]:
    """Return the distance below the middle of the fracture, and the width of the gap (both height, width)."""
    across, along = turn(u, v, fracture.angle)
    wave = fracture.wave * np.sin(2 * across / femur.radius)
    return along + wave, fracture.gap * soft(u - fracture.closed * femur.radius, 0.1 * femur.radius)


def _bone(femur: _Femur, u: Map, v: Map, trabeculae: Map) -> Map:
    """Return the density (height, width) of the whole femur. The fracture is at v = 0, the lateral side at u > 0."""
    r = femur.radius
    u = u - femur.bow * v**2
    from_hip = v + femur.hip
    wide = soft(3.4 * r - from_hip, 0.5 * r)  # 1 at the hip, where the bone is wide and its cortex thin
    radius = r * (1 + 0.45 * wide + 0.06 * v.clip(0, 1) ** 2)
    bump = 0.45 * r * femur.beak * np.exp(-((v / (0.75 * r)) ** 2))
    outer, inner = radius + bump / 2, radius * (1 - femur.cortex * (1 - 0.75 * wide)) - bump / 4
    shaft = _chord(u - bump / 2, outer) - 0.9 * _chord(u + bump / 4, inner)
    shaft = shaft * soft(from_hip - r, 0.3 * r) * (1 + (trabeculae - 1) * (0.3 + 0.7 * wide))
    bone: Map = shaft + _hip(r, u, from_hip) * trabeculae
    return bone


def _hip(r: float, u: Map, v: Map) -> Map:
    """Return the density (height, width) of head, neck and trochanters; the head's centre is at v = 0."""
    head = _ball(ellipse(u + 3.1 * r, v, 1.65 * r, 1.65 * r), 1.65 * r)
    neck = _ball(rod(u, v, (-2.9 * r, 0.2 * r), (-0.1 * r, 2.3 * r), 1.15 * r), 1.15 * r)
    greater = _ball(rod(u, v, (0.7 * r, 0.3 * r), (0.6 * r, 2.2 * r), 0.95 * r), 0.95 * r)
    lesser = _ball(ellipse(u + 1.05 * r, v - 3.6 * r, 0.6 * r, 0.9 * r), 0.6 * r)
    socket = soft(0.35 * r - np.abs(np.hypot(u + 3.1 * r, v) - 2.25 * r), 0.1 * r)
    socket = socket * soft(-v - 0.5 * (u + 3 * r), 0.4 * r)  # the part of the ring above the head
    hip: Map = r * (1.5 * np.maximum(head, 0.9 * neck) + greater + 0.7 * lesser + 1.2 * socket)
    return hip


def _chord(u: Map, radius: Map) -> Map:
    """Return the path length (height, width) of the X-ray through a cylinder at the distance `u` from its axis."""
    length: Map = 2 * np.sqrt((radius**2 - u**2).clip(0))
    return length


def _ball(depth: Map, radius: float) -> Map:
    """Return the path length (height, width) through a round body with a firm shell, from 0 to about 1."""
    inside = (depth / radius).clip(0, 1)
    length: Map = np.sqrt(inside * (2 - inside)) * (0.6 + 0.4 * np.exp(-inside / 0.12))
    return length


def _third_fragment(radius: float, u: Map, v: Map, rng: np.random.Generator) -> Map:
    """Return the density (height, width) of a wedge of cortex beside the fracture."""
    side = 1 if rng.integers(2) else -1
    across, along = turn(u - side * rng.uniform(1.0, 1.5) * radius, v - rng.normal(0, 0.5) * radius, rng.normal(0, 0.4))
    return rng.uniform(0.2, 0.5) * soft(ellipse(across, along, 0.28 * radius, rng.uniform(0.8, 1.6) * radius), 0.006)
