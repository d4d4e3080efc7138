"""Writes the report of a run, with the images of its dataset as examples."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from ...compiler.backends.scaling import PixelRange
from ..data.dataset import Dataset
from ..data.pixel_range import grey_levels
from ..data.pixels import Bytes, Values, middle_slice
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


def report_run(folder: Path, record: RunRecord, dataset: Dataset) -> None:
    """Write the report of a run into its folder."""
    from ..report.write import write_report  # loads Matplotlib

    parts = {name: dataset.parts[name] for name in ("validation", "test") if name in dataset.parts}
    images = {file: image for part in parts.values() for file, image in zip(part.files, part.images, strict=True)}
    masks: dict[str, tuple[Bytes, Bytes]] = {}
    if record.masks is not None:
        predicted = read_predicted_masks(folder / MASKS_FILE)
        numbers = _numbers(dataset.classes, record.classes)
        for name, part in parts.items():
            pairs = zip(numbers[part.targets], numbers[predicted.get(name, ())], strict=True)
            masks |= dict(zip(part.files, pairs, strict=True))
    write_report(folder, record, ShownImages(images, dataset.pixels), masks)
