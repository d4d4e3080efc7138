"""Sizes with spaces or with another cross, `32 x 32 x 1` and `32X32`: joins their tokens to one SIZE."""

import re
from collections.abc import Iterator

from lark import Token

_PART = re.compile("[0-9xX\N{MULTIPLICATION SIGN}]+")
_SIZE = re.compile("[0-9]+([xX\N{MULTIPLICATION SIGN}][0-9]+)+")
_CROSS = re.compile("[xX\N{MULTIPLICATION SIGN}]")


def join_sizes(stream: Iterator[Token]) -> Iterator[Token]:
    """Yield the tokens. A size with spaces becomes a SPACED token, which is reported, and then a SIZE token."""
    run: list[Token] = []  # tokens that are perhaps the parts of one size
    for token in stream:
        kind = token.type
        if run and kind in ("NAME", "STRAY", "NUMBER", "SIZE") and _PART.fullmatch(token) and _meet(run[-1], token):
            run.append(token)
            continue
        if run:
            yield from _joined(run, token)
            run = []
        if kind in ("NUMBER", "SIZE") or (kind == "STRAY" and token[0].isdigit()):
            run = [token]
        else:
            yield token
    yield from _joined(run, None)


def _meet(part: Token, following: Token) -> bool:
    """Check whether a cross is between two parts of a size. In `conv(8 3x3)` the comma is missing."""
    return bool(_CROSS.match(part[-1]) or _CROSS.match(following))


def _joined(run: list[Token], following: Token | None) -> Iterator[Token]:
    """Yield the tokens of a run, with the longest size at its start as one token."""
    if run and run[-1].type == "NAME" and following is not None and following.type in ("EQUAL", "LBRACE"):
        yield from _joined(run[:-1], None)  # the name of the next setting on the line, as in `a = 3 x3 = 4`
        yield run[-1]
        return
    for count in range(len(run), 0, -1):
        text = "".join(run[:count])
        if _SIZE.fullmatch(text) and not (count == 1 and run[0].type == "SIZE"):
            for kind in ("SPACED", "SIZE"):
                yield _token(kind, _CROSS.sub("x", text), run[0], run[count - 1])
            yield from run[count:]
            return
    yield from run


def _token(kind: str, text: str, first: Token, last: Token) -> Token:
    place = {"start_pos": first.start_pos, "end_pos": last.end_pos, "line": first.line, "column": first.column}
    return Token(kind, text, **place)
