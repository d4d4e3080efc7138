"""Sorts the slices of a volume by their position in the patient."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..shown import counted
from .dicom_frames import Frame
from .image_limits import NotAnImage

PARALLEL = 1e-3  # the largest difference of the directions of two slices, which have the length 1
DOUBLED = 0.1  # slices nearer than this part of the usual distance are at the same position
MISSING = 1.5  # slices farther apart than this many usual distances have others between them


def order_slices(frames: Sequence[Frame], names: Sequence[str]) -> tuple[list[int], str]:
    """Return the indices of the slices from the first to the last, and a note about it, or "".

    Slices are sorted by their position along their normal: the cross product of the directions of rows and columns.
    If no slice has a position, they are sorted by `InstanceNumber`, which the note says.

    Raises:
        NotAnImage: if a slice is missing or doubled, or if not all slices are parallel or have a position.
    """
    placed = [frame.position is not None and frame.orientation is not None for frame in frames]
    if all(placed):
        return _by_position(frames, names), ""
    if any(placed):
        raise NotAnImage(f"{counted(placed.count(False), 'slice')} of {len(frames)} without a position")
    return _by_number(frames, names), "the slices have no position and are sorted by `InstanceNumber`"


def _by_position(frames: Sequence[Frame], names: Sequence[str]) -> list[int]:
    directions = np.array([frame.orientation for frame in frames])
    other = int(np.abs(directions - directions[0]).max(axis=1).argmax())
    if not np.isfinite(directions).all() or np.abs(directions[other] - directions[0]).max() > PARALLEL:
        raise NotAnImage(f"its slices are not parallel: {names[0]} and {names[other]}")
    normal = np.cross(directions[0, :3], directions[0, 3:])
    places = np.array([frame.position for frame in frames]) @ normal
    return _sorted(places, names, " mm")


def _by_number(frames: Sequence[Frame], names: Sequence[str]) -> list[int]:
    without = [name for frame, name in zip(frames, names, strict=True) if frame.number is None]
    if without:
        raise NotAnImage(f"{without[0]} has neither a position nor an `InstanceNumber`")
    return _sorted(np.array([frame.number for frame in frames], np.float64), names, "")


def _sorted(places: NDArray[np.float64], names: Sequence[str], unit: str) -> list[int]:
    """Return the order of the places, which must be about equally far from each other."""
    order = [int(index) for index in np.argsort(places, kind="stable")]
    distances = np.diff(places[order])
    usual = float(np.median(distances[distances > 0])) if (distances > 0).any() else 1.0
    for distance, first, second in zip(distances, order, order[1:], strict=False):
        both = f"{names[first]} and {names[second]}"
        if not distance > DOUBLED * usual:
            raise NotAnImage(f"two slices are at the same position: {both}")
        if distance > MISSING * usual:
            far = f"the distance is {distance:.4g}{unit}, elsewhere {usual:.4g}{unit}"
            raise NotAnImage(f"slices are missing between {both}: {far}")
    return order
