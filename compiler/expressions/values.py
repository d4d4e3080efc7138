"""The values of expressions: values of Python, and the types that the language adds."""

from collections.abc import Hashable
from typing import Final, TypeAlias, TypeGuard

from ...grammar.syntax import Call
from ...grammar.value_class import value_class


class Percent(float):
    """A percentage: `10%` is the number 0.1, and may be used wherever a number may be used."""


@value_class(slots=True)
class Angle:
    """An angle in degrees, for example `10deg`."""

    degrees: float


@value_class(slots=True)
class Word:
    """A name that is not in scope, for example `relu` or `same`. The setting that takes it decides what it means."""

    id: str


@value_class(slots=True)
class Construction:
    """A call that is not a function call, for example `adam(1e-4)`. The setting that takes it makes the object."""

    call: Call


class Unknown:
    """The value of an expression that could not be read. The mistake is reported only once, where it was found."""


UNKNOWN: Final = Unknown()

Number: TypeAlias = int | float
Value: TypeAlias = (
    "Number | bool | str | Percent | Angle | Word | Construction | Unknown | list[Value] | tuple[Value, ...] | None"
)


def exact_key(value: object) -> Hashable:
    """Return a key that is equal only for equal values of the same type: 8 and 8.0 have different keys."""
    if isinstance(value, list | tuple):
        return (type(value), *map(exact_key, value))
    if isinstance(value, Construction):
        return Construction, value.call.span
    return type(value), repr(value)


def is_number(value: object) -> TypeGuard[Number]:
    """Check whether the value is a number. `true` and `false` are not numbers."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_unknown(value: object) -> bool:
    """Check whether the value or one of its items is unknown."""
    return value is UNKNOWN or (isinstance(value, list | tuple) and any(is_unknown(item) for item in value))


def kind(value: object) -> str:
    """Return the type of a value in words, for messages."""
    match value:
        case bool():
            return "true or false"
        case int():
            return "an integer"
        case Percent():
            return "a percentage"
        case float():
            return "a decimal number"
        case str():
            return "a string"
        case tuple():
            return "a size"
        case list():
            return "a list"
        case Angle():
            return "an angle"
        case None:
            return "none"
        case Construction():
            return f"`{value.call.name.id}(…)`"
    return f"the word `{value.id}`" if isinstance(value, Word) else "unknown"


def show(value: object) -> str:
    """Write a value in the syntax of the language. A list is cut after 20 items."""
    match value:
        case bool():
            return str(value).lower()
        case None:
            return "none"
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'
        case Percent():
            return f"{value * 100:g}%"
        case Angle():
            return f"{value.degrees:g}deg"
        case Word():
            return value.id
        case Construction():
            return value.call.span.text
        case (item,) if isinstance(value, tuple):
            return f"({show(item)},)"
        case list() | tuple():
            shown = [show(item) for item in value[:20]] + (["…"] if len(value) > 20 else [])
            return ("[{}]" if isinstance(value, list) else "({})").format(", ".join(shown))
    return str(value)
