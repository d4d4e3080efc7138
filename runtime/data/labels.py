"""Reads the class of each image from its name."""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from ...compiler.sections import Data
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.diagnostics.suggest import listing

SHOWN = 8  # files listed in a message


def label_images(data: Data, names: Iterable[str]) -> list[int]:
    """The class number of each image.

    With `label = folder`, the class is the name of the folder that the file is in; with `label = filename`, it is a
    token of the file name.

    Raises:
        LabError: naming the files that match no class or several classes, or the classes without an image.
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
        message = f"no image is of class {listing(empty)}"
        diagnostics.append(Diagnostic(Code.EMPTY_CLASS, message, data.place("classes")))
    if diagnostics:
        raise LabError(diagnostics)
    return labels


def _matches(name: str, data: Data) -> list[int]:
    """The numbers of the classes that an image's name matches."""
    path = PurePosixPath(name)
    if data.label == "folder":
        return [number for number, wanted in enumerate(data.classes) if wanted == path.parent.name]
    return [number for number, wanted in enumerate(data.classes) if has_token(path.stem, wanted)]


def has_token(stem: str, token: str) -> bool:
    """Whether a file's stem contains a class name as a whole token.

    No letter or digit may touch the token: `C1` is in `C1_7`, not in `C10_7`. As an exception, digits may follow a
    name that ends in a letter: `Mel` is in `Mel12`.
    """
    after = r"(?![^\W_])" if token[-1:].isdigit() else r"(?![^\W\d_])"
    return re.search(rf"(?<![^\W_]){re.escape(token)}{after}", stem) is not None


def _no_class(data: Data, files: list[str], total: int) -> Diagnostic:
    by = "folder" if data.label == "folder" else "file name"
    count = f"1 of {total} files matches" if len(files) == 1 else f"{len(files)} of {total} files match"
    message = f"{count} none of the classes {listing(data.classes)} by {by}"
    help, notes = _suggestion(data, files), (_shown(files),)
    return Diagnostic(Code.NO_CLASS, message, data.place("classes"), help=help, notes=notes)


def _suggestion(data: Data, files: list[str]) -> str | None:
    """What may be wrong, for files that match no class."""
    other = "filename" if data.label == "folder" else "folder"
    switched = data.model_copy(update={"label": other})
    if all(len(_matches(name, switched)) == 1 for name in files):
        return f"with `label = {other}` each of them matches a class"
    if data.label == "folder":
        folders = sorted({PurePosixPath(name).parent.name or "." for name in files})
        return f"their folders are {listing(folders[:SHOWN])}; with `label = folder` these are the names of the classes"
    folded = data.model_copy(update={"classes": [name.casefold() for name in data.classes]})
    if any(_matches(name.casefold(), folded) for name in files):
        return "class names are case-sensitive"
    return None


def _shown(files: list[str]) -> str:
    more = f" and {len(files) - SHOWN} more" if len(files) > SHOWN else ""
    return "files: " + ", ".join(files[:SHOWN]) + more
