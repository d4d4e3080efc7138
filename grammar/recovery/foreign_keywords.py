"""Keywords of other languages: reports each keyword, and replaces it by its counterpart in labc."""

from collections.abc import Iterator
from itertools import chain, pairwise

from lark import Token

COUNTERPARTS = {
    "elif": "else if", "def": "block", "function": "block", "class": "model", "var": "let", "const": "let",
}  # fmt: skip
_TRANSLATED = {"elif", "def", "function"}  # the other keywords are not replaced, only their help names the counterpart
_OPERANDS = {"NAME", "NUMBER", "STRING", "NOT", "TRUE", "FALSE", "LPAR"}  # can begin a condition


def translate(stream: Iterator[Token]) -> Iterator[Token]:
    """Yield the tokens. Each foreign keyword becomes a FOREIGN token, which is reported, and then its counterpart."""
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
    """Check whether the word is used as a keyword of the other language, and not as a name."""
    if word == "elif":
        return before == "RBRACE" or (before == "_NL" and following in _OPERANDS - {"LPAR"})
    return before == "_NL" and following == "NAME"


def _with_type(kind: str, token: Token) -> Token:
    return Token(
        kind, str(token), start_pos=token.start_pos, end_pos=token.end_pos, line=token.line, column=token.column
    )
