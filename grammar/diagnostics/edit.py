"""Fixes as data: a stretch of a source and the text that replaces it."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..source import Span


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the text of `span` by `text`; an empty span inserts.

    `safe` is True where the result means what the author plainly meant, such as `true` for `True`. A guess, such as
    the nearest known name, is not safe.
    """

    span: Span
    text: str
    safe: bool = False


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made. Of two edits that overlap, only the first in the text is made."""
    parts: list[str] = []
    end = 0
    for edit in sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)):
        if edit.span.start >= end:
            parts += [text[end : edit.span.start], edit.text]
            end = edit.span.end
    return "".join([*parts, text[end:]])
