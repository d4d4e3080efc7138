"""Mutations of a text: tokens, layout, splices of other texts, and bytes."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .nodes import splice_nodes
from .vocabulary import NUMBERS, VALUES, WORDS

_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"|#[^\n]*|\w+(?:\.\w+)?%?|->|\*\*|//|[=!<>]=|[^\S\n]+|\n|.', re.DOTALL)


def mutate(draw: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """Return a text with one to six mutations; pieces of `others` are put into it."""
    mutant = Mutant(draw, _tokens(data), others)
    for _ in range(draw.randint(1, draw.choice([1, 1, 1, 2, 6]))):
        draw.choice(MUTATIONS)(mutant)
    mutated = "".join(mutant.tokens).encode("utf-8", "surrogateescape")
    return _flip_bytes(draw, mutated) if draw.random() < 0.03 else mutated


def _tokens(data: bytes) -> list[str]:
    return _TOKEN.findall(data.decode("utf-8", "surrogateescape")) or [""]


@dataclass
class Mutant:
    """The tokens of a text while it is mutated. Blanks are tokens too, and `tokens` is never empty."""

    draw: random.Random
    tokens: list[str]
    others: Sequence[bytes]

    def place(self) -> int:
        return self.draw.randrange(len(self.tokens))

    def range(self, tokens: Sequence[str]) -> slice:
        start = self.draw.randrange(len(tokens))
        return slice(start, start + self.draw.choice([1, 1, 3, 10, 40]))

    def delete(self) -> None:
        self.tokens[self.range(self.tokens)] = [""]

    def insert(self) -> None:
        self.tokens.insert(self.place(), f" {self.draw.choice(WORDS)} ")

    def replace(self) -> None:
        self.tokens[self.place()] = self.draw.choice([self.draw.choice(WORDS), self.draw.choice(self.tokens)])

    def swap(self) -> None:
        one, other = self.place(), self.place()
        self.tokens[one], self.tokens[other] = self.tokens[other], self.tokens[one]

    def repeat(self) -> None:
        part = self.range(self.tokens)
        self.tokens[part] = self.tokens[part] * self.draw.choice([2, 2, 2, 3, 30, 1000])

    def change_value(self) -> None:
        """Replace a number by a number, a string by a string, or a word by a word of the text."""
        place = self.place()
        kind = _kind(self.tokens[place])
        same = [token for token in self.tokens if _kind(token) == kind]
        self.tokens[place] = self.draw.choice(NUMBERS if kind == "number" and self.draw.random() < 0.5 else same)

    def add_value(self) -> None:
        """Add a `let` with an odd value, or put the value behind a `=`."""
        value = self.draw.choice(VALUES)
        signs = [place for place, token in enumerate(self.tokens) if token == "="]
        if signs and self.draw.random() < 0.3:
            self.tokens[min(self.draw.choice(signs) + 2, len(self.tokens) - 1)] = value
        else:
            self.tokens.insert(0, f"let extra{self.draw.randrange(99)} = {value}\n")

    def change_layout(self) -> None:
        """Change the blanks and line ends of a part of the text, which rarely changes its meaning."""
        part = self.range(self.tokens)
        blanks = [" ", "  ", "\n", "\n\n\n", "  # comment\n", "\t", "\r\n"]
        change = [token.isspace() and self.draw.random() < 0.5 for token in self.tokens[part]]
        self.tokens[part] = [
            self.draw.choice(blanks) if changes else token
            for token, changes in zip(self.tokens[part], change, strict=True)
        ]

    def splice(self) -> None:
        """Put a part of another text anywhere."""
        other = _tokens(self.draw.choice(self.others))
        place = self.place()
        self.tokens[place:place] = other[self.range(other)]

    def splice_nodes(self) -> None:
        """Put an expression, a step or a setting of another text in the place of one."""
        other = self.draw.choice(self.others).decode("utf-8", "replace")
        self.tokens = _tokens(splice_nodes(self.draw, "".join(self.tokens), other).encode("utf-8", "surrogateescape"))

    def splice_declaration(self) -> None:
        """Put a declaration of another text before this one."""
        declarations = re.split(r"\n(?=[a-z])", self.draw.choice(self.others).decode("utf-8", "surrogateescape"))
        self.tokens.insert(0, self.draw.choice(declarations) + "\n")


MUTATIONS: list[Callable[[Mutant], None]] = [
    *(Mutant.delete, Mutant.insert, Mutant.replace, Mutant.swap, Mutant.repeat),
    *(Mutant.splice, Mutant.splice_declaration, Mutant.change_layout, Mutant.change_layout),
    *(Mutant.change_value, Mutant.change_value, Mutant.add_value, *[Mutant.splice_nodes] * 4),
]


def _kind(token: str) -> str:
    first = token[:1]
    return "number" if first.isdigit() else "word" if first.isidentifier() else first


def _flip_bytes(draw: random.Random, data: bytes) -> bytes:
    changed = bytearray(data or b" ")
    for _ in range(draw.randint(1, 4)):
        changed[draw.randrange(len(changed))] = draw.randrange(256)
    return bytes(changed)
