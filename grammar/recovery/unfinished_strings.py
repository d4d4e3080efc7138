"""Strings without their closing quote: the closing brackets at their end are not part of the string."""

from collections.abc import Iterator

from lark import Token

from ..tokens import make_token
from .brackets import CLOSING

_OPENING = {"(": "LPAR", "[": "LSQB", "{": "LBRACE"}
_CLOSING = {")": "RPAR", "]": "RSQB", "}": "RBRACE"}
_CLOSING_TYPES = set(CLOSING.values())


def split_unfinished(stream: Iterator[Token]) -> Iterator[Token]:
    """Yield the tokens. An unfinished string ends before the bracket that closes an open bracket: `folder("data)`.

    Without such a bracket, the missing brackets of the line are added, because they are only a part of the mistake.
    """
    opened: list[Token] = []  # the brackets that are open
    for token in stream:
        if token.type in CLOSING:
            opened.append(token)
        elif token.type in _CLOSING_TYPES and opened and CLOSING[opened[-1].type] == token.type:
            opened.pop()
        if token.type == "UNFINISHED":
            yield from _split(token, opened)
        else:
            yield token


def _split(token: Token, opened: list[Token]) -> Iterator[Token]:
    end = _end_of_text(str(token), opened)
    start, text = token.start_pos or 0, str(token)[:end].rstrip(" \t,")
    place = {"start_pos": start, "end_pos": start + len(text), "line": token.line, "column": token.column}
    yield Token("UNFINISHED", text, **place)
    for offset in range(end, len(token)):
        kind = _CLOSING.get(token[offset])
        if kind and opened and CLOSING[opened[-1].type] == kind:
            opened.pop()
            yield make_token(kind, token[offset], start + offset)
    if end == len(token):
        yield from _closed(opened, token)


def _closed(opened: list[Token], string: Token) -> Iterator[Token]:
    """Close the round and square brackets of the line of a string, and the braces that the string seems to close."""
    text, at = str(string).rstrip(), string.end_pos or 0
    while opened and opened[-1].line == string.line and opened[-1].type != "LBRACE":
        yield make_token(CLOSING[opened.pop().type], "", at)
    for _ in range(len(text) - len(text.rstrip("}"))):
        if opened and opened[-1].line == string.line:
            opened.pop()
            yield make_token("RBRACE", "}", at, width=0)


def _end_of_text(text: str, opened: list[Token]) -> int:
    """Return the offset of the first bracket in the text that closes an open bracket; its length if there is none."""
    inner: list[str] = []
    around = [bracket.type for bracket in opened[-1:]]
    for offset, sign in enumerate(text):
        if sign in _OPENING:
            inner.append(_OPENING[sign])
        elif sign in _CLOSING:
            innermost = (inner or around)[-1:]
            if not innermost or CLOSING[innermost[0]] != _CLOSING[sign]:
                continue
            if not inner:
                return offset
            inner.pop()
    return len(text)
