"""The scores, held against scikit-learn and, inside tensors, against themselves."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics

from labc.runtime.evaluation import metrics as scores

Labels = tuple[int, list[int], list[int]]

OF_A_MATRIX = [scores.accuracy, scores.precision, scores.recall, scores.specificity, scores.f1]


@st.composite
def labels(draw: st.DrawFn) -> Labels:
    """Draw a number of classes, and the truth and the prediction for some images."""
    classes = draw(st.integers(2, 5))
    pairs = draw(st.lists(st.tuples(*[st.integers(0, classes - 1)] * 2), min_size=1, max_size=40))
    return classes, [truth for truth, _ in pairs], [prediction for _, prediction in pairs]


@st.composite
def scored(draw: st.DrawFn) -> tuple[list[int], list[float]]:
    """Draw positive and negative images, at least one of each, with scores that are often equal."""
    truth = [0, 1, *draw(st.lists(st.integers(0, 1), max_size=30))]
    values = st.integers(-3, 3).map(float)
    return truth, draw(st.lists(values, min_size=len(truth), max_size=len(truth)))


def oracle(name: str, classes: int, truth: list[int], prediction: list[int]) -> float:
    if name == "accuracy":
        return float(metrics.accuracy_score(truth, prediction))
    if name == "specificity":
        # The recall of "not this class".
        chosen = [1] if classes == 2 else range(classes)
        return float(
            np.mean(
                [
                    metrics.recall_score(np.array(truth) != number, np.array(prediction) != number, zero_division=0)
                    for number in chosen
                ]
            )
        )
    score: Callable[..., float] = getattr(metrics, f"{name}_score")
    average = {"average": "binary"} if classes == 2 else {"average": "macro", "labels": range(classes)}
    return float(score(truth, prediction, zero_division=0, **average))


@given(labels())
def test_confusion_is_sklearns(drawn: Labels) -> None:
    classes, truth, prediction = drawn
    expected = metrics.confusion_matrix(truth, prediction, labels=range(classes))
    np.testing.assert_array_equal(scores.confusion(truth, prediction, classes), expected)


@pytest.mark.parametrize("score", OF_A_MATRIX)
@settings(max_examples=60, deadline=None)
@given(drawn=labels())
def test_score_of_a_matrix_is_sklearns(score: Callable[..., Any], drawn: Labels) -> None:
    classes, truth, prediction = drawn
    matrix = scores.confusion(truth, prediction, classes)
    assert score(matrix) == pytest.approx(oracle(score.__name__, classes, truth, prediction))


def test_score_of_a_tensor_is_that_of_the_array() -> None:
    ops = pytest.importorskip("keras").ops
    random = np.random.default_rng(0)
    for classes in (2, 3, 9):
        for empty in (False, True):
            matrix = random.integers(0, 50, (classes, classes))
            matrix[:, 1:] *= not empty  # Some classes are never named, and some are not there.
            matrix[1:] *= not empty
            tensor = ops.convert_to_tensor(matrix.astype("float32"))
            for score in OF_A_MATRIX:
                found = float(ops.convert_to_numpy(score(tensor, ops)))
                assert found == pytest.approx(float(score(matrix)), rel=1e-6), score.__name__


@pytest.mark.parametrize("score", OF_A_MATRIX)
def test_nothing_scores_nothing(score: Callable[..., Any]) -> None:
    assert score(np.zeros((3, 3))) == 0


@pytest.mark.parametrize("wrong", [[2], [-1]])
def test_confusion_refuses_unknown_classes(wrong: list[int]) -> None:
    with pytest.raises(ValueError, match="outside"):
        scores.confusion(wrong, [0], 2)
    with pytest.raises(ValueError, match="outside"):
        scores.confusion([0], wrong, 2)


@given(scored())
def test_auc_is_sklearns(drawn: tuple[list[int], list[float]]) -> None:
    truth, values = drawn
    assert scores.auc(truth, values) == pytest.approx(metrics.roc_auc_score(truth, values))
    columns = np.column_stack([np.negative(values), values])
    assert scores.auc(truth, columns) == scores.auc(truth, values)


def test_auc_of_many_classes_is_the_mean_of_one_against_the_rest() -> None:
    random = np.random.default_rng(0)
    truth, columns = np.repeat(range(4), 10), random.dirichlet(np.ones(4), 40)
    expected = metrics.roc_auc_score(truth, columns, multi_class="ovr", average="macro")
    assert scores.auc(truth, columns) == pytest.approx(expected)
    # A fifth class, of which there is no image, changes nothing.
    assert scores.auc(truth, np.column_stack([columns, random.random(40)])) == pytest.approx(expected)


def test_auc_of_one_class_alone_or_of_nan_is_undefined() -> None:
    assert math.isnan(scores.auc([1, 1], [0.2, 0.3]))
    assert math.isnan(scores.auc([0, 1], [0.2, math.nan]))
    assert math.isnan(scores.auc([], np.empty((0, 3))))


@given(scored())
def test_roc_curve_is_sklearns_and_its_area_the_auc(drawn: tuple[list[int], list[float]]) -> None:
    truth, values = drawn
    false_alarms, found = scores.roc_curve(truth, values)
    expected = metrics.roc_curve(truth, values, drop_intermediate=False)
    np.testing.assert_allclose(false_alarms, expected[0])
    np.testing.assert_allclose(found, expected[1])
    assert np.trapezoid(found, false_alarms) == pytest.approx(scores.auc(truth, values))


def test_roc_curve_needs_both_classes() -> None:
    with pytest.raises(ValueError, match="positive and negative"):
        scores.roc_curve([0, 0], [0.1, 0.2])


@given(st.integers(1, 500).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_interval_is_wilsons(drawn: tuple[int, int]) -> None:
    correct, total = drawn
    share, z = correct / total, 1.959963984540054
    middle = (share + z**2 / (2 * total)) / (1 + z**2 / total)
    half = z / (1 + z**2 / total) * math.sqrt(share * (1 - share) / total + z**2 / (4 * total**2))
    assert scores.interval(correct, total) == pytest.approx((middle - half, middle + half), abs=1e-9)


def test_interval_of_nothing_is_everything() -> None:
    assert scores.interval(0, 0) == (0, 1)


def test_difference_interval_is_newcombes() -> None:
    # Newcombe 1998, table II, example (a), method 10.
    assert scores.difference_interval((56, 70), (48, 80)) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_difference_interval_turns_round() -> None:
    low, high = scores.difference_interval((9, 10), (40, 100))
    assert scores.difference_interval((40, 100), (9, 10)) == pytest.approx((-high, -low))
