"""The known name nearest to a mistyped name, for the help "did you mean"."""

from collections.abc import Iterable
from functools import lru_cache
from unicodedata import name

from ..source import Span
from .edit import Edit


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate most similar to `word`, None if no candidate is similar enough.

    Similar enough means a ratio of at least 0.7 by `difflib`. Upper and lower case count as the same.
    """
    return _nearest(word, tuple(sorted(candidates)))


@lru_cache(maxsize=10_000)  # a help and its edit need the same candidate, and a mistake in a loop is found many times
def _nearest(word: str, candidates: tuple[str, ...]) -> str | None:
    from difflib import get_close_matches

    by_folded = {candidate.casefold(): candidate for candidate in candidates}
    matches = get_close_matches(word[:100].casefold(), by_folded, n=1, cutoff=0.7)
    return by_folded[matches[0]] if matches else None


def did_you_mean(word: str, candidates: Iterable[str]) -> str | None:
    """Return a help line with the nearest candidate, else with all candidates if there are at most 12, else None."""
    known = sorted(set(candidates))
    match = nearest(word, known)
    if match:
        return f"did you mean `{match}`?{_lookalike(word, match)}"
    return f"known names: {listing(known)}" if 0 < len(known) <= 12 else None


def renaming(span: Span, word: str, candidates: Iterable[str]) -> tuple[Edit, ...]:
    """Return the edit that replaces the word in `span` by the nearest candidate, an empty tuple if none is near."""
    match = nearest(word, candidates)
    return (Edit(span, match),) if match else ()


def _lookalike(word: str, match: str) -> str:
    """Return a sentence about a letter of `word` that is not Latin but may look Latin, "" if there is none."""
    strange = next((one for one in word if not name(one, "LATIN").startswith("LATIN") and one.isalpha()), None)
    return f" The `{strange}` in `{word}` is not a Latin letter" if strange and match.isascii() else ""


def listing(words: Iterable[str]) -> str:
    """Return the words as a list in a sentence, each in backquotes: "`a`, `b` and `c`"."""
    quoted = [f"`{word}`" for word in words]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
