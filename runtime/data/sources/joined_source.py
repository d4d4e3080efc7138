"""Several sources as one."""

from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate

from ..pixels import StoredImage
from .image_source import Source


class JoinedSource(Source):
    """The images of several sources, one source after the other. Each name begins with the name of its source."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        """Join sources, by their names."""
        self.sources = tuple(sources.values())
        self.names = tuple(f"{name}/{image}" for name, source in sources.items() for image in source.names)
        self._ends = list(accumulate(len(source.names) for source in self.sources))

    def read(self, index: int) -> StoredImage:
        source, inside = self.at(index)
        return source.read(inside)

    def digest(self, index: int) -> str:
        source, inside = self.at(index)
        return source.digest(inside)

    def at(self, index: int) -> tuple[Source, int]:
        """Return the source of an image, and the index of the image in it."""
        number = bisect_right(self._ends, index)
        return self.sources[number], index - (self._ends[number - 1] if number else 0)
