"""A source of images: the image files in a folder and its subfolders."""

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ....compiler.sections import Folder
from ....grammar.diagnostics.codes import Code
from ....grammar.diagnostics.diagnostic import Diagnostic
from ....grammar.diagnostics.lab_error import LabError
from ..decode import EXTENSIONS, Pixels, read_image
from .image_source import Source


@dataclass(frozen=True)
class FolderSource(Source):
    """All image files in a folder and its subfolders, sorted by name."""

    root: Path
    names: tuple[str, ...]

    def read(self, index: int) -> Pixels:
        return read_image(self.root / self.names[index])

    def digest(self, index: int) -> str:
        try:
            with (self.root / self.names[index]).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:  # reported later, when the image is read, together with all other unreadable images
            return "unreadable"


def image_files(root: Path, folder: Folder) -> tuple[str, ...]:
    """Return the names of all image files in `root` and its subfolders, sorted.

    Raises:
        LabError: if the folder does not exist or contains no image.
    """
    place = folder.place("path")
    if not root.is_dir():
        help = f"a relative path starts at the folder of the .lab file; the full path is {root.resolve()}"
        what = "is a file, not a folder" if root.is_file() else "does not exist"
        message = f'the folder "{folder.path}" {what}'
        raise LabError([Diagnostic(Code.NO_FOLDER, message, place, help=help)])
    files = [path.relative_to(root) for path in root.rglob("*") if path.suffix.lower() in EXTENSIONS]
    names = sorted(PurePosixPath(path).as_posix() for path in files if not _hidden(path) and (root / path).is_file())
    if not names:
        message = f'the folder "{folder.path}" contains no images'
        help = "the file name extension of an image must be one of " + " ".join(sorted(EXTENSIONS))
        raise LabError([Diagnostic(Code.NO_IMAGES, message, place, help=help)])
    return tuple(names)


def _hidden(path: Path) -> bool:
    """Return whether a name in the path starts with a dot, for example `._x.jpg`: macOS writes such files."""
    return any(part.startswith(".") for part in path.parts)
