"""Finds the class of each image from the name of its file or of its folder."""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from ...compiler.sections import Data
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.diagnostics.suggest import listing
from ...grammar.terminal_text import printable

SHOWN = 8  # files listed in a message


def label_images(data: Data, names: Iterable[str]) -> list[int]:
    """Return the class number of each image.

    With `label = folder`, the class is the name of the folder that contains the file. With `label = filename`, the
    class is a separate part of the file name.

    Raises:
        LabError: if a file matches no class or several classes, or if a class has no image.
    """
    names = list(names)
    matches = [_matches(name, data) for name in names]
    none = [name for name, numbers in zip(names, matches, strict=True) if not numbers]
    several = [name for name, numbers in zip(names, matches, strict=True) if len(numbers) > 1]
    labels = [numbers[0] for numbers in matches if len(numbers) == 1]
    diagnostics = []
    if none:
        diagnostics.append(_no_class(data, none, len(names)))
    if several:
        notes = (_shown(several),)
        count = "1 file matches" if len(several) == 1 else f"{len(several)} files match"
        message = f"{count} more than one class"
        diagnostics.append(Diagnostic(Code.NO_CLASS, message, data.place("classes"), notes=notes))
    empty = [name for number, name in enumerate(data.classes) if number not in set(labels)]
    if empty and labels and not diagnostics:
        message = f"{'class' if len(empty) == 1 else 'classes'} without images: {listing(empty)}"
        diagnostics.append(Diagnostic(Code.EMPTY_CLASS, message, data.place("classes")))
    if diagnostics:
        raise LabError(diagnostics)
    return labels


def _matches(name: str, data: Data) -> list[int]:
    """Return the numbers of all classes that the name of an image matches; an empty list if it matches no class."""
    path = PurePosixPath(name)
    if data.label == "folder":
        return [number for number, wanted in enumerate(data.classes) if wanted == path.parent.name]
    return [number for number, wanted in enumerate(data.classes) if has_token(path.stem, wanted)]


def has_token(stem: str, token: str) -> bool:
    """Return whether `stem`, a file name without its extension, contains the class name `token` as a separate part.

    No letter or digit may stand directly before or after the class name: `C1` is in `C1_7`, but not in `C10_7`. The
    only exception: digits may follow a class name that ends in a letter, so `Mel` is in `Mel12`.
    """
    after = r"(?![^\W_])" if token[-1:].isdigit() else r"(?![^\W\d_])"
    return re.search(rf"(?<![^\W_]){re.escape(token)}{after}", stem) is not None


def _no_class(data: Data, files: list[str], total: int) -> Diagnostic:
    name = "folder name" if data.label == "folder" else "file name"
    count = f"1 of {total} files matches" if len(files) == 1 else f"{len(files)} of {total} files match"
    message = f"{count} no class: the {name} must match one of the classes {listing(data.classes)}"
    help, notes = _suggestion(data, files), (_shown(files),)
    return Diagnostic(Code.NO_CLASS, message, data.place("classes"), help=help, notes=notes)


def _suggestion(data: Data, files: list[str]) -> str | None:
    """Return a help line for files that match no class; None if no likely reason is known."""
    other = "filename" if data.label == "folder" else "folder"
    switched = data.model_copy(update={"label": other})
    if all(len(_matches(name, switched)) == 1 for name in files):
        return f"use `label = {other}`: then each of these files matches one class"
    if data.label == "folder":
        folders = sorted({printable(PurePosixPath(name).parent.name or ".") for name in files})
        return f"with `label = folder`, the folder names must be the class names; they are {listing(folders[:SHOWN])}"
    folded = data.model_copy(update={"classes": [name.casefold() for name in data.classes]})
    if any(_matches(name.casefold(), folded) for name in files):
        return "class names are case-sensitive"
    return None


def _shown(files: list[str]) -> str:
    more = f" and {len(files) - SHOWN} more" if len(files) > SHOWN else ""
    return "files: " + ", ".join(map(printable, files[:SHOWN])) + more
