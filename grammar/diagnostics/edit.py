"""Edits: a span of a source, and the text that replaces it."""

from collections.abc import Iterable

from ..source import Span
from ..value_class import value_class


@value_class(slots=True)
class Edit:
    """The replacement of the text of `span` by `text`. With an empty span, `text` is inserted.

    An edit is `safe` if the author certainly meant the result, for example `true` instead of `True`. A guess is not
    safe, for example the nearest known name.
    """

    span: Span
    text: str
    safe: bool = False


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return the text after the edits. If two edits overlap, only the edit that starts first is made."""
    parts: list[str] = []
    end = 0
    for edit in sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)):
        if edit.span.start >= end:
            parts += [text[end : edit.span.start], edit.text]
            end = edit.span.end
    return "".join([*parts, text[end:]])


def text_after(span: Span, edits: Iterable[Edit]) -> str:
    """Return the text of `span` after edits inside it."""
    text, edits = span.source.text, list(edits)
    after = apply_edits(text, edits)
    return after[span.start : span.end + len(after) - len(text)]
