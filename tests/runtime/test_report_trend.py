"""Overfitting and improvement: planted ones are found, and noise is not taken for one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labc.runtime.report.trend import MIN_EPOCHS, find_improving, find_overfitting, noise, running_mean

from .report_folder import Floats, overfitting_losses

RUNS = 200


def wobble(random: np.random.Generator, epochs: int, correlation: float = 0) -> Floats:
    """Draw noise of unit size whose successive values correlate."""
    values = random.normal(size=epochs + 50)
    for epoch in range(1, values.size):
        values[epoch] = correlation * values[epoch - 1] + np.sqrt(1 - correlation**2) * values[epoch]
    return values[50:]


def falling(epochs: int) -> Floats:
    """Return a training loss that falls all the time."""
    return np.asarray(np.exp(-np.arange(epochs) / epochs))


def test_planted_overfitting_is_found_where_it_starts() -> None:
    found = [find_overfitting(*overfitting_losses(25, 12, seed)) for seed in range(RUNS)]
    assert np.mean([one.verdict == "yes" for one in found]) > 0.95
    epochs = [one.epoch for one in found if one.epoch]
    assert np.mean([abs(epoch - 12) <= 2 for epoch in epochs]) > 0.9


@pytest.mark.parametrize(("correlation", "allowed"), [(0, 0.05), (0.5, 0.08)])
@pytest.mark.parametrize("epochs", [15, 25, 50, 150])
def test_noise_about_a_plateau_is_not_called_overfitting(epochs: int, correlation: float, allowed: float) -> None:
    random = np.random.default_rng(epochs)
    plateaus = (0.5 + 0.03 * wobble(random, epochs, correlation) for _ in range(RUNS))
    called = [find_overfitting(falling(epochs), plateau).verdict == "yes" for plateau in plateaus]
    assert np.mean(called) <= allowed


@pytest.mark.parametrize("epochs", [15, 25, 50, 150])
def test_noise_about_a_plateau_is_not_called_improving(epochs: int) -> None:
    random = np.random.default_rng(epochs)
    called = [find_improving(0.5 + 0.03 * wobble(random, epochs)).verdict == "yes" for _ in range(RUNS)]
    assert np.mean(called) <= 0.05


def test_a_loss_that_falls_is_improving_and_one_that_rises_is_not() -> None:
    random = np.random.default_rng(0)
    slope = np.linspace(1, 0.5, 40) + 0.005 * random.normal(size=40)
    assert find_improving(slope).verdict == "yes"
    assert find_improving(slope[::-1]).verdict == "no"


def test_rising_validation_without_falling_training_is_not_overfitting() -> None:
    _, val_loss = overfitting_losses(40, 12, 0)
    flat = 0.3 + 0.01 * np.random.default_rng(0).normal(size=40)
    assert find_overfitting(flat, val_loss).verdict == "training flat"


@given(st.integers(MIN_EPOCHS, 80), st.integers(0, 10_000), st.floats(0.01, 100))
def test_verdict_does_not_depend_on_the_scale_of_the_loss(epochs: int, seed: int, scale: float) -> None:
    loss, val_loss = overfitting_losses(epochs, epochs // 2, seed, noise=0.05)
    one, other = find_overfitting(loss, val_loss), find_overfitting(scale * loss, scale * val_loss)
    assert (one.verdict, one.epoch) == (other.verdict, other.epoch)


@given(st.integers(MIN_EPOCHS, 80), st.integers(0, 10_000))
def test_a_loss_that_only_falls_never_overfits(epochs: int, seed: int) -> None:
    steps = np.random.default_rng(seed).exponential(size=epochs)
    loss = 1 + steps.sum() - np.cumsum(steps)
    assert find_overfitting(loss, loss).verdict == "no"


@given(st.integers(MIN_EPOCHS, 80), st.floats(0, 10))
def test_a_constant_loss_neither_overfits_nor_improves(epochs: int, level: float) -> None:
    constant = np.full(epochs, level)
    assert find_overfitting(constant, constant).verdict == "no"
    assert find_improving(constant).verdict == "no"


def test_noise_is_the_deviation_of_a_difference_of_two_means() -> None:
    random, width = np.random.default_rng(0), 5
    runs = [wobble(random, 200) for _ in range(RUNS)]
    apart = [means[100] - means[0] for means in (running_mean(run, width) for run in runs)]
    assert np.mean([noise(run, width) for run in runs]) == pytest.approx(np.std(apart), rel=0.15)


def test_a_straight_slope_is_no_noise() -> None:
    values = np.random.default_rng(0).normal(size=60)
    assert noise(values + 10 * np.arange(60), 6) == pytest.approx(noise(values, 6), rel=1e-3)


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        (np.empty(0), "not measured"),
        (np.ones(1), "too few epochs"),
        (np.ones(MIN_EPOCHS - 1), "too few epochs"),
        (np.append(np.ones(30), np.nan), "not a number"),
        (np.append(np.ones(3), np.inf), "not a number"),
    ],
)
def test_what_cannot_be_told_is_said_to_be_so(values: Floats, verdict: str) -> None:
    assert find_overfitting(np.ones(40), values).verdict == verdict
    assert find_improving(values).verdict == verdict
