"""A source of images: the arrays of a file in the layout of MedMNIST."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NoReturn

import numpy as np

from ....compiler.sections import Npz
from ....grammar.diagnostics.codes import Code
from ....grammar.diagnostics.diagnostic import Diagnostic
from ....grammar.diagnostics.lab_error import LabError
from ....grammar.diagnostics.suggest import listing
from ..decoding.image_file import open_image_file
from ..decoding.image_limits import NotAnImage
from ..pixels import StoredImage
from .image_source import Source
from .large_arrays import Array, read_arrays
from .listed_images import ListedImages

PARTS = {"train": "train", "validation": "val", "test": "test"}
"""The beginning of the names of each part's arrays."""
EXPECTED = tuple(f"{part}_{what}" for part in PARTS.values() for what in ("images", "labels"))


@dataclass(frozen=True)
class ArraySource(Source):
    """The images of several arrays (image, height, width) or (image, height, width, channel), one after the other.

    Volumes have the depth before the height.
    """

    images: tuple[Array, ...]
    names: tuple[str, ...]
    _digests: dict[int, str] = field(default_factory=dict, compare=False, repr=False)

    def read(self, index: int) -> StoredImage:
        return StoredImage(self.images[index], "array")

    def digest(self, index: int) -> str:
        if index not in self._digests:
            image = np.ascontiguousarray(self.images[index])
            digest = hashlib.sha256(f"{image.dtype.str} {image.shape} ".encode())
            digest.update(image.data)
            self._digests[index] = digest.hexdigest()
        return self._digests[index]


def list_arrays(npz: Npz, classes: Sequence[str], axes: int) -> ListedImages:
    """List the images of a file with the arrays `train_images`, `train_labels`, `val_…` and `test_…`.

    Input: `axes`, 2 for images of height x width, 3 for volumes.

    The names of the images are `train/0000`, `validation/0000` and so on: their positions in the arrays.

    Raises:
        LabError: if the file cannot be read, if an array is missing, unknown or has a wrong shape or type, or if a
            label is the number of no class.
    """
    arrays = _read(npz)
    images: list[Array] = []
    names: list[str] = []
    labels: list[int] = []
    parts: dict[str, range] = {}
    for part, start in PARTS.items():
        pixels = _images(npz, f"{start}_images", arrays, axes)
        numbers = _labels(npz, f"{start}_labels", arrays, classes)
        if len(pixels) != len(numbers):
            counts = f"{len(pixels)} in `{start}_images` and {len(numbers)} in `{start}_labels`"
            _refuse(npz, f"must have a label for each image, but has {counts}")
        parts[part] = range(len(images), len(images) + len(pixels))
        images += list(pixels)
        width = len(str(len(pixels) - 1))
        names += [f"{part}/{index:0{width}d}" for index in range(len(pixels))]
        labels += [int(number) for number in numbers]
    return ListedImages(ArraySource(tuple(images), tuple(names)), npz, labels=tuple(labels), parts=parts)


def _read(npz: Npz) -> dict[str, Array]:
    """Return the arrays of the file, which must be those of MedMNIST."""
    path = npz.path_of("path")
    if not path.exists():
        _refuse(npz, "does not exist", f"a relative path starts at the folder of the .lab file: {path.absolute()}")
    try:
        with open_image_file(path, any_size=True) as file:
            loaded = np.load(file, allow_pickle=False)
            if not isinstance(loaded, np.lib.npyio.NpzFile):
                _refuse(npz, "has one array, but must be a file of several arrays", _LAYOUT)
            _check_names(npz, loaded.files)
            return read_arrays(file, loaded, EXPECTED)
    except LabError:
        raise
    except NotAnImage as reason:
        _refuse(npz, f"cannot be read: {reason}")
    except Exception as error:  # a damaged file can raise nearly every exception
        text = "it contains Python objects, which are never loaded" if "allow_pickle" in str(error) else str(error)
        _refuse(npz, f"cannot be read: {text or type(error).__name__}")


