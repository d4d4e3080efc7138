"""Learning rates over the epochs: as Keras's own schedules have them, and as a training follows them."""

import csv
from pathlib import Path

import keras
import pytest
from hypothesis import given
from hypothesis import strategies as st

import labc
from labc.compiler.sections.train.schedule import Cosine, Exponential, Step

from .tiny import write_tiny

RATES = st.floats(1e-6, 1.0)
FACTORS = st.floats(0.01, 0.99)


@given(RATES, st.integers(1, 100))
def test_cosine_is_that_of_keras(lr: float, epochs: int) -> None:
    oracle = keras.optimizers.schedules.CosineDecay(lr, epochs)
    for epoch in range(epochs):
        assert Cosine(lr=lr).rate(epoch, epochs) == pytest.approx(float(oracle(epoch)), rel=1e-3, abs=1e-9)


@given(RATES, st.integers(1, 20), st.integers(1, 50))
def test_warm_up_rises_evenly_to_the_rate_and_the_cosine_follows(lr: float, warmup: int, rest: int) -> None:
    rates = [Cosine(lr=lr, warmup=warmup).rate(epoch, warmup + rest) for epoch in range(warmup + rest)]
    steps = [after - before for before, after in zip([0.0, *rates], rates[: warmup + 1], strict=False)]
    assert steps == pytest.approx([lr / (warmup + 1)] * (warmup + 1))
    assert rates[warmup:] == pytest.approx([Cosine(lr=lr).rate(epoch, rest) for epoch in range(rest)])


@given(RATES, st.sets(st.integers(1, 60), min_size=1, max_size=4), FACTORS)
def test_step_is_a_piecewise_constant_of_keras(lr: float, at: set[int], factor: float) -> None:
    steps = sorted(at)
    # Keras changes after its boundary; `at` counts finished epochs.
    boundaries = [epochs - 1 for epochs in steps]
    values = [lr * factor**done for done in range(len(steps) + 1)]
    oracle = keras.optimizers.schedules.PiecewiseConstantDecay(boundaries, values)
    for epoch in range(70):
        assert Step(lr=lr, at=steps, factor=factor).rate(epoch, 70) == pytest.approx(float(oracle(epoch)), rel=1e-5)


@given(RATES, FACTORS)
def test_exponential_is_that_of_keras(lr: float, factor: float) -> None:
    oracle = keras.optimizers.schedules.ExponentialDecay(lr, 1, factor)
    for epoch in range(10):
        assert Exponential(lr=lr, factor=factor).rate(epoch, 10) == pytest.approx(float(oracle(epoch)), rel=1e-4)


def test_a_training_follows_its_schedule(tmp_path: Path) -> None:
    path = write_tiny(tmp_path, {"adam(rate)": "sgd(step(rate, at = [1, 2], factor = 0.5), momentum = 0.9)"})
    run = labc.run(path, tmp_path / "runs", rate=0.04)
    with (run.folder / "history.csv").open(newline="", encoding="utf-8") as file:
        assert [float(row["lr"]) for row in csv.DictReader(file)] == pytest.approx([0.04, 0.02, 0.01])
