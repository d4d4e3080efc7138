"""A source of images: the arrays of a file in the layout of MedMNIST."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ....compiler.sections import Npz
from ....grammar.diagnostics.lab_error import LabError
from ....grammar.diagnostics.suggest import listing
from ..decoding.image_file import open_image_file
from ..decoding.image_limits import NotAnImage
from ..pixels import StoredImage
from .array_labels import read_array_labels, refuse_arrays
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


def list_arrays(npz: Npz, classes: Sequence[str], labels: Sequence[str], axes: int) -> ListedImages:
    """List the images of a file with the arrays `train_images`, `train_labels`, `val_…` and `test_…`.

    Input: `classes` or `labels`, the names of one of them, by the task; `axes`, 2 for images of height x width, 3 for
    volumes.

    The names of the images are `train/0000`, `validation/0000` and so on: their positions in the arrays.

    Raises:
        LabError: if the file cannot be read, if an array is missing, unknown or has a wrong shape or type, or if
            the labels are not those of `classes` or `labels`.
    """
    arrays = _read(npz)
    images: list[Array] = []
    names: list[str] = []
    stored: list[Array] = []
    parts: dict[str, range] = {}
    for part, start in PARTS.items():
        pixels = _images(npz, f"{start}_images", arrays, axes)
        numbers = read_array_labels(npz, f"{start}_labels", arrays, classes, labels)
        if len(pixels) != len(numbers):
            counts = f"{len(pixels)} in `{start}_images` and {len(numbers)} in `{start}_labels`"
            refuse_arrays(npz, f"must have a label for each image, but has {counts}")
        parts[part] = range(len(images), len(images) + len(pixels))
        images += list(pixels)
        width = len(str(len(pixels) - 1))
        names += [f"{part}/{index:0{width}d}" for index in range(len(pixels))]
        stored.append(numbers)
    source, values = ArraySource(tuple(images), tuple(names)), np.concatenate(stored).tolist()
    if labels:
        return ListedImages(source, npz, label_rows=tuple(map(tuple, values)), parts=parts)
    return ListedImages(source, npz, labels=tuple(values), parts=parts)


def _read(npz: Npz) -> dict[str, Array]:
    """Return the arrays of the file, which must be those of MedMNIST."""
    path = npz.path_of("path")
    if not path.exists():
        refuse_arrays(
            npz, "does not exist", f"a relative path starts at the folder of the .lab file: {path.absolute()}"
        )
    try:
        with open_image_file(path, any_size=True) as file:
            loaded = np.load(file, allow_pickle=False)
            if not isinstance(loaded, np.lib.npyio.NpzFile):
                refuse_arrays(npz, "has one array, but must be a file of several arrays", _LAYOUT)
            _check_names(npz, loaded.files)
            return read_arrays(file, loaded, EXPECTED)
    except LabError:
        raise
    except NotAnImage as reason:
        refuse_arrays(npz, f"cannot be read: {reason}")
    except Exception as error:  # a damaged file can raise nearly every exception
        text = "it contains Python objects, which are never loaded" if "allow_pickle" in str(error) else str(error)
        refuse_arrays(npz, f"cannot be read: {text or type(error).__name__}")


def _check_names(npz: Npz, names: Sequence[str]) -> None:
    missing = [name for name in EXPECTED if name not in names]
    unknown = [name for name in names if name not in EXPECTED]
    if missing:
        refuse_arrays(npz, f"has no {listing(missing)}", f"its arrays are {listing(names)}" if names else "it is empty")
    if unknown:
        refuse_arrays(npz, f"has arrays that labc does not know: {listing(unknown)}", _LAYOUT)


def _images(npz: Npz, name: str, arrays: dict[str, Array], axes: int) -> Array:
    """Return an array of images: (image, height, width) or (image, height, width, channel), numbers.

    With 3 `axes`, the depth is before the height. `image` in `data` decides, because (image, depth, height, width) and
    (image, height, width, channel) cannot be told apart.
    """
    array = arrays[name]
    found = "x".join(map(str, array.shape)) or "a single number"
    if array.dtype.kind not in "buif":
        refuse_arrays(npz, f"must have numbers in `{name}`, but has values of type {array.dtype}")
    if array.ndim not in (axes + 1, axes + 2) or (array.ndim == axes + 2 and array.shape[-1] not in (1, 3)):
        names, fourth = (
            ("image x height x width", "fourth") if axes == 2 else ("image x depth x height x width", "fifth")
        )
        shape = f"{names}, and 1 or 3 channels if there is a {fourth} axis"
        refuse_arrays(npz, f"must have the axes {shape} in `{name}`, but has {found}", _other_axes_help(array, axes))
    if not array.size:
        refuse_arrays(npz, f"has no images in `{name}`: its axes are {found}")
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


_LAYOUT = f"it must have the arrays {listing(EXPECTED)}"
