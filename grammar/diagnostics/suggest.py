"""The nearest name, for "did you mean"."""

from collections.abc import Iterable
from unicodedata import name

from ..source import Span
from .edit import Edit


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that `word` was most likely meant to be, or None where none is near.

    Near is relative to length (difflib's ratio of at least 0.7), upper and lower case being the same.
    """
    from difflib import get_close_matches

    by_folded = {candidate.casefold(): candidate for candidate in sorted(candidates)}
    matches = get_close_matches(word[:100].casefold(), by_folded, n=1, cutoff=0.7)
    return by_folded[matches[0]] if matches else None


def did_you_mean(word: str, candidates: Iterable[str]) -> str | None:
    """A help line naming the nearest candidate, else the candidates themselves if they are few."""
    known = sorted(set(candidates))
    match = nearest(word, known)
    if match:
        return f"did you mean `{match}`?{_lookalike(word, match)}"
    return f"known here: {listing(known)}" if 0 < len(known) <= 12 else None


def renaming(span: Span, word: str, candidates: Iterable[str]) -> tuple[Edit, ...]:
    """The edit that `did_you_mean` proposes for the word in `span`, which is a guess; none where nothing is near."""
    match = nearest(word, candidates)
    return (Edit(span, match),) if match else ()


def _lookalike(word: str, match: str) -> str:
    """A sentence on a letter of another script that may look like the one in `match`, "" if there is none."""
    strange = next((one for one in word if not name(one, "LATIN").startswith("LATIN") and one.isalpha()), None)
    return f" The `{strange}` in `{word}` is no Latin letter" if strange and match.isascii() else ""


def listing(words: Iterable[str]) -> str:
    """`a`, `b` and `c`, each in backquotes."""
    quoted = [f"`{word}`" for word in words]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
