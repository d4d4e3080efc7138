"""Writes drawn images as files: a folder for each class, images with masks, a table, or one file as of MedMNIST."""

import csv
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ...compiler.sections import Phantom
from .placement import resize_nearest
from .resize import prepare
from .sources.drawn import DrawnSource

Bytes = NDArray[np.uint8]
Save = Callable[[Bytes, Path], None]


@dataclass(frozen=True)
class PhantomFiles:
    """The images of a phantom as they are written; `size` is their height and width, or None for the phantom's own."""

    source: DrawnSource
    has_masks: bool
    size: int | None

    @classmethod
    def of(cls, phantom: Phantom, size: int | None) -> "PhantomFiles":
        """Return the files for the settings of a phantom."""
        return cls(DrawnSource.of(phantom), phantom.has_masks, size)

    def image(self, index: int) -> Bytes:
        """Return an image: (height, width) if it is grey, (height, width, 3) if it has colours."""
        picture = np.asarray(self.source.read(index).pixels[:, :], np.uint8)
        if self.size is None:
            return picture
        channels = 1 if picture.ndim == 2 else 3
        resized = prepare(picture, (self.size, self.size, channels), "stretch").astype(np.uint8)
        return resized[:, :, 0] if channels == 1 else resized

    def mask(self, index: int) -> Bytes:
        """Return the mask of an image (height, width). Each pixel has the value of the nearest pixel that was drawn."""
        mask = np.asarray(self.source.mask(index), np.uint8)
        return mask if self.size is None else resize_nearest(mask, (self.size, self.size), "stretch", 0)


def save_png(picture: Bytes, path: Path) -> None:
    """Write a picture as a PNG file."""
    Image.fromarray(picture).save(path)


def write_folder(files: PhantomFiles, target: Path, ending: str = ".png", save: Save = save_png) -> None:
    """Write each image as `CLASS/NAME.png`; with masks, as `Image/NAME.png` and `Mask/NAME.png`.

    `save` writes one picture; `ending` is the ending of the names. `target` must be empty or missing. Its content
    appears when all of it is written.

    Raises:
        FileExistsError: if `target` is not an empty folder.
        OSError: if a file cannot be written.
    """
    with _filling(target) as folder:
        for index, name in enumerate(files.source.names):
            _save(files.image(index), (folder / name).with_suffix(ending), save)
            if files.has_masks:
                _save(files.mask(index), (folder / "Mask" / Path(name).name).with_suffix(ending), save)


def write_csv(files: PhantomFiles, target: Path) -> None:
    """Write each image as `images/NAME.png`, and `labels.csv` with the columns `file` and `label`.

    With masks, the images are `Image/NAME.png` and `Mask/NAME.png`, and the columns are `file` and `mask`. The files in
    the table are relative to its folder. `target` is as for `write_folder`.

    Raises:
        FileExistsError: if `target` is not an empty folder.
        OSError: if a file cannot be written.
    """
    classes = files.source.classes
    with _filling(target) as folder, (folder / "labels.csv").open("w", encoding="utf-8", newline="") as table:
        rows = csv.writer(table, lineterminator="\n")
        rows.writerow(["file", "mask" if files.has_masks else "label"])
        for index, name in enumerate(Path(name).name for name in files.source.names):
            image, mask = f"{'Image' if files.has_masks else 'images'}/{name}", f"Mask/{name}"
            _save(files.image(index), folder / image, save_png)
            if files.has_masks:
                _save(files.mask(index), folder / mask, save_png)
            rows.writerow([image, mask if files.has_masks else classes[index % len(classes)]])


def write_npz(files: PhantomFiles, target: Path) -> None:
    """Write all images to `KIND.npz` with the arrays of MedMNIST: 70% are for training, 10% for validation.

    The arrays are `train_images` (image, height, width), or with colours (image, height, width, 3), and `train_labels`
    (image, 1), the numbers of the classes; with masks, `train_masks` (image, height, width) takes the place of the
    labels. `val_…` and `test_…` are alike. All are bytes. `target` is as for `write_folder`.

    Raises:
        FileExistsError: if `target` is not an empty folder.
        OSError: if the file cannot be written.
    """
    count = len(files.source.names)
    arrays: dict[str, Bytes] = {}
    with _filling(target) as folder:
        for part, indices in _parts(count).items():
            arrays[f"{part}_images"] = np.stack([files.image(index) for index in indices])
            if files.has_masks:
                arrays[f"{part}_masks"] = np.stack([files.mask(index) for index in indices])
            else:
                numbers = np.array(indices) % len(files.source.classes)
                arrays[f"{part}_labels"] = numbers.astype(np.uint8)[:, None]
        named: dict[str, Any] = arrays
        np.savez_compressed(folder / f"{files.source.kind}.npz", **named)


def _parts(count: int) -> dict[str, range]:
    """Return the indices of the images in each part. The classes take turns, so every part has all of them."""
    validation, test = count // 10, count // 5
    train = count - validation - test
    return {"train": range(train), "val": range(train, train + validation), "test": range(train + validation, count)}


def _save(picture: Bytes, path: Path, save: Save) -> None:
    path.parent.mkdir(exist_ok=True)
    save(picture, path)


@contextmanager
def _filling(target: Path) -> Iterator[Path]:
    """Yield a temporary folder inside `target`, whose content moves to `target` after the block.

    If the block raises, nothing is left.
    """
    is_new = not target.exists()
    target.mkdir(parents=True, exist_ok=True)
    if any(target.iterdir()):
        raise FileExistsError(f"{target} is not empty")
    temporary = target / f".{secrets.token_hex(4)}.new"
    try:
        temporary.mkdir()
        yield temporary
        for path in sorted(temporary.iterdir()):
            path.rename(target / path.name)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        if is_new and not any(target.iterdir()):
            target.rmdir()
