"""Finds where the frames of a DICOM file lie, and how their values are rescaled."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydicom import Dataset

from .image_limits import NotAnImage

Vector = tuple[float, ...]


@dataclass(frozen=True)
class Frame:
    """One slice: its place in the patient's coordinates, in millimetres, and how its values are rescaled."""

    position: Vector | None
    """The centre of the first pixel (x, y, z), from `ImagePositionPatient`."""
    orientation: Vector | None
    """The directions of the rows and of the columns (2 x 3 numbers), from `ImageOrientationPatient`."""
    number: int | None
    """From `InstanceNumber`."""
    slope: float
    intercept: float


def read_frames(dataset: Dataset, count: int) -> list[Frame]:
    """Return the frames of a file.

    A file with one frame has these elements itself. In an enhanced file, the functional groups have them, for all
    frames or for each. Source: DICOM PS3.3, C.7.6.16.

    Raises:
        NotAnImage: if an element is damaged, or if there are not as many groups as frames.
    """
    each = dataset.get("PerFrameFunctionalGroupsSequence") or [Dataset()] * count
    if len(each) != count:
        raise NotAnImage(f"a damaged DICOM file: it has {count} frames, but functional groups for {len(each)}")
    shared = list(dataset.get("SharedFunctionalGroupsSequence") or [])
    whole = [dataset] if count == 1 else []
    return [_frame([groups, *shared, *whole], dataset) for groups in each]


def _frame(groups: list[Dataset], dataset: Dataset) -> Frame:
    number = dataset.get("InstanceNumber")
    values = next(_members(groups, "PixelValueTransformationSequence", "RescaleSlope"), dataset)
    return Frame(
        position=_vector(groups, "PlanePositionSequence", "ImagePositionPatient", 3),
        orientation=_vector(groups, "PlaneOrientationSequence", "ImageOrientationPatient", 6),
        number=None if number is None else int(number),
        slope=_number(values, "RescaleSlope", 1),
        intercept=_number(values, "RescaleIntercept", 0),
    )


def _members(groups: list[Dataset], sequence: str, element: str) -> Iterator[Dataset]:
    """Yield what has an element: a sequence of the groups, or the groups themselves."""
    for group in groups:
        for item in (*(group.get(sequence) or ()), group):
            if item.get(element) is not None:
                yield item


def _vector(groups: list[Dataset], sequence: str, element: str, length: int) -> Vector | None:
    item = next(_members(groups, sequence, element), None)
    if item is None:
        return None
    numbers = tuple(float(number) for number in item[element].value)
    if len(numbers) != length:
        raise NotAnImage(f"a damaged DICOM file: `{element}` has {len(numbers)} numbers instead of {length}")
    return numbers


def _number(dataset: Dataset, element: str, default: float) -> float:
    value = dataset.get(element)
    return default if value is None else float(value)
