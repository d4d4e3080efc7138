"""The exact source text of a value. `values.show` is the short text for messages."""

from ...grammar.formatting import inline
from .values import Angle, Construction, Percent, Value, show


def source_text(value: Value) -> str:
    """Return a value on one line in the syntax of the language. Compiled again, the text has an equal value."""
    match value:
        case Percent():
            return _percentage(value)
        case Angle():
            return f"{value.degrees!r}".removesuffix(".0") + "deg"
        case Construction():
            return inline.expression(value.call)
        case list():
            return f"[{', '.join(map(source_text, value))}]"
        case tuple():
            comma = "," if len(value) == 1 else ""
            return f"({', '.join(map(source_text, value))}{comma})"
    return show(value)


def _percentage(value: Percent) -> str:
    """Return the shortest percentage that is read as this value; a product if there is none, which is rare."""
    for digits in range(6, 18):
        text = f"{value * 100:.{digits}g}"
        if float(text) / 100 == value:
            return f"{text}%"
    return f"100% * {float(value)!r}"
