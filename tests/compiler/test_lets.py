"""The order in which `let`s are evaluated: any order in the file, and chains of any length."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labc.compiler.pipeline import Compiled, compile_source
from labc.grammar.diagnostics.codes import Code
from labc.grammar.source import Source

MODEL = "model { input(4x4x1) -> flatten -> dense(last) }\n"
LENGTH = 2_000


def compiled(lets: dict[str, str], **overrides: str) -> Compiled:
    text = "".join(f"let {name} = {value}\n" for name, value in lets.items()) + MODEL
    return compile_source(Source("lets.lab", text, Path()), overrides)


def chain(start: str) -> dict[str, str]:
    names = [*(f"a{i}" for i in range(LENGTH)), "last"]
    return {"a0": start} | {name: f"{before} + 1" for before, name in pairwise(names)}


@pytest.mark.parametrize("order", [1, -1])
def test_a_long_chain(order: int) -> None:
    lets = dict(list(chain("1").items())[::order])
    study = compiled(lets).study
    assert study and study.experiment.lets["last"] == LENGTH + 1
    study = compiled(lets, a0="5").study
    assert study and study.experiment.lets["last"] == LENGTH + 5


def test_a_mistake_at_the_end_of_a_long_chain_is_reported_once() -> None:
    (found,) = compiled(dict(reversed(chain("1 + true").items()))).diagnostics
    assert found.code == Code.WRONG_TYPE


def test_a_long_cycle() -> None:
    (found,) = compiled(chain("last")).diagnostics
    assert found.code == Code.RECURSION
    start = "the value of `a0` uses itself: a0 -> last -> a1999 -> a1998 -> a1997 -> … -> "
    assert found.message == f"{start}a4 -> a3 -> a2 -> a1 -> a0"


@given(st.lists(st.lists(st.integers(0, 9), max_size=3), min_size=10, max_size=10), st.permutations(range(10)))
@settings(max_examples=200, deadline=None)
def test_values_are_those_of_python_and_each_let_of_a_cycle_is_unknown(uses: list[list[int]], order: list[int]) -> None:
    lets = {f"a{i}": " + ".join(["1", *(f"a{used}" for used in uses[i])]) for i in order}
    found = compiled({**lets, "last": "1"})
    values = python_values(uses)
    if None in values:
        assert {one.code for one in found.diagnostics} == {Code.RECURSION}
        reported = {one.span.text for one in found.diagnostics}
        assert reported <= {f"a{i}" for i, value in enumerate(values) if value is None}
    else:
        assert found.study
        assert found.study.experiment.lets == {**{f"a{i}": value for i, value in enumerate(values)}, "last": 1}


def python_values(uses: list[list[int]]) -> list[int | None]:
    """Return the sums, computed by repeating the sums until none changes; None for a sum that uses itself."""
    values: list[int | None] = [None] * len(uses)
    for _ in uses:
        for i, used in enumerate(uses):
            parts = [values[one] for one in used]
            known = [part for part in parts if part is not None]
            values[i] = 1 + sum(known) if len(known) == len(parts) else None
    return values
