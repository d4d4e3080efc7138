"""What a source lists before any pixel is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from ....compiler.schema.arguments import Arguments
from ..table_file import TableRow
from .image_source import Source


@dataclass(frozen=True)
class ListedImages:
    """The images of a source, sorted by name, and what the source says about them."""

    source: Source
    given: Arguments
    """The source as it is given in the file, for example `folder("data")`."""
    around: tuple[str, ...] = ()
    """The names of the folders on the way to the images, as the file gives them."""
    rows: tuple[TableRow, ...] | None = None
    """The row of each image, if a table lists the images."""
    labels: tuple[int, ...] | None = None
    """The class number of each image, if the source has them."""
    label_rows: tuple[tuple[int, ...], ...] | None = None
    """The labels of each image as 0 and 1 (image, label), if the source has them."""
    parts: Mapping[str, range] | None = None
    """The indices of the images in each part, if the source is divided into parts."""
    left_out: Mapping[str, int] = field(default_factory=dict)
    """The number of files of each ending that are no images."""
    notes: tuple[str, ...] = ()
    """Sentences for the user, for example about files that are left out."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the images, in the form `folder/file.png`."""
        return self.source.names

    @property
    def paths(self) -> list[PurePosixPath]:
        """The names of the images as paths."""
        return [PurePosixPath(name) for name in self.names]
