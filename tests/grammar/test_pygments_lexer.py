"""The Pygments lexer sees the same tokens as the parser's lexer."""

import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pygments.token import Comment, Error, Keyword, Name, Number, Operator, Punctuation, String, Whitespace, _TokenType

from labc.grammar.keywords import CONSTANTS, KEYWORDS, OPERATORS
from labc.grammar.lark_parser import lark_parser
from labc.grammar.pygments_lexer import LabLexer

from ..drawn import slow, texts
from ..programs import EXAMPLES, WHOLE_GRAMMAR

KINDS = {
    "NAME": Name,
    "NUMBER": Number,
    "QUANTITY": Number,
    "SIZE": Number,
    "STRING": String,
    "COMMENT": Comment,
    "TRAIN": Name.Attribute,  # where it is no section
    **dict.fromkeys(("ARROW", "FLOORDIV", "POWER", "COMPARISON", "PLUS", "MINUS", "STAR", "SLASH", "EQUAL"), Operator),
    **dict.fromkeys(("LPAR", "RPAR", "LSQB", "RSQB", "LBRACE", "RBRACE", "COMMA", "DOT", "COLON"), Punctuation),
    **{keyword.upper(): Keyword for keyword in KEYWORDS if keyword != "train"},
    **{keyword.upper(): Keyword.Constant for keyword in CONSTANTS},
    **{keyword.upper(): Operator.Word for keyword in OPERATORS},
}
ROOT = Path(__file__).parents[2]


def highlighted(text: str) -> Iterator[tuple[int, int, _TokenType]]:
    """The start, end and kind of each Pygments token, those of one text in quotes joined."""
    joined: list[tuple[int, int, _TokenType]] = []
    for start, kind, value in LabLexer().get_tokens_unprocessed(text):
        if kind in String and joined and joined[-1][1] == start and joined[-1][2] in String:
            joined[-1] = (joined[-1][0], start + len(value), String)
        elif kind not in Whitespace and value:
            joined.append((start, start + len(value), kind))
    yield from joined


def check_agrees(text: str) -> None:
    expected = [
        (token.start_pos, token.end_pos, token.type) for token in lark_parser().lex(text) if token.type != "_NL"
    ]
    found = list(highlighted(text))
    assert [one[:2] for one in found] == [one[:2] for one in expected]
    for (_, _, kind), (_, _, token_type) in zip(found, expected, strict=True):
        assert kind in KINDS[token_type] or (token_type == "TRAIN" and kind in Keyword)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_it_agrees_with_the_parser_on_the_examples(path: Path) -> None:
    check_agrees(path.read_text(encoding="utf-8"))


def test_it_agrees_with_the_parser_on_the_whole_grammar() -> None:
    check_agrees(WHOLE_GRAMMAR)


@given(texts())
@settings(slow(40))
def test_it_agrees_with_the_parser_on_drawn_programs(text: str) -> None:
    check_agrees(text)


@given(st.text())
def test_any_text_is_split_without_loss(text: str) -> None:
    assert "".join(value for _, _, value in LabLexer().get_tokens_unprocessed(text)) == text


@pytest.mark.parametrize("wrong", ["@", "'a'", ";", "3x", "1.2.3", "&&"])
def test_what_is_not_in_the_language_is_marked(wrong: str) -> None:
    assert Error in {kind for _, kind, _ in LabLexer().get_tokens_unprocessed(f"let a = {wrong}\n")}


def test_pygments_finds_it_once_labc_is_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    module, _, name = project["entry-points"]["pygments.lexers"]["labc"].partition(":")
    assert getattr(import_module(module), name) is LabLexer
