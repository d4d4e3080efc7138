"""The decorator `value_class` for small classes of immutable values."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform, overload

T = TypeVar("T")


@overload
def value_class(cls: type[T], /) -> type[T]: ...
@overload
def value_class(*, slots: bool) -> Callable[[type[T]], type[T]]: ...


@dataclass_transform(frozen_default=True)
def value_class(cls: type[Any] | None = None, /, *, slots: bool = False) -> Any:
    """Make a class a dataclass. Its instances are equal if they have the same class and equal fields.

    Type checkers treat the class as frozen. At run time it is not frozen, and its methods are shared functions:
    `dataclass(frozen=True)` compiles six methods for every class at each start, and `labc check` would be 8% slower.
    """
    if cls is None:
        return lambda decorated: _value_class(decorated, slots)
    return _value_class(cls, slots)


def _value_class(cls: type[Any], slots: bool) -> Any:
    own_repr = "__repr__" in vars(cls)
    made: Any = dataclass(eq=False, repr=False, slots=slots)(cls)
    compared = tuple(one.name for one in fields(made) if one.compare)
    values = attrgetter(*compared) if compared else _nothing

    def equal(self: Any, other: object) -> Any:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Any) -> int:
        return hash(values(self))

    made.__eq__, made.__hash__ = equal, hashed
    if not own_repr:
        made.__repr__ = _repr
    return made


def _nothing(_: object) -> tuple[()]:
    return ()


def _repr(self: Any) -> str:
    """Return the call that makes the instance, for example `Span(source=…, start=0, end=3)`."""
    shown = [f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr]
    return f"{type(self).__qualname__}({', '.join(shown)})"
