"""If a bracket is missing, a diagnostic says so, and the rest of the file is read as if it were there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from labc.compiler.pipeline import compile_source
from labc.compiler.std import FOLDER
from labc.grammar.diagnostics.codes import Code
from labc.grammar.parse import parse
from labc.grammar.source import Source

from ..programs import EXAMPLES, WHOLE_GRAMMAR
from .test_format import tree

FILES = [*EXAMPLES, *sorted(FOLDER.glob("*.lab"))]
TEXTS = {
    "whole_grammar": WHOLE_GRAMMAR,
    **{f"{path.parent.name}/{path.stem}": path.read_text(encoding="utf-8") for path in FILES},
}
MOST = 2  # diagnostics for one missing bracket; there is only one in 98 of 100 cases


def masked(text: str) -> str:
    """The text with `_` for the characters of comments, strings and empty braces."""
    return re.sub(r'#[^\n]*|"(?:[^"\\\n]|\\.)*"|\{ \}', lambda match: "_" * len(match[0]), text)


def without_one(text: str, brackets: str) -> Iterator[str]:
    """The text without one of its brackets, for each of them but those in comments and strings, and empty braces."""
    for place, character in enumerate(masked(text)):
        if character in brackets:
            yield text[:place] + text[place + 1 :]


@pytest.mark.parametrize("name", TEXTS)
def test_a_missing_bracket_gives_few_diagnostics(name: str) -> None:
    for text in without_one(TEXTS[name], "(){}[]"):
        found = parse(Source("test.lab", text)).diagnostics
        assert 1 <= len(found) <= MOST, text
        assert all(0 <= one.span.start < one.span.end <= len(text) for one in found)


@pytest.mark.parametrize("name", TEXTS)
def test_a_missing_opening_brace_does_not_change_the_tree(name: str) -> None:
    whole = tree(TEXTS[name])
    for text in without_one(TEXTS[name], "{"):
        (found,) = parse(Source("test.lab", text)).diagnostics
        assert found.code is Code.UNOPENED
        assert "missing `{` after" in found.message
        assert tree(text) == whole, text


@pytest.mark.parametrize("name", TEXTS)
def test_bodies_written_as_in_python_are_read_by_their_indents(name: str) -> None:
    python = re.sub(r"^ *}\n", "", TEXTS[name], flags=re.MULTILINE)
    python = re.sub(r"^( *)(?:} )?(.*) {$", r"\1\2:", python, flags=re.MULTILINE)
    assert tree(python) == tree(TEXTS[name])
    found = parse(Source("test.lab", python)).diagnostics
    assert {one.code for one in found} <= {Code.UNOPENED}
    assert len(found) == python.count(":\n")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_missing_brace_is_the_only_mistake_in_an_otherwise_correct_file(path: Path) -> None:
    for text in without_one(path.read_text(encoding="utf-8"), "{}"):
        codes = {one.code for one in compile_source(Source(str(path), text, path.parent)).diagnostics}
        assert codes == {Code.UNOPENED} or codes == {Code.UNCLOSED}, text


@pytest.mark.parametrize("name", TEXTS)
def test_a_brace_in_place_of_another_closing_bracket_is_read_as_that_bracket(name: str) -> None:
    text = TEXTS[name]
    for place, character in enumerate(masked(text)):
        if character in ")]":
            wrong = text[:place] + "}" + text[place + 1 :]
            (found,) = parse(Source("test.lab", wrong)).diagnostics
            assert f"missing `{character}` for" in found.message
            assert tree(wrong) == tree(text), wrong


def test_a_body_on_one_line_without_braces_is_one_mistake() -> None:
    tried = 0
    for text in TEXTS.values():
        for body in re.finditer(r"\{( [^{}\n=<>]* )\}(?! else)", masked(text)):
            start, end = body.span()
            bare = text[:start] + text[start + 1 : end - 1] + text[end:]
            (found,) = parse(Source("test.lab", bare)).diagnostics
            assert "missing `{` after" in found.message
            tried += 1
    assert tried >= 10
