"""Finds the class of each image: from its file name, its folders, a column of a table, or the source itself."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

import numpy as np

from ....compiler.sections import Column, Data
from ....grammar.diagnostics.codes import Code
from ....grammar.diagnostics.diagnostic import Diagnostic
from ....grammar.diagnostics.lab_error import LabError
from ....grammar.diagnostics.suggest import listing
from ....grammar.terminal_text import printable
from ..decoding.medical_files import without_ending
from ..shown import SHOWN
from ..sources import ListedImages
from .image_targets import Strata
from .label_column import label_rows, table_help


def label_images(data: Data, images: ListedImages) -> list[int]:
    """Return the class number of each image.

    With `label = folder`, the class is the name of one of the folders on the way to the file. With `label = filename`,
    the class is a separate part of the file name.

    Raises:
        LabError: if a file matches no class or several classes.
    """
    if images.labels is not None:
        return list(images.labels)
    if isinstance(data.label, Column):
        return label_rows(data, data.label, images)
    matches = _matches(data, images)
    none = [name for name, numbers in zip(images.names, matches, strict=True) if not numbers]
    several = [name for name, numbers in zip(images.names, matches, strict=True) if len(numbers) > 1]
    diagnostics = []
    if none:
        diagnostics.append(_no_class(data, images, none))
    if several:
        count = "1 file matches" if len(several) == 1 else f"{len(several)} files match"
        help = "only one of the folders on the way to an image may have the name of a class"
        diagnostics.append(
            Diagnostic(
                Code.NO_CLASS,
                f"{count} more than one class",
                data.place("classes"),
                help=help if data.label == "folder" else None,
                notes=(_shown(several),),
            )
        )
    if diagnostics:
        raise LabError(diagnostics)
    return [numbers[0] for numbers in matches]


def check_classes_have_images(data: Data, labels: Strata, part: str = "", notes: tuple[str, ...] = ()) -> None:
    """Check that every class, or every label, has an image in the images that a model learns from.

    Input: `labels`, class numbers (image,), or 0 and 1 (image, label); `part` says which images they
    are; `notes` may say why a label has none.

    Raises:
        LabError: if a class or a label has none.
    """
    present = set((labels if labels.ndim == 1 else np.flatnonzero(labels.any(axis=0))).tolist())
    empty = [name for number, name in enumerate(data.class_names) if number not in present]
    if empty:
        setting, (one, several) = ("labels", ("label", "labels")) if data.labels else ("classes", ("class", "classes"))
        message = f"{one if len(empty) == 1 else several} without images{part}: {listing(empty)}"
        raise LabError([Diagnostic(Code.EMPTY_CLASS, message, data.place(setting), notes=notes)])


def _matches(data: Data, images: ListedImages) -> list[list[int]]:
    """Return for each image the numbers of all classes that its name matches; an empty list if there is none."""
    if data.label == "filename":
        return [
            [n for n, name in enumerate(data.classes) if has_token(without_ending(path.name), name)]
            for path in images.paths
        ]
    folders = [path.parent.parts for path in images.paths]
    if any(name in data.classes for name in images.around) and any(not _among(data, names) for names in folders):
        folders = [(*images.around, *names) for names in folders]
    return [_among(data, names) for names in folders]


def _among(data: Data, folders: Sequence[str]) -> list[int]:
    return [number for number, name in enumerate(data.classes) if name in folders]


def has_token(stem: str, token: str) -> bool:
    """Return whether `stem`, a file name without its extension, contains the class name `token` as a separate part.

    No letter or digit may stand directly before or after the class name: `C1` is in `C1_7`, but not in `C10_7`. The
    only exception: digits may follow a class name that ends in a letter, so `Mel` is in `Mel12`.
    """
    after = r"(?![^\W_])" if token[-1:].isdigit() else r"(?![^\W\d_])"
    return re.search(rf"(?<![^\W_]){re.escape(token)}{after}", stem) is not None


def _no_class(data: Data, images: ListedImages, files: list[str]) -> Diagnostic:
    name = "name of a folder on the way" if data.label == "folder" else "file name"
    total = len(images.names)
    count = f"1 of {total} files matches" if len(files) == 1 else f"{len(files)} of {total} files match"
    message = f"{count} no class: the {name} must match one of the classes {listing(data.classes)}"
    help, notes = _suggestion(data, images, files), (_shown(files),)
    return Diagnostic(Code.NO_CLASS, message, data.place("classes"), help=help, notes=notes)


def _suggestion(data: Data, images: ListedImages, files: list[str]) -> str | None:
    """Return a help line for files that match no class; None if no likely reason is known."""
    if (help := table_help(data, images)) is not None:
        return help
    other = "filename" if data.label == "folder" else "folder"
    matches = _matches(data.model_copy(update={"label": other}), images)
    unmatched = set(files)
    if all(len(numbers) == 1 for name, numbers in zip(images.names, matches, strict=True) if name in unmatched):
        return f"use `label = {other}`: then each of these files matches one class"
    if data.label == "folder":
        folders = sorted({printable(part) for name in files for part in PurePosixPath(name).parent.parts or (".",)})
        return f"with `label = folder`, a folder name must be a class name; the folders are {listing(folders[:SHOWN])}"
    folded = data.model_copy(update={"classes": [name.casefold() for name in data.classes]})
    if any(
        has_token(without_ending(PurePosixPath(name).name).casefold(), one) for name in files for one in folded.classes
    ):
        return "class names are case-sensitive"
    return None


def _shown(files: list[str]) -> str:
    more = f" and {len(files) - SHOWN} more" if len(files) > SHOWN else ""
    return "files: " + ", ".join(map(printable, files[:SHOWN])) + more
