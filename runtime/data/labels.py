"""Which class each image is of, by its name alone."""

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

    With `label = folder` the folder that holds the file has the class's name; with `label = filename` the name is a
    token of the file's.

    Raises:
        LabError: naming the files that match no class or several, and the classes without an image.
    """
    names = list(names)
    matches = [_matches(name, data) for name in names]
    none = [name for name, found in zip(names, matches, strict=True) if not found]
    several = [name for name, found in zip(names, matches, strict=True) if len(found) > 1]
    labels = [found[0] for found in matches if len(found) == 1]
    diagnostics = []
    if none:
        diagnostics.append(_no_class(data, none, len(names)))
    if several:
        notes = (_shown(several),)
        message = f"{_files(len(several), 'match')} more than one class"
        diagnostics.append(Diagnostic(Code.NO_CLASS, message, data.place("classes"), notes=notes))
    empty = [name for number, name in enumerate(data.classes) if number not in set(labels)]
    if empty and labels and not diagnostics:
        message = f"no image is of class {listing(empty)}"
        diagnostics.append(Diagnostic(Code.EMPTY_CLASS, message, data.place("classes")))
    if diagnostics:
        raise LabError(diagnostics)
    return labels


def _matches(name: str, data: Data) -> list[int]:
    path = PurePosixPath(name)
    if data.label == "folder":
        return [number for number, wanted in enumerate(data.classes) if wanted == path.parent.name]
    return [number for number, wanted in enumerate(data.classes) if has_token(path.stem, wanted)]


def has_token(stem: str, token: str) -> bool:
    """Whether a file's stem has the class's name as a whole token.

    Letters and digits may not touch it, so that C1 is in `C1_7` and not in `C10_7`; only a running number may follow
    a name that ends in a letter, as in `Mel12`.
    """
    after = r"(?![^\W_])" if token[-1:].isdigit() else r"(?![^\W\d_])"
    return re.search(rf"(?<![^\W_]){re.escape(token)}{after}", stem) is not None


def _no_class(data: Data, files: list[str], total: int) -> Diagnostic:
    by = "folder" if data.label == "folder" else "file name"
    message = f"{_files(len(files), 'match')} none of the classes {listing(data.classes)} by {by}, of {total} in all"
    return Diagnostic(Code.NO_CLASS, message, data.place("classes"), help=_way_out(data, files), notes=(_shown(files),))


def _way_out(data: Data, files: list[str]) -> str | None:
    other = "filename" if data.label == "folder" else "folder"
    switched = data.model_copy(update={"label": other})
    if all(len(_matches(name, switched)) == 1 for name in files):
        return f"every one matches by `label = {other}`"
    if data.label == "folder":
        folders = sorted({PurePosixPath(name).parent.name or "." for name in files})
        return f"these lie in {listing(folders[:SHOWN])}; the classes are the names of the folders"
    folded = data.model_copy(update={"classes": [name.casefold() for name in data.classes]})
    if any(_matches(name.casefold(), folded) for name in files):
        return "upper and lower case count"
    return None


def _files(count: int, verb: str) -> str:
    return f"1 file {verb}es" if count == 1 else f"{count} files {verb}"


def _shown(files: list[str]) -> str:
    more = f" and {len(files) - SHOWN} more" if len(files) > SHOWN else ""
    return "files: " + ", ".join(files[:SHOWN]) + more
