"""Parsing: everything that is right is read, nothing that is wrong raises."""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labc.grammar import syntax as s
from labc.grammar.diagnostics.codes import Code
from labc.grammar.diagnostics.render import render_text
from labc.grammar.keywords import KEYWORDS
from labc.grammar.parse import Parsed, parse
from labc.grammar.source import Source

from ..programs import WHOLE_GRAMMAR

SIGNS = [*"{}()[],.:=<+-;'\"@#\\", "==", "->", "**", "//"]
WORDS = [*KEYWORDS, *SIGNS, "\n", "x", "foo", "3", "3x3", "10%", "0.5", '"s"', "1.", "é"]
PIECES = re.findall(r"\w+|\s|[^\w\s]", WHOLE_GRAMMAR)


def read(text: str) -> Parsed:
    return parse(Source("test.lab", text))


def check_well_behaved(text: str) -> None:
    for diagnostic in read(text).diagnostics:
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(text)
        assert diagnostic.message in render_text(diagnostic)


def test_whole_grammar_is_read_without_a_mistake() -> None:
    parsed = read(WHOLE_GRAMMAR)
    assert parsed.diagnostics == ()
    kinds = [type(declaration) for declaration in parsed.file.declarations]
    assert kinds == [
        s.Title, s.Extends, s.Use, s.Let, s.Let, s.Let, s.Block, s.Section, s.Model, s.Section, s.Section, s.Variants,
        s.Expect,
    ]  # fmt: skip
    assert len(parsed.file.comments) == WHOLE_GRAMMAR.count("#")


@given(st.text(max_size=200))
def test_any_text_gives_diagnostics_or_a_tree(text: str) -> None:
    check_well_behaved(text)


@given(st.lists(st.sampled_from(WORDS), max_size=60))
@settings(max_examples=300)
def test_any_words_give_diagnostics_or_a_tree(words: list[str]) -> None:
    check_well_behaved(" ".join(words))


@given(st.integers(0, 2**32))
@settings(max_examples=200)
def test_any_mutation_gives_diagnostics_or_a_tree(seed: int) -> None:
    draw = random.Random(seed)
    pieces = list(PIECES)
    for _ in range(draw.randint(1, 6)):
        place = draw.randrange(len(pieces))
        match draw.randrange(3):
            case 0:
                del pieces[place]
            case 1:
                pieces.insert(place, f" {draw.choice(WORDS)} ")
            case _:
                pieces[place] = draw.choice(PIECES)
    check_well_behaved("".join(pieces))


def test_every_mistake_is_reported_in_one_go() -> None:
    lines = [f"  conv({i} {i})" for i in range(200)]
    parsed = read("model {\n" + "\n".join(lines) + "\n}\n")
    assert [diagnostic.span.line for diagnostic in parsed.diagnostics] == list(range(2, 202))


@pytest.mark.parametrize("stray", ["x = 1", "class f", "base = 8", "}", "( 3", "; ;"])
def test_a_stray_line_loses_nothing_around_it(stray: str) -> None:
    parsed = read(f"data {{ image = 8x8x1 }}\n{stray}\nmodel {{ relu }}\n{stray}\ntrain {{ epochs = 3 }}\n")
    assert parsed.diagnostics
    kinds = [type(d).__name__ for d in parsed.file.declarations if not isinstance(d, s.Invalid)]
    assert kinds == ["Section", "Model", "Section"]


@pytest.mark.parametrize("spaces", ["", "\n", "  # why\n", "\r\n"])
def test_newlines_in_brackets_and_before_arrows_do_not_count(spaces: str) -> None:
    text = f"model {{{spaces}conv({spaces}8,{spaces} 3x3{spaces}){spaces}-> relu }}"
    parsed = read(text)
    assert parsed.diagnostics == ()
    model = parsed.file.declarations[0]
    assert isinstance(model, s.Model)
    (chain,) = model.body.chains
    assert isinstance(chain, s.Chain)
    assert [step.name.id for step in chain.steps if isinstance(step, s.Layer)] == ["conv", "relu"]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("8", 8, ""),
        ("1_000", 1000, ""),
        ("0.4", 0.4, ""),
        ("1e-4", 1e-4, ""),
        (".5", 0.5, ""),
        ("10%", 10, "%"),
        ("12.5deg", 12.5, "deg"),
    ],
)
def test_numbers_and_quantities(text: str, value: float, unit: str) -> None:
    let = read(f"let x = {text}\n").file.declarations[0]
    assert isinstance(let, s.Let)
    assert isinstance(let.value, s.Number)
    assert (let.value.value, let.value.unit) == (value, unit)
    assert type(let.value.value) is type(value)


@given(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"])))
def test_a_text_keeps_every_character(text: str) -> None:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    let = read(f'let x = "{escaped}"\n').file.declarations[0]
    assert isinstance(let, s.Let)
    assert isinstance(let.value, s.String)
    assert let.value.value == text


@pytest.mark.parametrize("operator", ["+", "-", "*", "**", "and", "<", "if"])
def test_depth_is_bounded_whatever_nests(operator: str) -> None:
    parts = {"if": "1 if 1 else "}.get(operator, f"1 {operator} ")
    parsed = read(f"let x = {parts * 2000}1\nlet y = {'[' * 2000}\nlet z = 3\n")
    assert Code.TOO_DEEP in {diagnostic.code for diagnostic in parsed.diagnostics}
