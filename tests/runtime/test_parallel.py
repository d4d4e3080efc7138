"""Several threads give what one gives, in the same order, and never more than a few results ahead."""

import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labc.runtime.data import parallel
from labc.runtime.data.parallel import in_order


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 3), max_size=60), st.integers(1, 8))
def test_results_come_in_the_order_of_the_items(delays: list[int], threads: int) -> None:
    def slow(delay: int) -> tuple[int, int]:
        time.sleep(delay / 1000)
        return delay, delay * delay

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(parallel, "usable_processors", lambda: threads)
        assert list(in_order(slow, delays)) == [(delay, delay * delay) for delay in delays]


def test_only_a_few_results_are_computed_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "usable_processors", lambda: 3)
    started = []
    results = in_order(lambda item: started.append(item) or item, range(1000))  # type: ignore[func-returns-value]
    for taken in range(50):
        assert next(results) == taken
        assert len(started) <= taken + 1 + 2 * 3 + 1
    results.close()  # type: ignore[attr-defined]
    assert len(started) < 70


def test_an_exception_comes_at_the_turn_of_its_item(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "usable_processors", lambda: 2)
    before = threading.active_count()

    def invert(item: int) -> float:
        return 1 / item

    results = in_order(invert, [1, 2, 0, 4])
    assert [next(results), next(results)] == [1, 0.5]
    with pytest.raises(ZeroDivisionError):
        next(results)
    assert threading.active_count() == before
