"""The labels of images in the arrays of a file: class numbers, or 0 and 1 for each label."""

from collections.abc import Mapping, Sequence
from typing import NoReturn

from ....compiler.sections import Npz
from ....grammar.diagnostics.codes import Code
from ....grammar.diagnostics.diagnostic import Diagnostic
from ....grammar.diagnostics.lab_error import LabError
from ..shown import counted
from .large_arrays import Array


def read_array_labels(
    npz: Npz, name: str, arrays: Mapping[str, Array], classes: Sequence[str], labels: Sequence[str]
) -> Array:
    """Return the class numbers (image,), or with `labels` 0 and 1 (image, label).

    Raises:
        LabError: if the array does not have these axes or numbers.
    """
    return _several(npz, name, arrays[name], labels) if labels else _classes(npz, name, arrays[name], classes)


def _classes(npz: Npz, name: str, array: Array, classes: Sequence[str]) -> Array:
    """Return an array of labels (image,), which may be stored as (image, 1): integers from 0, below the classes."""
    if array.ndim == 2 and array.shape[1] > 1:
        help = "for several labels of an image, list their names in `labels` instead of `classes`"
        refuse_arrays(npz, f"must have one label for each image in `{name}`, but its axes are {_axes(array)}", help)
    if array.ndim not in (1, 2) or (array.ndim == 2 and array.shape[1] != 1):
        refuse_arrays(npz, f"must have the axes image, or image x 1, in `{name}`, but has {_axes(array)}")
    if array.dtype.kind not in "ui":
        refuse_arrays(npz, f"must have integers in `{name}`, but has values of type {array.dtype}")
    wrong = sorted({int(number) for number in array.ravel() if not 0 <= number < len(classes)})
    if wrong:
        values = ", ".join(map(str, wrong[:8]))
        last = len(classes) - 1
        more = f"list a name in `classes` for each number from 0 to {max(wrong)}" if min(wrong) >= 0 else None
        refuse_arrays(npz, f"has labels in `{name}` that are the number of no class (0 to {last}): {values}", more)
    return array.reshape(len(array))


def _several(npz: Npz, name: str, array: Array, labels: Sequence[str]) -> Array:
    """Return an array of 0 and 1 (image, label)."""
    if array.ndim != 2 or array.shape[1] != len(labels):
        reason = f"must have the axes image x {len(labels)} in `{name}`, one for each label, but has {_axes(array)}"
        refuse_arrays(npz, reason, _other_labels_help(array))
    if array.dtype.kind not in "bui":
        refuse_arrays(npz, f"must have integers in `{name}`, but has values of type {array.dtype}")
    wrong = sorted({int(number) for number in array.ravel() if number not in (0, 1)})
    if wrong:
        refuse_arrays(npz, f"must have 0 and 1 in `{name}`, but has {', '.join(map(str, wrong[:8]))}")
    return array.astype("u1")


def _other_labels_help(array: Array) -> str | None:
    if array.ndim == 1 or (array.ndim == 2 and array.shape[1] == 1):
        return "these labels are numbers of classes: list the names of the classes in `classes` instead of `labels`"
    return f"`labels` must have {counted(array.shape[1], 'name')}" if array.ndim == 2 else None


def _axes(array: Array) -> str:
    return "x".join(map(str, array.shape)) or "a single number"


def refuse_arrays(npz: Npz, reason: str, help: str | None = None) -> NoReturn:
    """Raise LabError for a file of arrays that cannot be used."""
    raise LabError([Diagnostic(Code.BAD_ARRAYS, f'the file "{npz.path}" {reason}', npz.place("path"), help=help)])