def _check_names(npz: Npz, names: Sequence[str]) -> None:
    missing = [name for name in EXPECTED if name not in names]
    unknown = [name for name in names if name not in EXPECTED]
    if missing:
        _refuse(npz, f"has no {listing(missing)}", f"its arrays are {listing(names)}" if names else "it is empty")
    if unknown:
        _refuse(npz, f"has arrays that labc does not know: {listing(unknown)}", _LAYOUT)


def _images(npz: Npz, name: str, arrays: dict[str, Array], axes: int) -> Array:
    """Return an array of images: (image, height, width) or (image, height, width, channel), numbers.

    With 3 `axes`, the depth is before the height. `image` in `data` decides, because (image, depth, height, width) and
    (image, height, width, channel) cannot be told apart.
    """
    array = arrays[name]
    found = "x".join(map(str, array.shape)) or "a single number"
    if array.dtype.kind not in "buif":
        _refuse(npz, f"must have numbers in `{name}`, but has values of type {array.dtype}")
    if array.ndim not in (axes + 1, axes + 2) or (array.ndim == axes + 2 and array.shape[-1] not in (1, 3)):
        names, fourth = (
            ("image x height x width", "fourth") if axes == 2 else ("image x depth x height x width", "fifth")
        )
        shape = f"{names}, and 1 or 3 channels if there is a {fourth} axis"
        _refuse(npz, f"must have the axes {shape} in `{name}`, but has {found}", _other_axes_help(array, axes))
    if not array.size:
        _refuse(npz, f"has no images in `{name}`: its axes are {found}")
    return array


def _other_axes_help(array: Array, axes: int) -> str | None:
    """Return the help for an array of volumes where `image` has no depth, and the other way round."""
    if axes == 3 and array.ndim in (3, 4):
        return "`image` in `data` has a depth; for images without depth write `image` as height x width x channels"
    if axes == 2 and array.ndim in (4, 5):
        sides = "x".join(map(str, array.shape[1:4]))
        channels = array.shape[4] if array.ndim == 5 and array.shape[4] == 3 else 1
        return f"for volumes, `image` in `data` has a depth: `image = {sides}x{channels}`"
    return None


def _labels(npz: Npz, name: str, arrays: dict[str, Array], classes: Sequence[str]) -> Array:
    """Return an array of labels (image,), which may be stored as (image, 1): integers from 0, below the classes."""
    array = arrays[name]
    axes = "x".join(map(str, array.shape)) or "a single number"
    if array.ndim == 2 and array.shape[1] > 1:
        help = "several labels for each image are not part of the language yet"
        _refuse(npz, f"must have one label for each image in `{name}`, but its axes are {axes}", help)
    if array.ndim not in (1, 2) or (array.ndim == 2 and array.shape[1] != 1):
        _refuse(npz, f"must have the axes image, or image x 1, in `{name}`, but has {axes}")
    if array.dtype.kind not in "ui":
        _refuse(npz, f"must have integers in `{name}`, but has values of type {array.dtype}")
    wrong = sorted({int(number) for number in array.ravel() if not 0 <= number < len(classes)})
    if wrong:
        values = ", ".join(map(str, wrong[:8]))
        last = len(classes) - 1
        more = f"list a name in `classes` for each number from 0 to {max(wrong)}" if min(wrong) >= 0 else None
        _refuse(npz, f"has labels in `{name}` that are the number of no class (0 to {last}): {values}", more)
    return array.reshape(len(array))


_LAYOUT = f"it must have the arrays {listing(EXPECTED)}"


def _refuse(npz: Npz, reason: str, help: str | None = None) -> NoReturn:
    raise LabError([Diagnostic(Code.BAD_ARRAYS, f'the file "{npz.path}" {reason}', npz.place("path"), help=help)])
