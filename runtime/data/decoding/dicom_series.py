"""Reads the DICOM files of a folder as one volume."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from pydicom import Dataset

from ....grammar.terminal_text import printable
from ..pixels import StoredImage
from ..shown import counted
from .decode import decoding
from .decode_options import DecodeOptions
from .dicom import check_dicom_size, count_frames, decode_frames, open_dicom
from .dicom_frames import Frame
from .dicom_order import order_slices
from .dicom_values import Array
from .image_limits import NotAnImage, a_picture


def read_series(paths: Sequence[Path], options: DecodeOptions) -> StoredImage:
    """Read one slice from each file, and return them as a volume (depth, height, width) or (depth, height, width, 3).

    The depth goes along the normal of the slices; `order_slices` describes it.

    Raises:
        NotAnImage: if a file cannot be read, if the files are not the slices of one series, or are too large together.
    """
    if len(paths) == 1:
        raise a_picture(f"{printable(paths[0].name)}: ")
    frames: list[Frame] = []
    slices: list[Array] = []
    series = Counter[str]()
    mode = ""
    for path in paths:
        try:
            with decoding(path):
                dataset = open_dicom(path)
                if count_frames(dataset) > 1:
                    raise NotAnImage(f"it has {count_frames(dataset)} frames, but other files beside it have one")
                check_dicom_size(dataset, len(paths), options)
                series[_name(dataset)] += 1
                if len(series) == 1:
                    (frame,), (values,) = decode_frames(dataset)
                    frames.append(frame)
                    slices.append(values)
                    mode = str(dataset.PhotometricInterpretation).lower()
        except NotAnImage as reason:
            raise NotAnImage(f"{printable(path.name)}: {reason}") from None
    _check_one_series(series)
    _check_sizes(paths, slices)
    order, note = order_slices(frames, [printable(path.name) for path in paths])
    return StoredImage(np.stack([slices[index] for index in order]), mode, note)


def _name(dataset: Dataset) -> str:
    """Return the name of the series of a slice: its description and its identifier."""
    description, identifier = dataset.get("SeriesDescription"), dataset.get("SeriesInstanceUID")
    return printable(f'"{description}" {identifier}' if description else str(identifier))


def _check_one_series(series: Counter[str]) -> None:
    if len(series) > 1:
        listed = ", ".join(f"{name} ({counted(count, 'file')})" for name, count in series.most_common(4))
        raise NotAnImage(f"the folder has {len(series)} series, but a volume is one: {listed}")


def _check_sizes(paths: Sequence[Path], slices: Sequence[Array]) -> None:
    shapes = [one.shape for one in slices]
    other = next((index for index, shape in enumerate(shapes) if shape != shapes[0]), None)
    if other is not None:
        sizes = ["x".join(map(str, shapes[index])) for index in (0, other)]
        names = [printable(paths[index].name) for index in (0, other)]
        raise NotAnImage(f"its slices have different sizes: {sizes[0]} in {names[0]}, {sizes[1]} in {names[1]}")
