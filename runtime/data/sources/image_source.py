"""The base class of all sources of images."""

from abc import ABC, abstractmethod

from ..pixels import StoredImage


class Source(ABC):
    """A list of images. The names have the form `folder/file.png`."""

    names: tuple[str, ...]

    @abstractmethod
    def read(self, index: int) -> StoredImage:
        """Return an image: (height, width) or (height, width, channel), any dtype.

        Raises NotAnImage if the image cannot be read; its text is the reason.
        """

    @abstractmethod
    def digest(self, index: int) -> str:
        """Return a string that changes when the content of the image changes."""
