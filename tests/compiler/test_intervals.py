"""Whatever a condition comes to for some figures, interval arithmetic has allowed for it."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from labc.compiler.expectations.intervals import EITHER, Interval, Ranges
from labc.compiler.expressions.evaluate import truth
from labc.compiler.expressions.scope import Scope
from labc.grammar.diagnostics.lab_error import LabError
from labc.grammar.parse import parse
from labc.grammar.source import Source
from labc.grammar.syntax import Expression, Let

NUMBERS = st.recursive(
    st.sampled_from(["a", "b", "c", "0.5", "2", "0", "50%"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "**"]), inner).map(lambda three: f"({' '.join(three)})"),
        inner.map(lambda one: f"-{one}"),
        st.tuples(inner, inner).map(lambda two: f"max({two[0]}, {two[1]})"),
    ),
    max_leaves=5,
)
CONDITIONS = st.recursive(
    st.tuples(NUMBERS, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), NUMBERS).map(" ".join) | st.just("true"),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda three: f"({' '.join(three)})"),
        inner.map(lambda one: f"(not {one})"),
        st.tuples(inner, inner, inner).map(lambda three: f"({three[0]} if {three[1]} else {three[2]})"),
    ),
    max_leaves=4,
)
FIGURES = st.floats(0, 1)


def read(text: str) -> Expression:
    parsed = parse(Source("test.lab", f"let x = {text}\n"))
    assert parsed.diagnostics == ()
    (let,) = parsed.file.declarations
    assert isinstance(let, Let)
    return let.value


@given(CONDITIONS, FIGURES, FIGURES, FIGURES, FIGURES)
@settings(max_examples=500, deadline=None)
def test_the_truth_for_any_figures_is_among_those_that_are_possible(
    text: str, a: float, b: float, low: float, high: float
) -> None:
    ranges = {"a": Interval(min(a, low), max(a, high)), "b": Interval(min(b, low), max(b, high))}
    condition, scope = read(text), Scope({"c": 0.25})
    try:
        found = truth(condition, Scope({"a": a, "b": b}, scope))
    except LabError:
        assume(False)
    assert found in Ranges(ranges, scope).truths(condition)


def test_a_comparison_that_the_range_decides_is_decided() -> None:
    ranges = Ranges({"a": Interval(0.0, 1.0)}, Scope({"c": 0.25}))
    decided = {"a >= 0": True, "a > 1": False, "a * 2 + c <= 2.25": True, "not a < 0": True, "-a > 0 or c > 1": False}
    assert {text: ranges.truths(read(text)) for text in decided} == {text: {is_} for text, is_ in decided.items()}
    assert ranges.truths(read("a > 0.5")) == EITHER
