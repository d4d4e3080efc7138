"""Expressions have Python's values, or a diagnostic: Python itself is the oracle."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labc.compiler.analysis.vocabulary import VALUE_WORDS
from labc.compiler.expressions.evaluate import evaluate, known
from labc.compiler.expressions.scope import Scope
from labc.compiler.expressions.values import Angle, Percent, Word
from labc.grammar.diagnostics.lab_error import LabError
from labc.grammar.parse import parse
from labc.grammar.source import Source
from labc.grammar.syntax import Expression, Let


def read(text: str) -> Expression:
    parsed = parse(Source("test.lab", f"let x = {text}\n"))
    assert parsed.diagnostics == ()
    let = parsed.file.declarations[0]
    assert isinstance(let, Let)
    return let.value


def value_of(text: str, **names: Any) -> Any:
    return known(read(text), Scope(names, vocabulary=VALUE_WORDS))


NUMBERS = st.one_of(st.integers(0, 30).map(str), st.sampled_from(["0.5", "1e-3", "2.0", "7.25"]))
EXPRESSIONS = st.recursive(
    NUMBERS | st.sampled_from(["a", "b"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "//"]), inner).map(" ".join),
        inner.map(lambda one: f"({one})"),
        inner.map(lambda one: f"-{one}"),
        st.tuples(inner, st.sampled_from(["0", "1", "2", "3"])).map(lambda pair: f"({pair[0]}) ** {pair[1]}"),
        st.tuples(inner, inner, inner).map(lambda three: f"({three[0]} if {three[1]} < {three[2]} else {three[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"max({pair[0]}, {pair[1]})"),
        st.lists(inner, min_size=1, max_size=3).map(lambda items: f"sum([{', '.join(items)}])"),
    ),
    max_leaves=12,
)


@given(EXPRESSIONS, st.integers(-9, 9), st.floats(-5, 5))
@settings(max_examples=300, deadline=None)
def test_arithmetic_is_pythons(text: str, a: int, b: float) -> None:
    try:
        expected = eval(text, {"__builtins__": {}, "max": max, "sum": sum}, {"a": a, "b": b})
    except (ZeroDivisionError, OverflowError):
        expected = None
    if expected is None or abs(expected) > 2**100:  # near the bounds either may give up first
        return
    found = value_of(text, a=a, b=b)
    assert found == expected
    assert type(found) is type(expected)


@given(st.lists(st.booleans(), min_size=3, max_size=3), st.permutations(["and", "or", "and not", "or not"]))
def test_logic_is_pythons(values: list[bool], operators: list[str]) -> None:
    text = f"a {operators[0]} b {operators[1]} c"
    names = dict(zip("abc", values, strict=True))
    assert value_of(text, **names) == eval(text, {}, names)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("range(4)", [0, 1, 2, 3]),
        ("reversed(range(1, 7, 2))", [5, 3, 1]),
        ("enumerate([8, 16])", [(0, 8), (1, 16)]),
        ("zip([1, 2], [3, 4])", [(1, 3), (2, 4)]),
        ("len([1, 2]) + min(3, 2) + abs(-1)", 5),
        ("round(2.5) + round(3.14159, 1)", 5.1),
        ("linspace(0, 1, 5)", [0, 0.25, 0.5, 0.75, 1]),
        ("geomspace(1e-3, 1e-6, 4)", [1e-3, 1e-4, 1e-5, 1e-6]),
        ("[1, 2, 3][-1] + (4, 5)[0]", 7),
        ("3x3 + (1,)", (3, 3, 1)),
        ("1 < 2 <= 2 != 3", True),
        ("2 ** 3 ** 2 - -2 ** 2", 516),
    ],
)
def test_values(text: str, expected: Any) -> None:
    assert value_of(text) == expected


def test_quantities_and_words() -> None:
    assert value_of("10%") == Percent(0.1)
    assert isinstance(value_of("10%"), Percent)
    assert value_of("-10deg") == Angle(-10.0)
    assert evaluate(read("relu"), Scope()) == Word("relu")


@pytest.mark.parametrize(
    "text",
    ["1 / 0", "2 ** 300", "range(10 ** 9)", "[0] * 10 ** 6", "round(1, -10 ** 9)", "1e308 * 10", "(-1) ** 0.5",
     "[1][1]", "not 3", "1 < [2]", "len(3)", "sum([[1]])", "linspace(0, 1, 10 ** 9)", "1 + true", "nothing + 1",
     "1e999", "1e999%", "-1e999deg", "9" * 400, "sum([1e308, 1e308])", "linspace(-1e308, 1e308, 3)"],
)  # fmt: skip
def test_what_has_no_value_is_a_diagnostic(text: str) -> None:
    with pytest.raises(LabError) as raised:
        value_of(text)
    assert len(raised.value.diagnostics) == 1


STAYING: tuple[str, ...] = ("100% - 30%", "30% / 2", "10% * 3")
BECOMING: tuple[str, ...] = ("2 * 10%", "10% / 5%", "10% + 1")


@pytest.mark.parametrize(("text", "share"), [(text, text in STAYING) for text in STAYING + BECOMING])
def test_a_share_stays_one_where_no_number_is_meant(text: str, share: bool) -> None:
    assert isinstance(value_of(text), Percent) is share
    assert value_of(text) == pytest.approx(eval(re.sub(r"(\d+)%", r"(\1 / 100)", text)))
