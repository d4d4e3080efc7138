"""What every source of images has."""

from abc import ABC, abstractmethod

from ..decode import Pixels


class Source(ABC):
    """A list of images. Names have the form `folder/file.png`."""

    names: tuple[str, ...]

    @abstractmethod
    def read(self, index: int) -> Pixels:
        """The stored image: (height, width) or (height, width, channel), any dtype.

        Raises OSError or ValueError if it cannot be read.
        """

    @abstractmethod
    def digest(self, index: int) -> str:
        """A text that changes when the content of the image changes."""
