"""Confidence intervals against their formulas and published numbers."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labc.runtime.evaluation.statistics import newcombe_interval, wilson_interval


@settings(deadline=None)
@given(st.integers(1, 500).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_interval_is_wilsons(drawn: tuple[int, int]) -> None:
    correct, total = drawn
    share, z = correct / total, 1.959963984540054
    middle = (share + z**2 / (2 * total)) / (1 + z**2 / total)
    half = z / (1 + z**2 / total) * math.sqrt(share * (1 - share) / total + z**2 / (4 * total**2))
    assert wilson_interval(correct, total) == pytest.approx((middle - half, middle + half), abs=1e-9)


def test_interval_of_no_images_is_everything() -> None:
    assert wilson_interval(0, 0) == (0, 1)


def test_difference_interval_is_newcombes() -> None:
    # Newcombe 1998, table II, example (a), method 10.
    assert newcombe_interval((56, 70), (48, 80)) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_difference_interval_is_antisymmetric() -> None:
    low, high = newcombe_interval((9, 10), (40, 100))
    assert newcombe_interval((40, 100), (9, 10)) == pytest.approx((-high, -low))
