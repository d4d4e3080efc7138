"""A source whose images are files, or folders of DICOM slices."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..decoding.decode import read_image
from ..decoding.decode_options import DecodeOptions
from ..decoding.image_file import open_image_file
from ..decoding.image_limits import NotAnImage
from ..pixels import StoredImage
from .image_source import Source
from .slice_folders import find_slices, with_volumes


@dataclass(frozen=True)
class FileSource(Source):
    """Image files, by their names relative to a folder. A folder of DICOM slices is an image too."""

    root: Path
    names: tuple[str, ...]
    options: DecodeOptions
    slices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The files of each image that is a folder, by its name."""
    _digests: dict[int, str] = field(default_factory=dict, compare=False, repr=False)

    def read(self, index: int) -> StoredImage:
        name = self.names[index]
        if name not in self.slices:
            return read_image(self.root / name, self.options)
        from ..decoding.dicom_series import read_series  # its package may be missing

        return read_series([self.root / one for one in self.slices[name]], self.options)

    def digest(self, index: int) -> str:
        if index not in self._digests:
            try:
                self._digests[index] = self._hash(self.names[index])
            except (NotAnImage, OSError):
                # It is reported later, when the image is read, together with all other unreadable images. If it can be
                # read then, the cache must not return these pixels for another file that cannot be read.
                return f"unreadable {secrets.token_hex()}"
        return self._digests[index]

    def _hash(self, name: str) -> str:
        """Return the hash of a file, or of the sorted hashes of the slices in a folder.

        Raises:
            NotAnImage, OSError: if a file cannot be read.
        """
        if name in self.slices:
            hashes = sorted(self._hash_file(one) for one in self.slices[name])
            return hashlib.sha256(" ".join(hashes).encode()).hexdigest()
        return self._hash_file(name)

    def _hash_file(self, name: str) -> str:
        with open_image_file(self.root / name) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def file_source(root: Path, files: Sequence[str], options: DecodeOptions) -> FileSource:
    """Return the source of the images in files below a folder. For volumes, a folder of DICOM slices is one image."""
    if options.axes == 2:
        return FileSource(root, tuple(files), options)
    slices = find_slices(root, files)
    return FileSource(root, with_volumes(files, slices), options, slices)
