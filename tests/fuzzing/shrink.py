"""Makes a found program small: removes lines, then tokens, as long as the same is wrong with it."""

import re
from collections.abc import Callable

Wrong = Callable[[bytes], bool]


def shrink(data: bytes, wrong: Wrong, attempts: int = 400) -> bytes:
    """Return a small program for which `wrong` still holds, after at most so many calls of `wrong`.

    The algorithm is delta debugging (Zeller and Hildebrandt, 2002), first over lines and then over tokens.
    """
    left = attempts

    def still_wrong(pieces: list[bytes]) -> bool:
        nonlocal left
        left -= 1
        return left >= 0 and wrong(b"".join(pieces))

    for pattern in (rb"[^\n]*\n|[^\n]+", rb'"[^"\n]*"|\w+|\s+|[^\w\s]'):
        before = None
        while data != before and left > 0:
            before = data
            data = b"".join(_without_pieces(re.findall(pattern, data), still_wrong))
    return data


def _without_pieces(pieces: list[bytes], wrong: Callable[[list[bytes]], bool]) -> list[bytes]:
    """Remove runs of pieces, long runs first."""
    size = max(1, len(pieces) // 2)
    while pieces:
        start = 0
        while start < len(pieces):
            attempt = pieces[:start] + pieces[start + size :]
            if wrong(attempt):
                pieces = attempt
            else:
                start += size
        if size == 1:
            break
        size //= 2
    return pieces
