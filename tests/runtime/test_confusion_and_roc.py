"""Confusion matrix, AUC and ROC curve against their definitions, SciPy and published numbers."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from labc.runtime.evaluation.confusion_and_roc import auc, confusion, roc_curve, score

Scored = tuple[list[int], list[float]]


@st.composite
def scored(draw: st.DrawFn) -> Scored:
    """Draw positive and negative images, at least one of each, with scores that are often equal."""
    truth = [0, 1, *draw(st.lists(st.integers(0, 1), max_size=30))]
    values = st.integers(-3, 3).map(float) | st.floats(-1e6, 1e6)
    return truth, draw(st.lists(values, min_size=len(truth), max_size=len(truth)))


def u_over_pairs(truth: list[int], scores: list[float]) -> float:
    """Mann and Whitney's U, divided by the number of pairs of a positive and a negative image."""
    positive = [score for label, score in zip(truth, scores, strict=True) if label == 1]
    negative = [score for label, score in zip(truth, scores, strict=True) if label == 0]
    return float(mannwhitneyu(positive, negative).statistic / (len(positive) * len(negative)))


@given(st.integers(1, 5).flatmap(lambda n: st.tuples(st.just(n), st.lists(st.tuples(*[st.integers(0, n - 1)] * 2)))))
def test_confusion_counts_every_image_once(drawn: tuple[int, list[tuple[int, int]]]) -> None:
    classes, pairs = drawn
    matrix = confusion([truth for truth, _ in pairs], [prediction for _, prediction in pairs], classes)
    assert matrix.tolist() == [[pairs.count((row, column)) for column in range(classes)] for row in range(classes)]


@pytest.mark.parametrize("wrong", [[2], [-1]])
def test_confusion_refuses_unknown_classes(wrong: list[int]) -> None:
    with pytest.raises(ValueError, match="outside"):
        confusion(wrong, [0], 2)
    with pytest.raises(ValueError, match="outside"):
        confusion([0], wrong, 2)


def test_score_is_the_metric_of_that_word() -> None:
    matrix = np.array([[6, 2], [1, 3]])
    assert {word: score(word, matrix) for word in ("accuracy", "precision", "recall", "specificity", "f1")} == {
        "accuracy": 9 / 12, "precision": 3 / 5, "recall": 3 / 4, "specificity": 6 / 8, "f1": 6 / 9,
    }  # fmt: skip
    with pytest.raises(AssertionError, match="auc"):
        score("auc", matrix)


@settings(deadline=None)
@given(scored())
def test_auc_is_mann_and_whitneys_u_over_the_pairs(drawn: Scored) -> None:
    truth, values = drawn
    assert auc(truth, values) == pytest.approx(u_over_pairs(truth, values))
    columns = np.column_stack([np.negative(values), values])
    assert auc(truth, columns) == auc(truth, values)


def test_auc_of_published_ratings() -> None:
    """Hanley and McNeil (1982), table I: 109 CT images, rated from 1 to 5; the area is 0.893."""
    normal, abnormal = [33, 6, 6, 11, 2], [3, 2, 2, 11, 33]
    truth = [0] * sum(normal) + [1] * sum(abnormal)
    ratings = np.concatenate([np.repeat(range(1, 6), normal), np.repeat(range(1, 6), abnormal)])
    assert auc(truth, ratings) == pytest.approx(0.893, abs=5e-4)


def test_auc_of_many_classes_is_the_mean_of_each_against_the_rest() -> None:
    random = np.random.default_rng(0)
    truth, columns = np.repeat(range(4), 10), random.normal(size=(40, 4))
    each = [u_over_pairs((truth == number).astype(int).tolist(), columns[:, number].tolist()) for number in range(4)]
    assert auc(truth, columns) == pytest.approx(np.mean(each))
    # A fifth class without images changes nothing.
    assert auc(truth, np.column_stack([columns, random.random(40)])) == pytest.approx(np.mean(each))


def test_auc_of_one_class_alone_or_of_scores_that_are_not_finite_is_undefined() -> None:
    assert math.isnan(auc([1, 1], [0.2, 0.3]))
    assert math.isnan(auc([0, 0], [0.2, 0.3]))
    assert math.isnan(auc([0, 1], [0.2, math.nan]))
    assert math.isnan(auc([0, 1], [0.2, math.inf]))
    assert math.isnan(auc([], np.empty((0, 2))))
    assert math.isnan(auc([], np.empty((0, 3))))


@settings(deadline=None)
@given(scored())
def test_roc_curve_has_a_corner_for_each_distinct_score_and_the_area_of_the_auc(drawn: Scored) -> None:
    truth, values = np.array(drawn[0]), np.array(drawn[1])
    false_positive_rate, true_positive_rate = roc_curve(truth, values)
    thresholds = [math.inf, *sorted(set(values.tolist()), reverse=True)]
    assert false_positive_rate == pytest.approx([np.mean(values[truth == 0] >= one) for one in thresholds])
    assert true_positive_rate == pytest.approx([np.mean(values[truth == 1] >= one) for one in thresholds])
    assert np.trapezoid(true_positive_rate, false_positive_rate) == pytest.approx(auc(truth, values))


@pytest.mark.parametrize("scores", [[0.1, 0.2], [0.1, math.nan]])
def test_roc_curve_needs_both_classes(scores: list[float]) -> None:
    with pytest.raises(ValueError, match="positive and negative"):
        roc_curve([0, 0], scores)


@pytest.mark.parametrize("wrong", [math.nan, math.inf])
def test_roc_curve_needs_finite_scores(wrong: float) -> None:
    with pytest.raises(ValueError, match="contains"):
        roc_curve([0, 1], [0.1, wrong])
