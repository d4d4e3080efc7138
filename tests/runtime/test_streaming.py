"""A training whose images stay on the disk gives what one in memory gives, up to the order of the images."""

from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import labc
from labc.compiler.experiment import Experiment
from labc.runtime.data.dataset import Part, load_dataset
from labc.runtime.evaluation import outputs
from labc.runtime.studies.display import Display
from labc.runtime.training import fit as fitting
from labc.runtime.training import streamed_batches as streaming
from labc.runtime.training.backend import set_seed
from labc.runtime.training.balance import oversampled
from labc.runtime.training.fit import build_model, training_input, validation_input
from labc.runtime.training.rows import Rows
from labc.runtime.training.streamed_batches import streamed_batches
from labc.runtime.training.tasks import task_of

from .tiny import selection_of, write_tiny

BALANCED = ("none", "class_weight", "oversample")


@pytest.fixture(params=BALANCED)
def experiment(request: pytest.FixtureRequest, tmp_path: Path) -> Experiment:
    """The tiny experiment without the layers that depend on the order, and with classes of different size."""
    return labc.load(
        write_tiny(
            tmp_path,
            {
                "-> batchnorm ": "",
                "train      = 24": "train      = 23",
                "batch     = 8": "batch     = 7",
                "  split {": f"  balance = {request.param}\n  split {{",
                "phantom(skin, images = 40)": "phantom(skin, images = 40, seed = 3)",
            },
        )
    ).experiment


def prepared(experiment: Experiment, folder: Path) -> tuple[Any, ...]:
    """The arguments of `training_input`: a new model, the settings, the data and the task."""
    data, train = experiment.data, experiment.train
    assert data and train
    dataset = load_dataset(selection_of(experiment), folder / "cache", Display())
    task = task_of(experiment.graph, data, train)
    set_seed(train.seed, deterministic=True)
    model = build_model(experiment.graph, experiment.name, data.scale, train, dataset, task)
    return model, train, data, dataset, task


def losses(experiment: Experiment, folder: Path) -> tuple[dict[str, list[float]], Any]:
    """The losses and metrics of two epochs without shuffling, and the kind of the training images given to Keras."""
    arguments = prepared(experiment, folder)
    _, train, _, dataset, task = arguments
    model, batches = training_input(*arguments)
    history = model.fit(
        **batches | {"shuffle": False},
        epochs=2,
        validation_data=validation_input(dataset.parts["validation"], task, train.batch),
        verbose=0,
    )
    return history.history, type(batches["x"])


