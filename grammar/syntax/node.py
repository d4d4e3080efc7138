"""`Node`, the base class of all nodes of the syntax tree, and the decorator `node` of their classes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

from ..source import Span

T = TypeVar("T")


@dataclass_transform(frozen_default=True, eq_default=False)
def node(cls: type[T]) -> type[T]:
    """Make a class a dataclass with slots, whose instances are compared by identity.

    Type checkers treat the class as frozen. At run time it is not frozen: each start would compile more methods for
    every class, and `labc check` would be 4% slower.
    """
    return dataclass(eq=False, repr=False, slots=True)(cls)


@node
class Node:
    """A part of the syntax tree. `span` is its location in the text."""

    span: Span

    def fields(self) -> Iterator[tuple[str, object]]:
        """Yield the name and the value of each field."""
        return ((name, getattr(self, name)) for name in self.__match_args__)

    def __repr__(self) -> str:
        """Return the node without its spans, for example `Number(value=8, unit='deg')`."""
        shown = [f"{name}={value!r}" for name, value in self.fields() if not isinstance(value, Span)]
        return f"{type(self).__name__}({', '.join(shown)})"


@node
class Invalid(Node):
    """A statement that could not be read. `declares` is the name that it was meant to declare, or None."""

    declares: str | None
