"""Builds an entry of the image cache in a process of its own: `python -m tests.runtime.cache_builder FOLDER IMAGE`.

Decoding an image appends its number to `reads` in the folder. Decoding the given image waits for the file `go` in the
folder. The program prints the notes, and `right` if it got the images.
"""

import sys
import time
from pathlib import Path

import numpy as np

import labc
from labc.runtime.data.caching.cache import load_images
from labc.runtime.data.pixels import StoredImage
from labc.runtime.data.sources import Source
from labc.runtime.studies.display import Display

from .tiny import write_tiny

COUNT = 40
IMAGES = np.random.default_rng(0).integers(0, 2**16, (COUNT, 16, 16, 1), np.uint16)
IMAGES[: COUNT // 2] >>= 8


class Logged(Source):
    """Images whose decoding is logged. The first half are bytes, so that the file is rewritten on the way."""

    names = tuple(f"{number}.png" for number in range(COUNT))

    def __init__(self, folder: Path, waiting: int) -> None:
        self.folder, self.waiting = folder, waiting

    def read(self, index: int) -> StoredImage:
        while index == self.waiting and not (self.folder / "go").exists():
            time.sleep(0.01)
        with (self.folder / "reads").open("a", encoding="utf-8") as file:
            file.write(f"{index}\n")
        image = IMAGES[index]
        return StoredImage(image.astype(np.uint8) if index < COUNT // 2 else image, "array")

    def digest(self, index: int) -> str:
        return str(index)


class Printed(Display):
    """Prints the notes at once."""

    def note(self, text: str) -> None:
        print(text, flush=True)


def build(folder: Path, waiting: int) -> None:
    """Load the images, and print whether they are right."""
    data = labc.load(write_tiny(folder)).experiment.data
    assert data
    file = folder / "cache" / "key.images"
    images, _ = load_images(Logged(folder, waiting), range(COUNT), data, file, Printed())
    np.testing.assert_array_equal(images, IMAGES)
    print("right", flush=True)


if __name__ == "__main__":
    build(Path(sys.argv[1]), int(sys.argv[2]))
