"""Sources of images. A source lists its images without reading them, and reads one at a time."""

import hashlib
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...compiler.sections import Data, Folder, Phantom
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from .phantom import KINDS

Pixels = NDArray[Any]

# Formats that scikit-image reads through Pillow and tifffile.
EXTENSIONS = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp"})


class Source(ABC):
    """A list of images. Names have the form `folder/file.png`."""

    names: tuple[str, ...]

    @abstractmethod
    def read(self, index: int) -> Pixels:
        """The stored image: (height, width) or (height, width, channel), any dtype.

        Raises OSError or ValueError if it cannot be read.
        """

    @abstractmethod
    def digest(self, index: int) -> str:
        """A text that changes when the content of the image changes."""


@dataclass(frozen=True)
class FolderSource(Source):
    """All image files below a folder, sorted by name."""

    root: Path
    names: tuple[str, ...]

    def read(self, index: int) -> Pixels:
        from skimage.io import imread

        return np.asarray(imread(self.root / self.names[index]))

    def digest(self, index: int) -> str:
        try:
            with (self.root / self.names[index]).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:  # reported when it is read, together with all other unreadable images
            return "unreadable"


@dataclass(frozen=True)
class PhantomSource(Source):
    """Synthetic images that alternate between the classes. Image `i` does not depend on the number of images."""

    kind: str
    seed: int
    names: tuple[str, ...]

    def read(self, index: int) -> Pixels:
        drawer = KINDS[self.kind]
        number = index % len(drawer.CLASSES)
        drawn: Pixels = drawer.draw(drawer.CLASSES[number], np.random.default_rng([self.seed, number, index]))
        return drawn

    def digest(self, index: int) -> str:
        return f"{self.kind} {KINDS[self.kind].VERSION} {self.seed} {index}"


def open_source(data: Data) -> Source:
    """The source of a `data` section.

    Raises:
        LabError: if the folder is missing or holds no image.
    """
    match data.source:
        case Phantom() as phantom:
            return PhantomSource(phantom.kind, phantom.seed, tuple(_phantom_names(phantom)))
        case Folder() as folder:
            root = folder.path_of("path")
            return FolderSource(root, _image_files(root, folder))
        case other:
            raise AssertionError(f"{other!r} is refused by check_trainable")


def _phantom_names(phantom: Phantom) -> list[str]:
    classes: tuple[str, ...] = KINDS[phantom.kind].CLASSES
    labels = [classes[index % len(classes)] for index in range(phantom.images)]
    return [f"{label}/{label}_{index:05d}.png" for index, label in enumerate(labels)]


def _image_files(root: Path, folder: Folder) -> tuple[str, ...]:
    place = folder.place("path")
    if not root.is_dir():
        help = f"a relative path starts at the folder of the .lab file; this one means {root.resolve()}"
        what = "is a file, not a folder" if root.is_file() else "does not exist"
        message = f'the folder "{folder.path}" {what}'
        raise LabError([Diagnostic(Code.NO_FOLDER, message, place, help=help)])
    files = [path.relative_to(root) for path in root.rglob("*") if path.suffix.lower() in EXTENSIONS]
    names = sorted(PurePosixPath(path).as_posix() for path in files if not _hidden(path) and (root / path).is_file())
    if not names:
        message = f'the folder "{folder.path}" holds no images'
        help = "image files end in " + " ".join(sorted(EXTENSIONS))
        raise LabError([Diagnostic(Code.NO_IMAGES, message, place, help=help)])
    return tuple(names)


def _hidden(path: Path) -> bool:
    """Whether a name in the path starts with a dot, such as the `._x.jpg` files that macOS writes."""
    return any(part.startswith(".") for part in path.parts)
