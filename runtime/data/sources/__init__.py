"""Sources of images, one file for each kind. A source lists its images without reading them, and reads single ones."""

from ....compiler.sections import Data, Folder, Phantom
from .drawn import DrawnSource
from .image_folder import FolderSource, image_files
from .image_source import Source

__all__ = ["Source", "open_source"]


def open_source(data: Data) -> Source:
    """The source of a `data` section.

    Raises:
        LabError: if the folder is missing or holds no image.
    """
    match data.source:
        case Phantom() as phantom:
            return DrawnSource.of(phantom)
        case Folder() as folder:
            root = folder.path_of("path")
            return FolderSource(root, image_files(root, folder))
        case other:
            raise AssertionError(f"{other!r} is refused by check_trainable")
