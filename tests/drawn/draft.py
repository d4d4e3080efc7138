"""What every drawing function needs: choices, and values spelled as expressions of the names in reach."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

T = TypeVar("T")


@dataclass
class Draft:
    """A text while it is drawn: `number` gives a whole number between two bounds, both included.

    `names` are the names in reach with their values, all whole numbers.
    """

    number: Callable[[int, int], int]
    names: dict[str, int] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)  # what was drawn: kinds of steps, forms of expressions, layers
    counter: list[int] = field(default_factory=lambda: [0])

    def within(self, names: dict[str, int]) -> "Draft":
        """The same draft where other names are in reach."""
        return replace(self, names=names)

    def pick(self, options: Sequence[T]) -> T:
        return options[self.number(0, len(options) - 1)]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        left = list(items)
        return [left.pop(self.number(0, len(left) - 1)) for _ in items]

    def chance(self, one_in: int) -> bool:
        return self.number(1, one_in) == one_in

    def name(self, prefix: str) -> str:
        """A name that nothing else has."""
        self.counter[0] += 1
        return f"{prefix}{self.counter[0]}"

    def note(self, what: str) -> None:
        self.used.add(what)

    # --- values ---

    def whole(self, value: int) -> str:
        """A whole number from 0, most often as it is, else as an expression."""
        if not self.chance(3):
            return str(value)
        form = self.pick(sorted(_FORMS))
        text = _FORMS[form](self, value)
        self.note(f"expression {form}" if text else "expression literal")
        return text or str(value)

    def condition(self, holds: bool) -> str:
        """An expression that is true or false."""
        one, other = self.number(0, 9), self.number(0, 9)
        compared = f"{self.whole(one)} {'<' if (one < other) == holds else '>='} {self.whole(other)}"
        equal = f"{self.whole(one)} {'==' if holds else '!='} {one}"
        constant, reverse = ("true", "false") if holds else ("false", "true")
        joined = f"{compared} and {constant}" if holds else f"{compared} or not {reverse}"
        chained = f"0 <= {self.whole(one)} < {10 if holds else 0}"
        return self.pick([constant, f"not {reverse}", compared, equal, joined, chained])

    def choice(self, word: str, others: Sequence[str]) -> str:
        """A word, sometimes by a condition."""
        if not self.chance(8):
            return word
        self.note("expression conditional word")
        return f"{word} if {self.condition(True)} else {self.pick(others)}"

    def lengths(self, values: Sequence[int]) -> str:
        """A length for each axis: a size, a tuple, or one number where they are equal."""
        if len(set(values)) == 1 and self.chance(2):
            return self.whole(values[0])
        return self.shape(values)

    def shape(self, values: Sequence[int]) -> str:
        """The lengths of a tensor: a size or a tuple."""
        if len(values) > 1 and min(values) > 0 and self.chance(2):
            return "x".join(map(str, values))
        return f"({', '.join(self.whole(value) for value in values)},)"


def _named(draft: Draft, value: int) -> str:
    for name, held in sorted(draft.names.items()):
        if held == value:
            return name
    return ""


def _offset(draft: Draft, value: int) -> str:
    if not draft.names:
        return ""
    name = draft.pick(sorted(draft.names))
    return (
        f"{name} + {value - draft.names[name]}"
        if value >= draft.names[name]
        else f"{name} - {draft.names[name] - value}"
    )


def _conditional(draft: Draft, value: int) -> str:
    holds = draft.chance(2)
    other = draft.number(1, 9)
    first, second = (value, other) if holds else (other, value)
    return f"({first} if {draft.condition(holds)} else {second})"


_FORMS: dict[str, Callable[[Draft, int], str]] = {
    "name": _named,
    "offset": _offset,
    "conditional": _conditional,
    "product": lambda _, value: f"{value * 2} // 2",
    "power": lambda _, value: f"2 ** {value.bit_length() - 1}" if value and not value & (value - 1) else "",
    "group": lambda _, value: f"({value} + 1 - 1)",
    "unary": lambda _, value: f"-(-{value})",
    "index": lambda _, value: f"[{value + 1}, {value}][-1]",
    "size index": lambda _, value: f"9x{value}[1]",
    "max": lambda _, value: f"max({value}, 0)",
    "min": lambda _, value: f"min([{value}, {value + 2}])",
    "abs": lambda _, value: f"abs(-{value})",
    "len": lambda _, value: f"len(range({value}))",
    "sum": lambda _, value: f"sum([{value}, 1, -1])",
    "round": lambda _, value: f"round({value}.2)",
}
