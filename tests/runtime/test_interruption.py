"""An interruption waits for the end of the current batch, because TensorFlow may crash otherwise."""

import signal
from collections.abc import Iterator

import pytest

from labc.runtime.training.interruption import interruption_between_batches


@pytest.fixture(autouse=True)
def interruptible() -> Iterator[None]:
    """A shell lets a process in the background ignore SIGINT."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("end", ["on_train_batch_end", "on_test_batch_end"])
def test_a_signal_is_raised_at_the_end_of_a_batch(end: str) -> None:
    reached = []

    def train() -> None:
        with interruption_between_batches() as callback:
            signal.raise_signal(signal.SIGINT)
            reached.append("the batch goes on")
            getattr(callback, end)(0, {})
            reached.append("the next batch")

    with pytest.raises(KeyboardInterrupt):
        train()
    assert reached == ["the batch goes on"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_second_signal_is_not_delayed() -> None:
    reached = []

    def train() -> None:
        with interruption_between_batches():
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)
            reached.append("after the second signal")

    with pytest.raises(KeyboardInterrupt):
        train()
    assert not reached


def test_a_signal_after_the_last_batch_is_raised_at_the_end() -> None:
    with pytest.raises(KeyboardInterrupt), interruption_between_batches():
        signal.raise_signal(signal.SIGINT)


def test_other_handlers_are_kept() -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with interruption_between_batches() as callback:
            signal.raise_signal(signal.SIGTERM)
            callback.on_train_batch_end(0)
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGTERM, before)
