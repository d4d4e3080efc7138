"""What expressions evaluate to: Python's own values, and the few kinds that the language adds."""

from dataclasses import dataclass
from typing import Any, Final

from ...grammar.syntax import Call


class Share(float):
    """A quantity in percent, `10%`, as the number 0.1: a number wherever one is taken."""


@dataclass(frozen=True, slots=True)
class Angle:
    """A quantity in degrees, `10deg`."""

    degrees: float


@dataclass(frozen=True, slots=True)
class Word:
    """A bare name that stands for itself: `relu`, `same`, `filename`."""

    id: str


@dataclass(frozen=True, slots=True)
class Unbound:
    """A call that is not a function of the language: `adam(1e-4)`. The setting it is given to knows what it makes."""

    call: Call


class Unknown:
    """The value of what could not be read: reported once already, so everything made from it is silent."""


UNKNOWN: Final = Unknown()

Value = Any  # int, float, bool, str, None, tuple, list, Share, Angle, Word, Unbound or Unknown


def is_number(value: Value) -> bool:
    """Whether the value takes part in arithmetic (true and false do not)."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_unknown(value: Value) -> bool:
    """Whether the value, or an item of it, is unknown."""
    return value is UNKNOWN or (isinstance(value, list | tuple) and any(is_unknown(item) for item in value))


def kind(value: Value) -> str:
    """What sort of value it is, in the words of a message."""
    match value:
        case bool():
            return "true or false"
        case int():
            return "a whole number"
        case Share():
            return "a share"
        case float():
            return "a number"
        case str():
            return "a text"
        case tuple():
            return "a size"
        case list():
            return "a list"
        case Angle():
            return "an angle"
        case None:
            return "none"
        case Unbound():
            return f"`{value.call.name.id}(…)`"
    return f"the word `{value.id}`" if isinstance(value, Word) else "unknown"


def show(value: Value) -> str:
    """The value as the language writes it, long lists shortened."""
    match value:
        case bool():
            return str(value).lower()
        case None:
            return "none"
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'
        case Share():
            return f"{value * 100:g}%"
        case Angle():
            return f"{value.degrees:g}deg"
        case Word():
            return value.id
        case Unbound():
            return value.call.span.text
        case (item,) if isinstance(value, tuple):
            return f"({show(item)},)"
        case list() | tuple():
            shown = [show(item) for item in value[:20]] + (["…"] if len(value) > 20 else [])
            return ("[{}]" if isinstance(value, list) else "({})").format(", ".join(shown))
    return str(value)
