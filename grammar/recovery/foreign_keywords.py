"""Keywords of other languages that have a counterpart: reported, and replaced by it."""

from collections.abc import Iterator
from itertools import chain, pairwise

from lark import Token

COUNTERPARTS = {
    "elif": "else if", "def": "block", "function": "block", "class": "model", "var": "let", "const": "let",
}  # fmt: skip
_TRANSLATED = {"elif", "def", "function"}  # the others are only named in the help
_OPERANDS = {"NAME", "NUMBER", "STRING", "NOT", "TRUE", "FALSE", "LPAR"}  # can begin a condition


def translate(stream: Iterator[Token]) -> Iterator[Token]:
    """The tokens, each foreign keyword replaced by its counterpart and reported by a FOREIGN before it."""
    before = "_NL"
    for token, following in pairwise(chain(stream, [None])):
        assert token is not None
        next_type = following.type if following else "_NL"
        if token.type == "NAME" and str(token) in _TRANSLATED and _is_keyword(str(token), before, next_type):
            yield _with_type("FOREIGN", token)
            yield from (_with_type(word.upper(), token) for word in COUNTERPARTS[str(token)].split())
        else:
            yield token
        before = token.type


def _is_keyword(word: str, before: str, following: str) -> bool:
    """Whether the word is used as the other language uses it, not as a name."""
    if word == "elif":
        return before == "RBRACE" or (before == "_NL" and following in _OPERANDS - {"LPAR"})
    return before == "_NL" and following == "NAME"


def _with_type(kind: str, token: Token) -> Token:
    return Token(
        kind, str(token), start_pos=token.start_pos, end_pos=token.end_pos, line=token.line, column=token.column
    )
