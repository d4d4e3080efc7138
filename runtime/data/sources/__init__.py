"""Sources of images, one file for each kind of source. A source lists its images and reads each of them on request."""

from ....compiler.sections import Data, Folder, Phantom
from ..decode_options import DecodeOptions
from .drawn import DrawnSource
from .image_folder import FolderSource, image_files
from .image_source import Source

__all__ = ["Source", "open_source"]


def open_source(data: Data) -> Source:
    """Return the source of the images of a `data` section.

    Raises:
        LabError: if the folder does not exist or contains no image.
    """
    match data.source:
        case Phantom() as phantom:
            return DrawnSource.of(phantom)
        case Folder() as folder:
            root = folder.path_of("path")
            return FolderSource(root, image_files(root, folder), DecodeOptions.of(data))
        case other:
            raise AssertionError(f"{other!r} is refused by check_trainable")
