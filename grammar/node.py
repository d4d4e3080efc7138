"""`Record`: what the nodes of the syntax tree are made as."""

from collections.abc import Iterator
from typing import Any, ClassVar, Self, dataclass_transform

_set = object.__setattr__


@dataclass_transform(frozen_default=True)
class Record:
    """A frozen record of the fields that its class names, made from their values in that order.

    Type checkers take it for a frozen dataclass. It has no methods of its own for each class, which a dataclass
    compiles whenever it is imported: for the 40 nodes that took as long as reading and checking a file.
    """

    _fields: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls._fields = (*cls._fields, *cls.__annotations__)

    def __init__(self, *values: Any) -> None:
        for name, value in zip(self._fields, values, strict=True):
            _set(self, name, value)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be set: nodes are frozen")

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.fields())})"

    def fields(self) -> Iterator[tuple[str, Any]]:
        """The names of the fields with their values."""
        return ((name, getattr(self, name)) for name in self._fields)

    def replace(self, **changes: Any) -> Self:
        """The same with other values for some of the fields."""
        return type(self)(*(dict(self.fields()) | changes).values())
