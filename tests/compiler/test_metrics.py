"""The metrics' formulas against scikit-learn, over NumPy arrays and over tensors."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn import metrics as oracle

from labc.compiler.metrics import ALL, METRICS, ConfusionMetric, ErrorSums, NumberMetric
from labc.compiler.metrics.confusion import Counts, RatioMetric
from labc.compiler.metrics.overlap import Dice, Iou
from labc.compiler.schema.task_kind import TaskKind

Labels = tuple[int, list[int], list[int]]
Masks = tuple[list[int], list[int]]

OF_MASKS: list[type[RatioMetric]] = [Dice, Iou]
OF_CONFUSION = [one for one in ALL if issubclass(one, ConfusionMetric)]
OF_IMAGES = [one for one in OF_CONFUSION if TaskKind.CLASSIFICATION in one.tasks]


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


@st.composite
def label_sets(draw: st.DrawFn) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Draw which labels some images have and which are predicted: each (image, label)."""
    images, labels = draw(st.integers(1, 20)), draw(st.integers(1, 5))
    bits = st.lists(st.integers(0, 1), min_size=images * labels, max_size=images * labels)
    truth, prediction = (np.array(draw(bits)).reshape(images, labels) for _ in range(2))
    return truth, prediction


def label_counts(truth: NDArray[np.int64], prediction: NDArray[np.int64]) -> Counts:
    outcomes = [truth & prediction, (1 - truth) & prediction, truth & (1 - prediction), (1 - truth) & (1 - prediction)]
    return Counts(*(one.sum(axis=0) for one in outcomes))


@pytest.mark.parametrize("word", ["accuracy", "precision", "recall", "specificity", "f1"])
@settings(max_examples=60, deadline=None)
@given(drawn=label_sets())
def test_a_metric_of_labels_is_the_mean_of_scikit_learn_over_the_labels(
    word: str, drawn: tuple[NDArray[np.int64], NDArray[np.int64]]
) -> None:
    truth, prediction = drawn
    metric = METRICS[word]
    assert issubclass(metric, RatioMetric)
    if word == "accuracy":
        wanted = float(np.mean(truth == prediction))
    elif word == "specificity":
        wanted = oracle.recall_score(1 - truth, 1 - prediction, average="macro", zero_division=0)
        wanted = (
            wanted
            if truth.shape[1] > 1
            else oracle.recall_score(1 - truth[:, 0], 1 - prediction[:, 0], zero_division=0)
        )
    else:
        function: Callable[..., float] = getattr(oracle, f"{word}_score")
        both = (truth, prediction) if truth.shape[1] > 1 else (truth[:, 0], prediction[:, 0])
        average = "macro" if truth.shape[1] > 1 else "binary"
        wanted = function(*both, average=average, zero_division=0)
    assert float(metric.of_labels(label_counts(*drawn), np)) == pytest.approx(wanted)


NUMBERS = st.lists(st.tuples(*[st.floats(-1e4, 1e4, width=32)] * 2), min_size=2, max_size=30)


@settings(max_examples=100, deadline=None)
@given(NUMBERS)
def test_a_metric_of_numbers_is_that_of_scikit_learn(drawn: list[tuple[float, float]]) -> None:
    truth, prediction = np.array(drawn, np.float64).T
    sums = ErrorSums.of(truth, prediction, np)
    found = {word: float(METRICS[word].of(sums, np)) for word in ("mae", "rmse", "r2")}  # type: ignore[attr-defined]
    assert found["mae"] == pytest.approx(oracle.mean_absolute_error(truth, prediction))
    assert found["rmse"] == pytest.approx(oracle.root_mean_squared_error(truth, prediction))
    if sums.spread == 0:
        assert np.isnan(found["r2"])  # scikit-learn gives 0 or 1
    elif sums.spread > 1e-3:
        assert found["r2"] == pytest.approx(oracle.r2_score(truth, prediction), rel=1e-6)


@pytest.mark.parametrize("metric", [one for one in ALL if issubclass(one, NumberMetric)], ids=lambda one: one.word())
def test_perfect_predictions_of_numbers_are_at_the_better_end(metric: type[NumberMetric]) -> None:
    truth = np.array([1.0, 5.0, 6.0])
    perfect, wrong = (float(metric.of(ErrorSums.of(truth, truth + error, np), np)) for error in (0, np.arange(3)))
    assert perfect == (metric.highest if metric.larger_is_better else metric.lowest)
    assert (perfect > wrong) == metric.larger_is_better


def test_every_metric_is_tested_here_but_the_one_of_scores() -> None:
    of_numbers = {one.word() for one in ALL if issubclass(one, NumberMetric)}
    assert {one.word() for one in (*OF_IMAGES, *OF_MASKS)} | of_numbers == set(METRICS) - {"auc"}


@pytest.mark.parametrize("task", TaskKind)
def test_the_default_metric_of_a_task_is_for_the_task(task: TaskKind) -> None:
    from labc.compiler.sections.train.train import _METRIC

    assert task in METRICS[_METRIC[task]].tasks
