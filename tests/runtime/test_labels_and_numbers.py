"""Multi-label classification and regression: metrics, figures and files, against scikit-learn."""

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics as oracle

from labc.compiler.backends.scaling import PixelRange
from labc.compiler.losses.crossentropy import BinaryCrossentropy
from labc.compiler.losses.focal import Focal
from labc.compiler.losses.regression import Huber, Mae, Mse
from labc.grammar.diagnostics.lab_error import LabError
from labc.runtime.data.dataset import Dataset, Part
from labc.runtime.evaluation.label_predictions import label_figures, label_predictions
from labc.runtime.evaluation.label_scores import label_areas
from labc.runtime.evaluation.number_predictions import number_figures, number_predictions
from labc.runtime.runs.label_table import read_label_table
from labc.runtime.runs.number_table import read_number_table
from labc.runtime.training.epoch_metrics import make_metrics
from labc.runtime.training.tasks import MultiLabel, Regression

NAMES = ("a", "b", "c")
DECIDED = ("accuracy", "precision", "recall", "specificity", "f1")
LABELS = MultiLabel(3, "sigmoid", BinaryCrossentropy())
NUMBERS = Regression(Mse())


def labels(seed: int, images: int) -> tuple[Any, Any]:
    """Labels, the second of them rare, and probabilities."""
    random = np.random.default_rng(seed)
    truth = (random.random((images, 3)) < (0.5, 0.1, 0.4)).astype(np.uint8)
    scores = np.clip(0.4 * truth + random.random((images, 3)) * 0.6, 0.01, 0.99)
    return truth, scores.astype(np.float32)


def numbers(seed: int, images: int) -> tuple[Any, Any]:
    """Numbers far from 0, and predictions (image, 1)."""
    random = np.random.default_rng(seed)
    truth = (1000 + random.normal(size=images)).astype(np.float32)
    return truth, (truth + random.normal(size=images).astype(np.float32))[:, None]


def dataset_of(targets: Any) -> Dataset:
    files = tuple(f"{index}.png" for index in range(len(targets)))
    part = Part(np.zeros((len(targets), 1, 1, 1), np.uint8), targets, files, {})
    return Dataset({"validation": part}, NAMES, PixelRange())


def of_label(word: str, truth: Any, found: Any) -> float:
    if word == "accuracy":
        return float(oracle.accuracy_score(truth, found))
    if word == "specificity":
        return float(oracle.recall_score(1 - truth, ~found, zero_division=0))
    return float(getattr(oracle, f"{word}_score")(truth, found, zero_division=0))


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**16), images=st.integers(1, 30), batch=st.integers(1, 31))
def test_decisions_about_labels_are_scored_as_scikit_learn_does(seed: int, images: int, batch: int) -> None:
    truth, scores = labels(seed, images)
    figures = label_figures(LABELS, dataset_of(truth).parts["validation"], scores, DECIDED)
    assert figures["loss"] == pytest.approx(oracle.log_loss(truth.ravel(), scores.ravel(), labels=[0, 1]), rel=1e-4)
    for word, metric in zip(DECIDED, make_metrics(DECIDED, LABELS), strict=True):
        for start in range(0, images, batch):
            metric.update_state(truth[start : start + batch].astype(np.float32), scores[start : start + batch])
        expected = np.mean([of_label(word, truth[:, i], scores[:, i] >= 0.5) for i in range(3)])
        assert figures[word] == pytest.approx(expected)
        assert float(metric.result()) == pytest.approx(expected, abs=1e-6)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**16), images=st.integers(1, 60), equal=st.booleans())
def test_the_auc_of_labels_is_that_of_scikit_learn_and_leaves_out_what_is_undefined(
    seed: int, images: int, equal: bool
) -> None:
    truth, scores = labels(seed, images)
    if equal:
        scores = scores.round(1)
    areas = label_areas(truth, scores)
    for number in range(3):
        defined = 0 < truth[:, number].sum() < images
        assert np.isfinite(areas[number]) == defined
        if defined:
            assert areas[number] == pytest.approx(oracle.roc_auc_score(truth[:, number], scores[:, number]))
    figure = label_figures(LABELS, dataset_of(truth).parts["validation"], scores, ["auc"])["auc"]
    assert figure == pytest.approx(
        float(np.mean(areas[np.isfinite(areas)])) if np.isfinite(areas).any() else np.nan, nan_ok=True
    )
    [metric] = make_metrics(["auc"], LABELS)
    metric.update_state(truth.astype(np.float32), scores)
    assert float(metric.result()) == pytest.approx(figure, abs=0.03, nan_ok=True)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**16), images=st.integers(1, 40), batch=st.integers(1, 41), same=st.booleans())
