"""The metrics' formulas against scikit-learn, over NumPy arrays and over tensors."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn import metrics as oracle

from labc.compiler.metrics import ALL, METRICS, ConfusionMetric
from labc.compiler.metrics.confusion import Counts, RatioMetric
from labc.compiler.metrics.overlap import Dice, Iou

Labels = tuple[int, list[int], list[int]]
Masks = tuple[list[int], list[int]]

OF_MASKS: list[type[RatioMetric]] = [Dice, Iou]
OF_CONFUSION = [one for one in ALL if issubclass(one, ConfusionMetric)]
OF_IMAGES = [one for one in OF_CONFUSION if not one.masks_only]


@st.composite
def labels(draw: st.DrawFn) -> Labels:
    """Draw a number of classes, and the truth and the prediction for some images."""
    classes = draw(st.integers(2, 5))
    pairs = draw(st.lists(st.tuples(*[st.integers(0, classes - 1)] * 2), min_size=1, max_size=40))
    return classes, [truth for truth, _ in pairs], [prediction for _, prediction in pairs]


@st.composite
def masks(draw: st.DrawFn) -> Masks:
    """Draw the pixels of two masks, often without any of the class."""
    pixels = st.lists(st.tuples(*[st.sampled_from([0, 0, 0, 1])] * 2), min_size=1, max_size=20)
    pairs = draw(pixels)
    return [truth for truth, _ in pairs], [prediction for _, prediction in pairs]


def matrix_of(classes: int, truth: list[int], prediction: list[int]) -> NDArray[np.int64]:
    return np.asarray(oracle.confusion_matrix(truth, prediction, labels=range(classes)))


def expected(word: str, classes: int, truth: list[int], prediction: list[int]) -> float:
    """The metric as scikit-learn computes it."""
    if word == "accuracy":
        return float(oracle.accuracy_score(truth, prediction))
    if word == "specificity":  # the recall of "not this class"
        chosen = [1] if classes == 2 else range(classes)
        others = [(np.array(truth) != number, np.array(prediction) != number) for number in chosen]
        return float(np.mean([oracle.recall_score(*both, zero_division=0) for both in others]))
    function: Callable[..., float] = getattr(oracle, f"{word}_score")
    average = {"average": "binary"} if classes == 2 else {"average": "macro", "labels": range(classes)}
    return float(function(truth, prediction, zero_division=0, **average))


@pytest.mark.parametrize("metric", OF_IMAGES, ids=lambda metric: metric.word())
@settings(max_examples=60, deadline=None)
@given(drawn=labels())
def test_a_metric_of_images_is_that_of_scikit_learn(metric: type[ConfusionMetric], drawn: Labels) -> None:
    assert float(metric.of(matrix_of(*drawn), np)) == pytest.approx(expected(metric.word(), *drawn))


@settings(max_examples=60, deadline=None)
@given(masks())
def test_dice_is_the_f1_of_the_pixels(drawn: Masks) -> None:
    assert float(Dice.of(matrix_of(2, *drawn), np)) == pytest.approx(oracle.f1_score(*drawn, zero_division=1.0))


@settings(max_examples=60, deadline=None)
@given(masks())
def test_iou_is_the_jaccard_score_of_the_pixels(drawn: Masks) -> None:
    assert float(Iou.of(matrix_of(2, *drawn), np)) == pytest.approx(oracle.jaccard_score(*drawn, zero_division=1.0))


@pytest.mark.parametrize("metric", OF_MASKS)
def test_each_class_of_masks_is_measured_by_itself(metric: type[RatioMetric]) -> None:
    truth, prediction = np.random.default_rng(0).integers(0, 2, (2, 50, 3))  # pixel x class: classes may overlap
    matrices = [matrix_of(2, truth[:, number].tolist(), prediction[:, number].tolist()) for number in range(3)]
    each = [Counts.of(matrix, np) for matrix in matrices]
    fields = Counts.__dataclass_fields__
    counts = Counts(*(np.array([getattr(one, name)[1] for one in each]) for name in fields))
    assert metric.per_class(counts, np) == pytest.approx([float(metric.of(matrix, np)) for matrix in matrices])


@pytest.mark.parametrize("metric", OF_CONFUSION, ids=lambda metric: metric.word())
def test_a_metric_of_a_tensor_is_that_of_the_array(metric: type[ConfusionMetric]) -> None:
    ops = pytest.importorskip("keras").ops
    random = np.random.default_rng(0)
    for classes in (2, 3, 9):
        for empty in (False, True):
            matrix = random.integers(0, 50, (classes, classes))
            matrix[:, 1:] *= not empty  # some classes are never predicted, and some have no images
            matrix[1:] *= not empty
            tensor = ops.convert_to_tensor(matrix.astype("float32"))
            found = float(ops.convert_to_numpy(metric.of(tensor, ops)))
            assert found == pytest.approx(float(metric.of(matrix, np)), rel=1e-6)


@pytest.mark.parametrize("metric", OF_CONFUSION, ids=lambda metric: metric.word())
@pytest.mark.parametrize("classes", [2, 3])
def test_without_images_a_metric_is_undefined(metric: type[ConfusionMetric], classes: int) -> None:
    assert float(metric.of(np.zeros((classes, classes)), np)) == metric.undefined


@pytest.mark.parametrize("metric", OF_CONFUSION, ids=lambda metric: metric.word())
def test_the_better_end_is_that_of_perfect_predictions(metric: type[ConfusionMetric]) -> None:
    perfect, wrong = np.diag([4, 5, 6]), np.array([[0, 4, 0], [0, 0, 5], [6, 0, 0]])
    assert (float(metric.of(perfect, np)) > float(metric.of(wrong, np))) == metric.larger_is_better
    assert float(metric.of(perfect, np)) == 1


def test_every_metric_is_tested_here_but_the_one_of_scores() -> None:
    assert {one.word() for one in (*OF_IMAGES, *OF_MASKS)} == set(METRICS) - {"auc"}