def test_streaming_gives_the_losses_of_arrays_in_the_same_order(
    experiment: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected, kind = losses(experiment, tmp_path)
    assert kind is np.ndarray
    monkeypatch.setattr(fitting, "LARGE", 1)
    monkeypatch.setattr(streaming, "draw_order", lambda *given: np.arange(given[2]))
    found, kind = losses(experiment, tmp_path)
    assert kind is not np.ndarray
    assert found == expected


def test_an_epoch_shows_each_image_as_often_as_the_balance_says(
    experiment: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitting, "LARGE", 1)
    arguments = prepared(experiment, tmp_path)
    _, train, data, dataset, task = arguments
    part = dataset.parts["train"]
    chosen = oversampled(part.targets, train.seed) if data.balance == "oversample" else np.arange(len(part.targets))
    expected = Counter((part.images[index].tobytes(), float(task.encode(part.targets)[index, 0])) for index in chosen)
    _, given_to_fit = training_input(*arguments)
    steps = given_to_fit["steps_per_epoch"]
    epochs = []
    for _ in range(2):
        batches = list(islice(given_to_fit["x"], steps))
        shown = [
            (image.tobytes(), float(target[0]))
            for images, targets, *_ in batches
            for image, target in zip(images, targets, strict=True)
        ]
        assert Counter(shown) == expected
        assert {len(images) for images, *_ in batches[:-1]} == {train.batch}
        assert all(len(batch) == (3 if data.balance == "class_weight" else 2) for batch in batches)
        epochs.append(shown)
    assert epochs[0] != epochs[1]


@given(st.integers(1, 12), st.integers(1, 5), st.integers(0, 3), st.booleans())
def test_the_order_does_not_depend_on_the_batch(count: int, batch: int, seed: int, weighted: bool) -> None:
    images, targets = np.arange(count), np.arange(count) * 10.0
    weights = np.arange(count, dtype=np.float32) * 100 if weighted else None

    def epoch(size: int) -> Any:
        batches = islice(streamed_batches(Rows(images), Rows(targets), weights, size, seed), 2 * -(-count // size))
        return np.concatenate([np.stack(one) for one in batches], axis=1)

    once = epoch(batch)
    np.testing.assert_array_equal(once, epoch(count))
    for half in np.split(once, 2, axis=1):
        assert sorted(half[0]) == [*range(count)]
    for row, factor in zip(once[1:], (10, 100), strict=False):
        np.testing.assert_array_equal(row, once[0] * factor)


@given(st.integers(1, 9), st.none() | st.lists(st.integers(0, 8), min_size=1, max_size=9), st.data())
def test_rows_are_those_of_the_array(count: int, drawn: list[int] | None, data: st.DataObject) -> None:
    array = np.random.default_rng(0).integers(0, 9, (count, 2, 3))
    chosen = None if drawn is None else np.asarray(drawn) % count
    expected = np.sqrt(array if chosen is None else array[chosen])
    rows = Rows(array, chosen, np.sqrt)
    assert (len(rows), rows.shape, rows.nbytes) == (len(expected), expected.shape, expected.nbytes)
    np.testing.assert_array_equal(rows.all(), expected)
    positions = np.asarray(data.draw(st.lists(st.integers(0, len(expected) - 1), max_size=5)), np.int64)
    np.testing.assert_array_equal(rows[positions], expected[positions])
    pairs = np.stack([positions, positions[::-1]], axis=1)
    np.testing.assert_array_equal(rows[pairs], expected[pairs])
    start, end = data.draw(st.tuples(st.integers(0, 9), st.integers(0, 9)))
    np.testing.assert_array_equal(rows[start:end], expected[start:end])


def test_rows_of_a_whole_array_are_no_copy() -> None:
    array = np.zeros((5, 2))
    assert np.shares_memory(Rows(array).all(), array)
    assert np.shares_memory(Rows(array)[1:3], array)


@pytest.mark.parametrize("count", [1, 31, 32, 33, 64, 100])
def test_outputs_in_chunks_are_those_of_keras_at_once(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    set_seed(1, deterministic=True)
    inputs = keras.Input((5, 4, 3))
    model = keras.Model(inputs, keras.layers.Dense(4)(keras.layers.Flatten()(inputs)))
    images = np.random.default_rng(0).integers(0, 256, (count, 5, 4, 3), np.uint8)
    part = Part(images, np.zeros(count, np.int64), tuple(map(str, range(count))), {})
    expected = model.predict(images, batch_size=32, verbose=0)
    for chunk in (1, 64 * 60, 10**9):
        monkeypatch.setattr(outputs, "CHUNK", chunk)
        np.testing.assert_array_equal(outputs.outputs_of(model, part, 8), expected)


def test_a_whole_run_with_streaming(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_tiny(tmp_path, {"batch     = 8": "batch     = 24"})  # one batch, so that the order does not matter
    first = labc.run(path, tmp_path / "first")
    monkeypatch.setattr(fitting, "LARGE", 1)
    second = labc.run(path, tmp_path / "second")
    assert second.record.metrics.best.epoch == first.record.metrics.best.epoch
    for part in ("train", "validation", "test"):
        assert second.metrics[part] == pytest.approx(first.metrics[part], abs=1e-3)
    for name in ("loss", "val_loss"):
        np.testing.assert_allclose(second.record.history[name], first.record.history[name], atol=1e-3)