def test_metrics_of_numbers_are_those_of_scikit_learn(seed: int, images: int, batch: int, same: bool) -> None:
    truth, outputs = numbers(seed, images)
    if same:
        truth = np.full(images, 7, np.float32)
        outputs = outputs - 993
    words = ("mae", "rmse", "r2")
    figures = number_figures(NUMBERS, dataset_of(truth).parts["validation"], outputs, words)
    expected = {
        "loss": oracle.mean_squared_error(truth, outputs),
        "mae": oracle.mean_absolute_error(truth, outputs),
        "rmse": oracle.root_mean_squared_error(truth, outputs),
        "r2": np.nan if same or images == 1 else oracle.r2_score(truth, outputs[:, 0]),
    }
    assert figures == pytest.approx(expected, rel=1e-4, nan_ok=True)
    for word, metric in zip(words, make_metrics(words, NUMBERS), strict=True):
        for start in range(0, images, batch):
            chosen = slice(start, start + batch)
            metric.update_state(NUMBERS.encode(truth[chosen]), outputs[chosen])
        assert float(metric.result()) == pytest.approx(expected[word], rel=1e-2, abs=1e-2, nan_ok=True)


TASKS = [LABELS, MultiLabel(3, "sigmoid", Focal()), NUMBERS, Regression(Mae()), Regression(Huber())]


@pytest.mark.parametrize("task", TASKS, ids=lambda task: f"{type(task).__name__}-{task.loss.word()}")
def test_a_training_step_lowers_the_loss(task: MultiLabel | Regression) -> None:
    import keras

    keras.utils.set_random_seed(0)
    many = isinstance(task, MultiLabel)
    targets = labels(0, 30)[0] if many else numbers(0, 30)[0] - 1000
    head = keras.layers.Dense(task.units, activation="sigmoid" if many else None)
    model = keras.Sequential([keras.Input((4,)), head])
    words = ["auc", "f1"] if many else ["mae", "r2"]
    model.compile(optimizer=keras.optimizers.SGD(0.01), loss=task.keras_loss(), metrics=make_metrics(words, task))
    images = np.random.default_rng(0).normal(size=(30, 4)).astype(np.float32)
    before = model.train_on_batch(images, task.encode(targets))[0]
    assert model.evaluate(images, task.encode(targets), verbose=0)[0] < before


def test_the_focal_loss_of_labels_is_that_of_each_label() -> None:
    truth, scores = labels(3, 20)
    p = np.where(truth == 1, scores, 1 - scores).astype(np.float64)
    found = MultiLabel(3, "sigmoid", Focal(gamma=2.0)).keras_loss()(LABELS.encode(truth), scores)
    assert float(found) == pytest.approx(float((-((1 - p) ** 2) * np.log(p)).mean()), rel=1e-4)


def test_predictions_are_read_as_they_were_written(tmp_path: Path) -> None:
    path, (truth, scores) = tmp_path / "predictions.csv", labels(0, 9)
    path.write_text(label_predictions(LABELS, dataset_of(truth), {"validation": scores}), encoding="utf-8")
    table = read_label_table(path, NAMES, "probability")
    assert np.array_equal(table.truth, truth)
    assert np.array_equal(table.scores.astype(np.float32), scores)
    assert np.array_equal(table.prediction, LABELS.predict(scores))
    found, outputs = numbers(0, 9)
    path.write_text(number_predictions(dataset_of(found), {"validation": outputs}), encoding="utf-8")
    numbered = read_number_table(path)
    assert np.array_equal(numbered.truth.astype(np.float32), found)
    assert np.array_equal(numbered.prediction.astype(np.float32), outputs[:, 0])


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("file,part,truth_a\nx.png,test,1\n", "no column `probability_a`"),
        ("file,part,truth_a,probability_a\nx.png,test,2,0.5\n", "`truth_a` must be 0 or 1, but is `2`"),
        ("file,part,truth_a,probability_a\nx.png,test,1,much\n", "`probability_a` must be a number, but is `much`"),
        ("file,part,truth\nx.png,test,1\n", "no column `prediction`"),
        ("file,part,truth,prediction\nx.png,test,1,\n", "`prediction` must be a finite number, but is ``"),
    ],
)
def test_a_broken_table_is_refused(tmp_path: Path, text: str, what: str) -> None:
    path = tmp_path / "predictions.csv"
    path.write_text(text, encoding="utf-8")
    read = (
        partial(read_label_table, path, ["a"], "probability") if "truth_a" in text else partial(read_number_table, path)
    )
    with pytest.raises(LabError) as caught:
        read()
    assert what in caught.value.diagnostics[0].message
