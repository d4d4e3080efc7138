"""A source whose images are files."""

import hashlib
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from ..decoding.decode import read_image
from ..decoding.decode_options import DecodeOptions
from ..decoding.image_file import open_image_file
from ..decoding.image_limits import NotAnImage
from ..pixels import StoredImage
from .image_source import Source


@dataclass(frozen=True)
class FileSource(Source):
    """Image files, by their names relative to a folder."""

    root: Path
    names: tuple[str, ...]
    options: DecodeOptions
    _digests: dict[int, str] = field(default_factory=dict, compare=False, repr=False)

    def read(self, index: int) -> StoredImage:
        return read_image(self.root / self.names[index], self.options)

    def digest(self, index: int) -> str:
        if index not in self._digests:
            try:
                with open_image_file(self.root / self.names[index]) as file:
                    self._digests[index] = hashlib.file_digest(file, "sha256").hexdigest()
            except (NotAnImage, OSError):
                # It is reported later, when the image is read, together with all other unreadable images. If it can be
                # read then, the cache must not return these pixels for another file that cannot be read.
                return f"unreadable {secrets.token_hex()}"
        return self._digests[index]
