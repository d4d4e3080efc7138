"""Sources of images: the files in a folder and its subfolders, and the files that a pattern matches."""

import os
from pathlib import Path, PurePath, PurePosixPath
from typing import NoReturn

from ....compiler.schema.arguments import Arguments
from ....compiler.sections import Files, Folder
from ....grammar.diagnostics.codes import Code
from ....grammar.diagnostics.diagnostic import Diagnostic
from ....grammar.diagnostics.lab_error import LabError
from ....grammar.terminal_text import printable
from ..decoding.decode import image_endings
from ..decoding.decode_options import DecodeOptions
from ..decoding.image_file import os_reason
from .file_source import FileSource, file_source
from .found_files import FoundFiles, find_files
from .listed_images import ListedImages
from .path_pattern import EVERYTHING, PathPattern


def list_folder(folder: Folder, options: DecodeOptions) -> ListedImages:
    """List all image files in a folder and its subfolders.

    Raises:
        LabError: if the folder does not exist, cannot be read, or contains no image.
    """
    root = folder.path_of("path")
    found = files_below(root, folder, "path", folder.path)
    if not found.images:
        _refuse(
            folder,
            "path",
            Code.NO_IMAGES,
            f'the folder "{folder.path}" contains no image files',
            _no_images_help(found),
        )
    return _listed(file_source(root, found.images, options), folder, folder.path, found)


def list_files(files: Files, options: DecodeOptions) -> ListedImages:
    """List the image files that a pattern matches, by their names relative to the folder before the first `*`.

    Raises:
        LabError: if that folder does not exist or cannot be read, or if the pattern matches no image.
    """
    names = PurePosixPath(files.pattern).parts
    fixed = next((number for number, name in enumerate(names[:-1]) if "*" in name), max(len(names) - 1, 0))
    before = PurePosixPath(*names[:fixed])
    root = files.place("pattern").source.directory / Path(before).expanduser()
    found = files_below(root, files, "pattern", str(before), PathPattern(names[fixed:]))
    if not found.images:
        message = f'the pattern "{files.pattern}" matches no images'
        is_other = any(sign in files.pattern for sign in "[]{}?")
        help = "only `*` and `**` stand for other characters in a pattern" if is_other else _no_images_help(found)
        _refuse(files, "pattern", Code.NO_IMAGES, message, help)
    return _listed(file_source(root, found.images, options), files, str(before), found)


def _listed(source: FileSource, given: Arguments, folder: str, found: FoundFiles) -> ListedImages:
    return ListedImages(source, given, folder_names(folder), left_out=dict(found.left_out), notes=found.notes)


def files_below(
    root: Path, given: Arguments, field: str, written: str, pattern: PathPattern = EVERYTHING
) -> FoundFiles:
    """Return the files below a folder that a pattern matches.

    Input: `given`, the source that names the folder in its argument `field`; `written`, the folder as the file has it.

    Raises:
        LabError: if the folder does not exist or cannot be read.
    """
    try:
        if root.is_dir():
            return find_files(root, pattern)
    except OSError as error:
        help = "repair or move it; labc does not skip folders"
        _refuse(given, field, Code.NO_FOLDER, _cannot_be_read(root, written, error), help)
    help = f"a relative path starts at the folder of the .lab file; the full path is {os.path.realpath(root)}"
    _refuse(given, field, Code.NO_FOLDER, f'the folder "{written}" {_no_folder(root)}', help)


def folder_names(path: str) -> tuple[str, ...]:
    """Return the names of the folders on a path, as the file has it."""
    return tuple(name for name in PurePosixPath(path).parts if name not in ("/", "..", "~"))


def _no_images_help(found: FoundFiles) -> str:
    if found.extra:
        return found.extra
    endings = "the file name extension of an image must be one of " + " ".join(sorted(image_endings()))
    return f"{endings}; found only {found.describe()}" if found.left_out else endings


def _no_folder(root: Path) -> str:
    if root.is_symlink() and not root.exists():
        return "is a link that leads nowhere"
    if root.is_file():
        return "is a file, not a folder"
    return "is not a folder" if root.exists() else "does not exist"


def _cannot_be_read(root: Path, written: str, error: OSError) -> str:
    inside = os.path.relpath(error.filename or root, root)
    which = written if inside == "." else f"{written}/{printable(PurePath(inside).as_posix())}"
    return f'the folder "{which}" cannot be read: {os_reason(error)}'


def _refuse(given: Arguments, field: str, code: Code, message: str, help: str) -> NoReturn:
    raise LabError([Diagnostic(code, message, given.place(field), help=help)])
