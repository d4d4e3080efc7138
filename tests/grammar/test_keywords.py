"""The one list of keywords: the grammar, the parser and the documentation have these keywords and no others."""

import re
from pathlib import Path

import pytest
from lark.lexer import PatternStr

from labc.grammar.keywords import KEYWORDS, SECTIONS
from labc.grammar.lark_parser import lark_parser
from labc.grammar.parse import parse
from labc.grammar.source import Source
from labc.grammar.syntax import Let, Name

LANGUAGE_PAGE = Path(__file__).parents[2] / "docs" / "language.md"


def test_the_grammar_has_these_keywords() -> None:
    terminals = {one.name: one.pattern.value for one in lark_parser().terminals if isinstance(one.pattern, PatternStr)}
    words = {name: value for name, value in terminals.items() if value.isalpha()}
    assert words == {keyword.upper(): keyword for keyword in KEYWORDS}
    assert len(set(KEYWORDS)) == len(KEYWORDS)


@pytest.mark.parametrize("keyword", KEYWORDS)
def test_a_keyword_is_no_name_and_a_longer_word_is_one(keyword: str) -> None:
    assert parse(Source("test.lab", f"let {keyword} = 1\n")).diagnostics
    for word in (f"{keyword}s", f"_{keyword}", f"{keyword}_1", keyword.capitalize()):
        parsed = parse(Source("test.lab", f"let {word} = {word}\n"))
        assert parsed.diagnostics == ()
        (let,) = parsed.file.declarations
        assert isinstance(let, Let)
        assert isinstance(let.value, Name)
        assert let.name.id == let.value.id == word


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_has_a_body(section: str) -> None:
    parsed = parse(Source("test.lab", f"{section} {{ }}\n"))
    assert parsed.diagnostics == ()
    assert len(parsed.file.declarations) == 1


@pytest.mark.parametrize("keyword", KEYWORDS)
def test_train_alone_is_also_the_name_of_a_setting(keyword: str) -> None:
    diagnostics = parse(Source("test.lab", f"data {{ split {{ {keyword} = 1 }} }}\n")).diagnostics
    assert (diagnostics == ()) == (keyword == "train")


@pytest.mark.parametrize(("keyword", "value"), [("true", True), ("false", False), ("none", None)])
def test_a_constant_has_its_value(keyword: str, value: bool | None) -> None:
    (let,) = parse(Source("test.lab", f"let x = {keyword}\n")).file.declarations
    assert isinstance(let, Let)
    assert dict(let.value.fields())["value"] is value


def test_the_page_of_the_language_lists_them() -> None:
    listed = re.search(r"keywords cannot be names: `([^`]+)`", LANGUAGE_PAGE.read_text(encoding="utf-8"))
    assert listed
    assert listed[1].split() == list(KEYWORDS)
