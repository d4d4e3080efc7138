"""Balanced classes: the weights are those of scikit-learn, and oversampled classes have equal sizes."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.utils.class_weight import compute_class_weight

import labc
from labc.runtime.training.balance import class_weights, images_of_epoch, oversampled

from .tiny import write_images, write_tiny

LABELS = st.lists(st.integers(0, 4), min_size=1, max_size=80).map(np.array)


@given(LABELS)
def test_weights_are_those_of_scikit_learn(labels: np.ndarray) -> None:
    present = np.unique(labels)
    weights = class_weights(labels, 6)
    assert np.allclose(weights[present], compute_class_weight("balanced", classes=present, y=labels))
    assert (np.delete(weights, present) == 0).all()
    assert np.isclose(weights[labels].mean(), 1)


@given(LABELS, st.integers(0, 9))
def test_every_class_gets_the_size_of_the_largest(labels: np.ndarray, seed: int) -> None:
    chosen = oversampled(labels, seed)
    sizes = np.bincount(labels)
    assert Counter(labels[chosen].tolist()) == {label: sizes.max() for label in np.flatnonzero(sizes)}
    shown = np.bincount(chosen, minlength=len(labels))
    for label in np.flatnonzero(sizes):
        often = shown[labels == label]
        assert often.min() >= 1
        assert often.max() - often.min() <= 1
    assert (oversampled(labels, seed) == chosen).all()
    assert images_of_epoch(labels, "oversample") == len(chosen)
    assert images_of_epoch(labels, "class_weight") == len(labels)


UNBALANCED = [f"Mel_{index}.png" for index in range(6)] + [f"Nev_{index}.png" for index in range(30)]
SMALL = {
    "phantom(skin, images = 40)": 'folder("images")',
    "train      = 24": "train = 60%",
    "validation = 8": "validation = 20%",
    "test       = 8": "test = 20%",
}


@pytest.mark.parametrize("balance", ["class_weight", "oversample"])
def test_a_run_balances_its_training(tmp_path: Path, balance: str) -> None:
    write_images(tmp_path / "images", UNBALANCED)
    plain = labc.run(write_tiny(tmp_path, SMALL), tmp_path / "runs")
    setting = {"  image   = 16x16x1": f"  image   = 16x16x1\n  balance = {balance}"}
    balanced = labc.run(write_tiny(tmp_path, SMALL | setting), tmp_path / "runs")
    assert balanced.folder != plain.folder
    histories = [(run.folder / "history.csv").read_text(encoding="utf-8").splitlines() for run in (plain, balanced)]
    assert len(histories[0]) == len(histories[1])
    assert histories[0][1].split(",")[3] != histories[1][1].split(",")[3]  # the loss of the first epoch
