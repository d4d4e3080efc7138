"""The source text of a value is read as the same value."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labc.compiler.expressions.source_text import source_text
from labc.compiler.expressions.values import Angle, Percent, Value, Word
from labc.compiler.pipeline import compile_source
from labc.grammar.source import Source

FINITE = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300)
PLAIN: st.SearchStrategy[Any] = st.one_of(
    st.integers(-(2**255), 2**255),
    st.floats(allow_nan=False, allow_infinity=False),
    FINITE.map(Percent),
    FINITE.map(Angle),
    st.booleans() | st.none() | st.just(Word("relu")),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")),
)
VALUES = st.recursive(PLAIN, lambda items: st.lists(items, max_size=30) | st.lists(items, max_size=4).map(tuple))


def read(text: str) -> Value:
    compiled = compile_source(Source("value.lab", f"let value = {text}\nmodel {{ input(8x8x1) -> relu }}\n"))
    assert compiled.experiment, compiled.diagnostics
    return compiled.experiment.lets["value"]


@given(VALUES)
def test_the_text_of_a_value_is_read_as_the_same_value(value: Value) -> None:
    text = source_text(value)
    again = read(text)
    assert again == value
    assert repr(again) == repr(value)  # the types too: True == 1 and 10% == 0.1
    assert source_text(again) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Percent(0.1), "10%"),
        (Percent(1 / 7), "14.285714285714285%"),
        (Percent(1 / 3), "100% * 0.3333333333333333"),  # no decimal number divided by 100 is this number
        (Percent(-0.5), "-50%"),
        (Angle(10.0), "10deg"),
        (Angle(0.123456789), "0.123456789deg"),
        (list(range(30)), f"[{', '.join(map(str, range(30)))}]"),
        ((3,), "(3,)"),
    ],
)
def test_the_text_is_as_short_as_people_write_it(value: Value, text: str) -> None:
    assert source_text(value) == text
