"""A source of images: the image files in a folder and its subfolders."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import NoReturn

from ....compiler.sections import Folder
from ....grammar.diagnostics.codes import Code
from ....grammar.diagnostics.diagnostic import Diagnostic
from ....grammar.diagnostics.lab_error import LabError
from ....grammar.terminal_text import printable
from ..decode import EXTENSIONS, read_image
from ..decode_options import DecodeOptions
from ..image_file import open_image_file, os_reason
from ..image_limits import NotAnImage
from ..pixels import StoredImage
from .image_source import Source


@dataclass(frozen=True)
class FolderSource(Source):
    """All image files in a folder and its subfolders, sorted by name."""

    root: Path
    names: tuple[str, ...]
    options: DecodeOptions

    def read(self, index: int) -> StoredImage:
        return read_image(self.root / self.names[index], self.options)

    def digest(self, index: int) -> str:
        try:
            with open_image_file(self.root / self.names[index]) as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except (NotAnImage, OSError):
            # It is reported later, when the image is read, together with all other unreadable images. If it can be read
            # then, the cache must not return these pixels for another file that cannot be read.
            return f"unreadable {secrets.token_hex()}"


def image_files(root: Path, folder: Folder) -> tuple[str, ...]:
    """Return the names of all image files in `root` and its subfolders, sorted by their bytes.

    Names with the extension of an image count, whatever they are: a named pipe or a broken link cannot be read later.
    Links to folders are not followed.

    Raises:
        LabError: if the folder does not exist, cannot be read, or contains no image.
    """
    try:
        is_folder = root.is_dir()
        names = sorted(_walk(root), key=os.fsencode) if is_folder else []
    except OSError as error:
        help = "repair or move it; labc does not skip folders"
        _refuse(folder, Code.NO_FOLDER, _cannot_be_read(root, folder, error), help)
    if not is_folder:
        help = f"a relative path starts at the folder of the .lab file; the full path is {os.path.realpath(root)}"
        _refuse(folder, Code.NO_FOLDER, f'the folder "{folder.path}" {_no_folder(root)}', help)
    if not names:
        help = "the file name extension of an image must be one of " + " ".join(sorted(EXTENSIONS))
        _refuse(folder, Code.NO_IMAGES, f'the folder "{folder.path}" contains no images', help)
    return tuple(names)


def _walk(root: Path) -> Iterator[str]:
    """Yield the name of each image file in a folder and its subfolders, relative to the folder.

    Names that start with a dot are skipped, for example `._x.jpg`: macOS writes such files.
    """
    for path, folders, files in os.walk(root, onerror=_raise):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if not name.startswith(".") and PurePath(name).suffix.lower() in EXTENSIONS:
                yield (Path(path) / name).relative_to(root).as_posix()


def _raise(error: OSError) -> NoReturn:
    """Stop `os.walk`; without this function it would skip a folder that cannot be read."""
    raise error


def _no_folder(root: Path) -> str:
    if root.is_symlink() and not root.exists():
        return "is a link that leads nowhere"
    if root.is_file():
        return "is a file, not a folder"
    return "is not a folder" if root.exists() else "does not exist"


def _cannot_be_read(root: Path, folder: Folder, error: OSError) -> str:
    inside = os.path.relpath(error.filename or root, root)
    which = folder.path if inside == "." else f"{folder.path}/{printable(inside)}"
    return f'the folder "{which}" cannot be read: {os_reason(error)}'


def _refuse(folder: Folder, code: Code, message: str, help: str) -> NoReturn:
    raise LabError([Diagnostic(code, message, folder.place("path"), help=help)])
