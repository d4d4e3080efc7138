"""`Node`, the base of the syntax tree's classes, and the decorator that makes them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

from ..source import Span

T = TypeVar("T")


@dataclass_transform(frozen_default=True, eq_default=False)
def node(cls: type[T]) -> type[T]:
    """Make a class a dataclass with slots whose instances are compared by identity.

    Type checkers treat it as frozen. It is not frozen at run time, because the methods for that would be compiled for
    each class at every start, which makes `labc check` 2% slower.
    """
    return dataclass(eq=False, repr=False, slots=True)(cls)


@node
class Node:
    """Anything that was read from a text; `span` is its place."""

    span: Span

    def fields(self) -> Iterator[tuple[str, object]]:
        """The names of the fields with their values."""
        return ((name, getattr(self, name)) for name in self.__match_args__)

    def __repr__(self) -> str:
        """The node without its places, as in `Number(value=8, unit='deg')`."""
        shown = [f"{name}={value!r}" for name, value in self.fields() if not isinstance(value, Span)]
        return f"{type(self).__name__}({', '.join(shown)})"


@node
class Invalid(Node):
    """A statement that could not be read; `declares` is the name that it would have declared, if any."""

    declares: str | None
