"""Finds folders that are divided into parts on disk, which one `source` would mix."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePosixPath

from ....compiler.expressions.values import show
from ....compiler.sections import Folder
from ....grammar.diagnostics.codes import Code
from ....grammar.diagnostics.diagnostic import Diagnostic
from ....grammar.diagnostics.lab_error import LabError
from ....grammar.diagnostics.suggest import listing
from .listed_images import ListedImages

NAMES = {
    "train": ("train", "training"),
    "validation": ("val", "valid", "validation", "dev"),
    "test": ("test", "testing"),
}
"""The usual names of the folder of each part, in small letters."""


def check_not_divided(images: ListedImages, classes: Iterable[str]) -> None:
    """Check that a folder has not a folder of training images beside one of validation or test images.

    Folders inside the folder of a class do not count, and neither do folders with the names of classes.

    Raises:
        LabError: with the three sources to write instead.
    """
    if not isinstance(images.given, Folder):
        return
    for folder, inside in _folders(images, set(classes)).items():
        found = {
            part: next((name for name in sorted(inside) if name.lower() in usual), None)
            for part, usual in NAMES.items()
        }
        path = PurePosixPath(images.given.path, *folder)
        parts = {part: (path / name).as_posix() for part, name in found.items() if name}
        if "train" in parts and len(parts) > 1:
            names = listing(name for name in found.values() if name)
            message = f'the folder "{path}" is already divided into {names}'
            sources = "  ".join(f"{part} = folder({show(inner)})" for part, inner in parts.items())
            mixed = show((path / "**").as_posix())
            help = f"write `{sources}` instead; `files({mixed})` would mix them"
            raise LabError([Diagnostic(Code.DIVIDED_FOLDER, message, images.given.place("path"), help=help)])


def _folders(images: ListedImages, classes: set[str]) -> dict[tuple[str, ...], set[str]]:
    """Return the names of the subfolders of each folder that contains no class folder and is inside none."""
    inside = defaultdict[tuple[str, ...], set[str]](set)
    for path in images.paths:
        folders = path.parent.parts
        for depth, name in enumerate(folders):
            inside[folders[:depth]].add(name)
    return {
        folder: names for folder, names in inside.items() if not classes & names and not classes.intersection(folder)
    }
