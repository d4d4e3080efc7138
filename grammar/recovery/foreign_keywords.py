"""Words of other languages that have one in this one: reported, and then read as what they stand for."""

from collections.abc import Iterator
from itertools import chain, pairwise

from lark import Token

WORDS = {"elif": ("ELSE", "IF"), "def": ("BLOCK",), "function": ("BLOCK",)}
_OPERANDS = {"NAME", "NUMBER", "STRING", "NOT", "TRUE", "FALSE", "LPAR"}


def translated(stream: Iterator[Token]) -> Iterator[Token]:
    """The tokens, with FOREIGN before each word that was replaced by one of the language."""
    before = "_NL"
    for token, following in pairwise(chain(stream, [None])):
        assert token is not None
        next_type = following.type if following else "_NL"
        if token.type == "NAME" and str(token) in WORDS and _is_meant(str(token), before, next_type):
            yield _as("FOREIGN", token)
            yield from (_as(kind, token) for kind in WORDS[str(token)])
        else:
            yield token
        before = token.type


def _is_meant(word: str, before: str, following: str) -> bool:
    """Whether the word stands where the other language has it, and not as a name."""
    if word == "elif":
        return before == "RBRACE" or (before == "_NL" and following in _OPERANDS - {"LPAR"})
    return before == "_NL" and following == "NAME"


def _as(kind: str, token: Token) -> Token:
    return Token(
        kind, str(token), start_pos=token.start_pos, end_pos=token.end_pos, line=token.line, column=token.column
    )
