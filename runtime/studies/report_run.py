"""Writes the report of a run, with the images of its dataset as examples."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from ...compiler.backends.scaling import PixelRange
from ..data.dataset import Dataset, Part
from ..data.pixel_range import grey_levels
from ..data.pixels import Bytes, Values, middle_of_mask, middle_slice
from ..runs.mask_table import MASKS_FILE, read_predicted_masks
from ..runs.record import RunRecord


class ShownImages(Mapping[str, Bytes]):
    """The images of a dataset as bytes (height, width, channel), by file name. Each is converted on request.

    Of a volume it is the middle slice.
    """

    def __init__(self, images: Mapping[str, Values], pixels: PixelRange) -> None:
        """Take the stored values of the images; the range `pixels` becomes black and white."""
        self._images, self._pixels = images, pixels

    def __getitem__(self, file: str) -> Bytes:
        return np.rint(grey_levels(middle_slice(self._images[file]), self._pixels)).astype(np.uint8)

    def __contains__(self, file: object) -> bool:
        return file in self._images  # without converting the image

    def __iter__(self) -> Iterator[str]:
        return iter(self._images)

    def __len__(self) -> int:
        return len(self._images)


def _numbers(classes: Sequence[str], scored: Sequence[str]) -> Bytes:
    """Return a number for each class number and for the number after the last class: the index in `scored`.

    The background, which is not in `scored`, becomes the number after its last index.
    """
    found = [scored.index(name) if name in scored else len(scored) for name in classes]
    return np.array([*found, len(scored)], np.uint8)


def _masks(
    folder: Path, record: RunRecord, parts: Mapping[str, Part], classes: Sequence[str]
) -> dict[str, tuple[Bytes, Bytes]]:
    """Return the true and the predicted mask (height, width) of each image by its file name, with the numbers of
    `_numbers`. Of a volume it is the middle slice.
    """
    predicted, numbers = read_predicted_masks(folder / MASKS_FILE), _numbers(classes, record.classes)
    pairs = (
        (file, numbers[middle_of_mask(true)], numbers[middle_of_mask(marked)])
        for name, part in parts.items()
        for file, true, marked in zip(part.files, part.targets, predicted.get(name, ()), strict=True)
    )
    return {file: (true, marked) for file, true, marked in pairs}


def report_run(folder: Path, record: RunRecord, dataset: Dataset) -> None:
    """Write the report of a run into its folder."""
    from ..report.write import write_report  # loads Matplotlib

    parts = {name: part for name, part in dataset.parts.items() if name != "train"}
    images = {file: image for part in parts.values() for file, image in zip(part.files, part.images, strict=True)}
    masks = _masks(folder, record, parts, dataset.classes) if record.masks is not None else {}
    write_report(folder, record, ShownImages(images, dataset.pixels), masks)
