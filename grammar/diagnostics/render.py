"""Renders diagnostics: as text that underlines the source lines, or as data for JSON.

The text is safe to print in a terminal: control characters in the source, in names and in messages become symbols.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ..source import Span
from ..terminal_text import display_width, printable
from .codes import Severity
from .diagnostic import Diagnostic, Label

_TAB = " " * 4
_CONTEXT = 120  # the number of characters of a long line that are shown before a span, in it, and after it
_SENTENCE = 2_000  # the number of characters of a message that are shown: it may repeat a very long name

# (text, style) -> text with colours; the styles are "error", "warning", "place" and "bold"
Paint = Callable[[str, str], str]


def plain(text: str, style: str) -> str:  # noqa: ARG001 - the signature of a Paint
    """Return the text without colours."""
    return text


_ANSI = {"error": "1;31", "warning": "1;33", "place": "1;34", "bold": "1"}


def ansi(text: str, style: str) -> str:
    """Return the text with ANSI escape codes for the colours of a terminal."""
    return f"\033[{_ANSI[style]}m{text}\033[0m" if text else text


def render_text(diagnostic: Diagnostic, paint: Paint = plain) -> str:
    """Render a diagnostic with its source lines and underlines, without a newline at the end."""
    severity = diagnostic.severity.value
    head = paint(f"{severity}[{diagnostic.code}]", severity) + paint(f": {_sentence(diagnostic.message)}", "bold")
    places = [Label(diagnostic.span, diagnostic.remark), *diagnostic.labels]
    margin = len(str(max(label.span.line for label in places)))
    lines = [head]
    for index, label in enumerate(places):
        mark = "^" if index == 0 else "-"
        style = severity if index == 0 else "place"
        elsewhere = index == 0 or label.span.source is not places[index - 1].span.source
        lines += _place(label, margin, elsewhere, (mark, style), paint)
    tail = [f"= {_sentence(note)}" for note in diagnostic.notes]
    tail += [f"= help: {_sentence(diagnostic.help)}"] if diagnostic.help else []
    bar = paint(" " * margin + " |", "place")
    return "\n".join([*lines, *([bar] if tail else []), *(" " * margin + " " + line for line in tail)])


def _place(label: Label, margin: int, elsewhere: bool, underline: tuple[str, str], paint: Paint) -> Iterator[str]:
    """Yield the lines for one location: the file, line and column if `elsewhere`, the source line, the underline."""
    span = label.span
    bar = paint(" " * margin + " |", "place")
    if elsewhere:
        yield paint(" " * margin + "-->", "place") + f" {printable(span.place)}"
    yield bar
    before, inside, after = _quoted(span)
    text = before + inside + after
    number = str(span.line) if span.source.is_file else ""
    yield paint(f"{number:>{margin}} |", "place") + (f" {text}" if text else "")
    mark, style = underline
    marks = mark * max(1, display_width(inside))
    yield f"{bar} {' ' * display_width(before)}" + paint(f"{marks} {_sentence(label.text)}".rstrip(), style)


def _quoted(span: Span) -> tuple[str, str, str]:
    """Return the parts of the first line of a span: before, inside and after the span. A long line is cut."""
    text = span.source.line(span.line)
    start = span.column - 1
    end = max(start, min(start + span.end - span.start, len(text)))
    before = text[:start] if start <= _CONTEXT else "…" + text[start - _CONTEXT : start]
    if end - start > _CONTEXT:
        return _shown(before), _shown(text[start : start + _CONTEXT] + "…"), ""
    after = text[end:] if len(text) - end <= _CONTEXT else text[end : end + _CONTEXT] + "…"
    return _shown(before), _shown(text[start:end]), _shown(after)


def _sentence(text: str) -> str:
    return printable(text if len(text) <= _SENTENCE else text[:_SENTENCE] + "…")


def _shown(source_text: str) -> str:
    return printable(source_text.replace("\t", _TAB))


def as_data(diagnostic: Diagnostic) -> dict[str, Any]:
    """Return the diagnostic as data for JSON. Lines and columns count from 1. The end of a span is exclusive.

    `notes` repeat the labels as text, for programs that do not read `labels`.
    """
    return {
        "code": diagnostic.code.value,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        **_place_data(diagnostic.span),
        "notes": [*diagnostic.notes, *map(_label_note, diagnostic.labels)],
        "help": diagnostic.help,
        "labels": [{**_place_data(label.span), "text": label.text} for label in diagnostic.labels],
        "edits": [{**_place_data(edit.span), "text": edit.text, "safe": edit.safe} for edit in diagnostic.edits],
    }


def _place_data(span: Span) -> dict[str, Any]:
    end_line, end_column = span.source.position(max(span.start, span.end))
    return {
        "file": span.source.name,
        "line": span.line,
        "column": span.column,
        "end_line": end_line,
        "end_column": end_column,
    }


def _label_note(label: Label) -> str:
    span = label.span
    return f"{span.place}: {label.text}"


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """Return the numbers of errors and warnings, for example `2 errors and 1 warning`, "" if there are none."""
    found = [diagnostic.severity for diagnostic in diagnostics]
    counts = [(found.count(severity), severity.value) for severity in Severity]
    return " and ".join(f"{count} {word}{'s' * (count > 1)}" for count, word in counts if count)
