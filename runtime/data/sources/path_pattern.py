"""Patterns of paths: `*` stands for any part of a name, `**` for any number of folders."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

ANY_FOLDERS = "**"


@dataclass(frozen=True)
class PathPattern:
    """A pattern of names, one after the other, as in `*/images/*.png`. Upper and lower case are different."""

    names: tuple[str, ...]

    def takes(self, path: Sequence[str]) -> bool:
        """Return whether the pattern matches the path of a file, given as the names on the path."""
        return len(self.names) in self._positions(path)

    def may_enter(self, folder: Sequence[str]) -> bool:
        """Return whether the pattern can match a file in a folder or below it."""
        return any(position < len(self.names) for position in self._positions(folder))

    def _positions(self, path: Sequence[str]) -> set[int]:
        """Return the positions in the pattern that are possible after the names of a path."""
        positions = self._without_folders({0})
        for name in path:
            fitting = (one for one in positions if one < len(self.names) and _fits(name, self.names[one]))
            positions = self._without_folders(one + (self.names[one] != ANY_FOLDERS) for one in fitting)
        return positions

    def _without_folders(self, positions: Iterable[int]) -> set[int]:
        """Add the positions after each `**`, which may stand for no folder."""
        reached = set()
        for position in positions:
            reached.add(position)
            while position < len(self.names) and self.names[position] == ANY_FOLDERS:
                position += 1
                reached.add(position)
        return reached


EVERYTHING = PathPattern((ANY_FOLDERS,))


def _fits(name: str, pattern: str) -> bool:
    """Return whether a name matches a pattern with `*`, in a time proportional to their lengths."""
    start, *rest = pattern.split("*")
    if not rest:
        return name == pattern
    *middle, end = rest
    position, last = len(start), len(name) - len(end)
    if position > last or not name.startswith(start) or not name.endswith(end):
        return False
    for part in middle:
        found = name.find(part, position, last)
        if found < 0:
            return False
        position = found + len(part)
    return True
