"""What expressions evaluate to: Python's own values, and the few types that the language adds."""

from dataclasses import dataclass
from typing import Final, TypeAlias, TypeGuard

from ...grammar.syntax import Call


class Percent(float):
    """A percentage, `10%`, as the number 0.1: taken wherever a number is."""


@dataclass(frozen=True, slots=True)
class Angle:
    """An angle in degrees, `10deg`."""

    degrees: float


@dataclass(frozen=True, slots=True)
class Word:
    """A bare name that no `let` explains: `relu`, `same`, `filename`. The setting it is given to knows it."""

    id: str


@dataclass(frozen=True, slots=True)
class Construction:
    """A call of no function of the language: `adam(1e-4)`. The setting it is given to knows what it makes."""

    call: Call


class Unknown:
    """The value of what could not be read. That has been reported, so nothing made from it is reported again."""


UNKNOWN: Final = Unknown()

Number: TypeAlias = int | float
Value: TypeAlias = (
    "Number | bool | str | Percent | Angle | Word | Construction | Unknown | list[Value] | tuple[Value, ...] | None"
)


def is_number(value: object) -> TypeGuard[Number]:
    """Whether the value takes part in arithmetic (true and false do not)."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_unknown(value: object) -> bool:
    """Whether the value, or an item of it, is unknown."""
    return value is UNKNOWN or (isinstance(value, list | tuple) and any(is_unknown(item) for item in value))


def kind(value: object) -> str:
    """The type of a value, as messages name it."""
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
    """The value as the language writes it, long lists shortened."""
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
