"""Small experiments with masks: files written from arrays, and what a run makes of them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from numpy.typing import NDArray
from PIL import Image

import labc
from labc.grammar.diagnostics.lab_error import LabError
from labc.runtime.data.dataset import Dataset, load_dataset
from labc.runtime.studies.display import Display

from .tiny import selection_of

Array = NDArray[Any]

HEAD = "model { conv(4) }\n"


def save(path: Path, pixels: Array, **options: Any) -> None:
    """Write an image: TIFF and `.npy` as they are, other formats with Pillow."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".tif":
        tifffile.imwrite(path, pixels)
    elif path.suffix == ".npy":
        np.save(path, pixels)
    else:
        Image.fromarray(pixels).save(path, **options)


def write(folder: Path, files: Mapping[str, Array]) -> None:
    for name, pixels in files.items():
        save(folder / name, pixels)


def experiment(folder: Path, *settings: str, image: str = "6x8x1") -> Any:
    """The experiment in `folder` with these settings of `data`; the images keep their size."""
    path = folder / "masks.lab"
    lines = "\n".join(f"  {one}" for one in [*settings, f"image = {image}"])
    path.write_text(f"data {{\n{lines}\n}}\n\n{HEAD}", encoding="utf-8")
    return labc.load(path).experiment


def load(folder: Path, *settings: str, image: str = "6x8x1") -> Dataset:
    selection = selection_of(experiment(folder, *settings, image=image))
    return load_dataset(selection, folder / "cache", Display())


def masks_of(folder: Path, *settings: str, image: str = "6x8x1") -> dict[str, Array]:
    """The loaded mask of each image, by the name of the image, and without the name of the source before it."""
    dataset = load(folder, *settings, image=image)
    return {file: mask for part in dataset.parts.values() for file, mask in zip(part.files, part.targets, strict=True)}


def refusal(folder: Path, *settings: str, image: str = "6x8x1") -> str:
    """The diagnostics of an experiment whose data cannot be used."""
    with pytest.raises(LabError) as raised:
        load(folder, *settings, image=image)
    text = str(raised.value).replace(str(folder.resolve()), "FOLDER").replace(str(folder), "FOLDER")
    return f"{text}\n"


def picture(seed: int, size: tuple[int, ...] = (6, 8)) -> Array:
    return np.random.default_rng(seed).integers(0, 256, size, np.uint8)


def regions(
    seed: int, values: tuple[int, ...] = (0, 255), size: tuple[int, int] = (6, 8), dtype: Any = np.uint8
) -> Array:
    """A random mask in which every value occurs."""
    mask = np.random.default_rng(seed).choice(values, size)
    mask.flat[: len(values)] = values
    return mask.astype(dtype)
