"""Writes small DICOM and NIfTI files with pydicom and nibabel."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import UID, ExplicitVRLittleEndian, SecondaryCaptureImageStorage, generate_uid

AXIAL = (1, 0, 0, 0, 1, 0)
"""The directions of rows and columns of an axial slice: to the left, and to posterior."""


def dicom(
    pixels: NDArray[Any],
    kind: str = "MONOCHROME2",
    bits: int | None = None,
    frames: int = 1,
    series: str = "1.2.3",
    syntax: UID = ExplicitVRLittleEndian,
    **elements: Any,
) -> Dataset:
    """An image (height, width), with `frames` (frame, height, width), and a last axis for colours."""
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = syntax
    dataset.file_meta.MediaStorageSOPClassUID = SecondaryCaptureImageStorage
    dataset.SOPClassUID = SecondaryCaptureImageStorage
    dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID = generate_uid()
    dataset.SeriesInstanceUID = series
    colour = pixels.ndim == (3 if frames == 1 else 4)
    shape = pixels.shape if frames == 1 else pixels.shape[1:]
    dataset.Rows, dataset.Columns = shape[:2]
    dataset.SamplesPerPixel = 3 if colour else 1
    if colour:
        dataset.PlanarConfiguration = 0
    if frames > 1:
        dataset.NumberOfFrames = frames
    dataset.PhotometricInterpretation = kind
    dataset.BitsAllocated = 8 * pixels.dtype.itemsize
    dataset.BitsStored = bits or dataset.BitsAllocated
    dataset.HighBit = dataset.BitsStored - 1
    dataset.PixelRepresentation = int(pixels.dtype.kind == "i")
    dataset.PixelData = pixels.tobytes() + b"\0" * (pixels.nbytes % 2)
    dataset["PixelData"].VR = "OW" if dataset.BitsAllocated > 8 else "OB"
    for name, value in elements.items():
        setattr(dataset, name, value)
    return dataset


def write_dicom(path: Path, dataset: Dataset) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    dataset.save_as(path, enforce_file_format=True)
    return path


def write_series(
    folder: Path,
    volume: NDArray[Any],
    order: Sequence[int] | None = None,
    spacing: float = 2.5,
    orientation: Sequence[float] = AXIAL,
    **elements: Any,
) -> None:
    """The slices of a volume (depth, height, width), the first at the lowest position along their normal.

    `order` gives the number in the file name of each slice.
    """
    normal = np.cross(orientation[:3], orientation[3:])
    for index, pixels in enumerate(volume):
        position = [float(number) for number in np.array([5, -7, 3]) + normal * spacing * index]
        number = index if order is None else order[index]
        place = {"ImagePositionPatient": position, "ImageOrientationPatient": list(orientation)}
        write_dicom(folder / f"{number:03d}.dcm", dicom(pixels, **(place | elements)))


def sequence(**elements: Any) -> list[Dataset]:
    """A sequence of one item with these elements."""
    item = Dataset()
    for name, value in elements.items():
        setattr(item, name, value)
    return [item]
