"""The size of an image as its file stores it."""

from pathlib import PurePath

from .decoding.decode import PILLOW
from .decoding.image_file import open_image_file
from .decoding.pillow_image import read_size
from .sources import Source
from .sources.file_source import FileSource
from .sources.joined_source import JoinedSource


def stored_size(source: Source, index: int, axes: int) -> tuple[int, ...]:
    """Return the lengths of the first `axes` axes of an image. Of most formats only the beginning of the file is read.

    Raises:
        NotAnImage: if the image cannot be read.
        Exception: what Pillow raises for a damaged file.
    """
    if isinstance(source, JoinedSource):
        return stored_size(*source.at(index), axes)
    if isinstance(source, FileSource) and PurePath(source.names[index]).suffix.lower() in PILLOW:
        with open_image_file(source.root / source.names[index]) as file:
            return read_size(file, source.options)
    return tuple(source.read(index).pixels.shape[:axes])
