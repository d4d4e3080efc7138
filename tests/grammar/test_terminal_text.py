"""What labc prints cannot change the terminal: no control character is left, and underlines stay under their text."""

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from labc.grammar.diagnostics.codes import Code
from labc.grammar.diagnostics.diagnostic import Diagnostic, Label
from labc.grammar.diagnostics.render import render_text
from labc.grammar.source import Source
from labc.grammar.terminal_text import display_width, printable, printable_lines

CONTROL = (
    "\0\a\b\t\n\r\x1b\x7f\x85\x9b\u00ad\u200b\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\ufeff\udcff\U000e0041"
)
# A longer line is cut.
TEXTS = st.text(st.characters() | st.sampled_from(CONTROL) | st.sampled_from("漢字é́😀a "), max_size=100)


def is_safe(text: str) -> bool:
    return not any(category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") for character in text)


@given(TEXTS)
def test_no_control_character_is_left(text: str) -> None:
    assert is_safe(printable(text))
    assert printable(printable(text)) == printable(text)
    assert is_safe(printable_lines(text).replace("\n", "").replace("\t", ""))
    assert printable_lines(text).count("\n") == text.count("\n")


@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"])))
def test_other_text_stays_as_it_is(text: str) -> None:
    assert printable(text) == printable_lines(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m", "␛[31m"),
        ("a\nb\tc\x7f", "a␊b␉c␡"),
        ("\x9b2J", "<U+009B>2J"),
        ("Mel\u202egpj", "Mel<U+202E>gpj"),
        ("\udcff.png", "\\xff.png"),
        ("50\u00a0%\u3000漢", "50\u00a0%\u3000漢"),
    ],
)
def test_symbols(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text(st.sampled_from("a é漢字カﾊ😀́^-→")))
def test_the_width_is_that_of_rich(text: str) -> None:
    assert display_width(text) == cell_len(text)


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_a_rendered_diagnostic_is_safe_and_its_underline_is_under_its_text(
    before: str, inside: str, after: str, message: str
) -> None:
    message = message or "wrong"
    text = (before + inside + after).replace("\n", " ")
    source = Source(message, text)
    span = source.span(len(before), len(before) + len(inside))
    diagnostic = Diagnostic(Code.STRAY, message, span, message, message, (Label(span, message),), (message,))
    lines = render_text(diagnostic).split("\n")
    assert len(lines) == 11
    assert is_safe("".join(lines))
    quoted, underline = (line.removeprefix("  | ").removeprefix("1 | ") for line in lines[3:5])
    indent = len(underline) - len(underline.lstrip(" "))
    marked = max(1, display_width(printable(inside.replace("\n", " ").replace("\t", " " * 4))))
    assert underline.lstrip(" ").startswith("^" * marked)
    assert any(display_width(quoted[:end]) == indent for end in range(len(quoted) + 1)) or not quoted.strip()


def test_a_long_line_is_cut_around_the_span() -> None:
    source = Source("long.lab", "a" * 10**6 + "!" * 300 + "b" * 10**6)
    lines = render_text(Diagnostic(Code.STRAY, "wrong", source.span(10**6, 10**6 + 300))).split("\n")
    assert lines[3] == "1 | …" + "a" * 120 + "!" * 120 + "…"
    assert lines[4] == "  | " + " " * 121 + "^" * 121


def test_a_message_that_repeats_a_very_long_name_is_cut() -> None:
    name = "a" * 10**6
    diagnostic = Diagnostic(Code.UNKNOWN_NAME, name, Source(name[:9], name).span(0, 10**6), name, name, notes=(name,))
    assert len(render_text(diagnostic)) < 10_000
