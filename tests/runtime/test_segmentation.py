"""Segmentation: the losses, the metrics, and the evaluation of masks, against formulas, Keras and scikit-learn."""

from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn import metrics as oracle

from labc.compiler.losses import ALL, ANY, Loss, OverlapLoss
from labc.compiler.metrics import METRICS
from labc.grammar.diagnostics.lab_error import LabError
from labc.runtime.data.dataset import Dataset, Part
from labc.runtime.evaluation.mask_predictions import evaluate_masks, mask_predictions, pack_masks
from labc.runtime.evaluation.mask_scores import MaskScores
from labc.runtime.runs.mask_table import read_mask_table, read_predicted_masks
from labc.runtime.training.epoch_metrics import make_metrics
from labc.runtime.training.tasks import Segmentation

Floats = NDArray[np.float64]
HEADS = [
    (loss, classes, units, {ANY: "sigmoid"}.get(activations[0], activations[0]))
    for loss, classes in product((loss for loss in ALL if loss.is_for_masks()), (1, 3))
    for units, activations in loss.mask_heads(classes).items()
]
WORDS = ("accuracy", "precision", "recall", "specificity", "f1", "dice", "iou")
SIZE = (5, 4)


def overlap(y: Floats, p: Floats, alpha: float, beta: float) -> Floats:
    """The Tversky index (image, class) with half a pixel added above and below."""
    t, f, m = ((a * b).sum(axis=(1, 2)) for a, b in ((y, p), (1 - y, p), (y, 1 - p)))
    return np.asarray((t + 0.5) / (t + alpha * f + beta * m + 0.5))


def dice(y: Floats, p: Floats) -> Floats:
    """The smoothed Dice index (image, class), as it is written in most places."""
    return np.asarray((2 * (y * p).sum(axis=(1, 2)) + 1) / (y.sum(axis=(1, 2)) + p.sum(axis=(1, 2)) + 1))


def entropy(y: Floats, p: Floats) -> Floats:
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


def focal(loss: Any, y: Floats, p: Floats) -> Floats:
    right = np.where(y == 1, p, 1 - p) if p.shape[-1] == 1 or abs(p.sum(axis=-1) - 1).max() > 1e-3 else p[y == 1]
    return np.asarray(-((1 - right) ** loss.gamma) * np.log(right))


# The formulas of docs/losses.md over channels `y` and outputs `p` (image, height, width, channel). Those of an overlap
# get the channels of the classes.
FORMULAS: dict[str, Callable[[Any, Floats, Floats], Any]] = {
    "binary_crossentropy": lambda _, y, p: entropy(y, p).mean(),
    "categorical_crossentropy": lambda _, y, p: -np.log(p[y == 1]).mean(),
    "focal": lambda loss, y, p: focal(loss, y, p).mean(),
    "mse": lambda _, y, p: ((y - p) ** 2).mean(),
    "mae": lambda _, y, p: np.abs(y - p).mean(),
    "dice": lambda _, y, p: 1 - dice(y, p).mean(),
    "bce_dice": lambda _, y, p: entropy(y, p).mean() + 1 - dice(y, p).mean(),
    "jaccard": lambda _, y, p: 1 - overlap(y, p, 1, 1).mean(),
    "tversky": lambda loss, y, p: 1 - overlap(y, p, loss.alpha, loss.beta).mean(),
}


def drawn(seed: int, images: int, classes: int, units: int, activation: str) -> tuple[NDArray[np.uint8], Any]:
    """Masks, in one of three images without any class, and outputs of a model."""
    random = np.random.default_rng(seed)
    masks = random.integers(0, classes + 1, (images, *SIZE), np.uint8)
    masks[::3] = classes
    numbers = random.normal(size=(images, *SIZE, units)).clip(-3, 3) * 2  # so that no logarithm is cut off
    shares = np.exp(numbers) / np.exp(numbers).sum(axis=-1, keepdims=True)
    outputs = shares if activation == "softmax" else 1 / (1 + np.exp(-numbers))
    return masks, outputs.astype(np.float32)


def channels(masks: NDArray[np.uint8], units: int) -> Floats:
    return np.stack([masks == number for number in range(units)], axis=-1).astype(np.float64)


@pytest.mark.parametrize(("loss", "classes", "units", "activation"), HEADS)
@settings(max_examples=10, deadline=None)
@given(data=st.data(), seed=st.integers(0, 2**16))
def test_the_loss_of_masks_is_the_documented_formula(
    loss: type[Loss], classes: int, units: int, activation: str, data: st.DataObject, seed: int
) -> None:
    made = loss(**{name: data.draw(st.floats(0, 3)) for name in loss.model_fields})
    task = Segmentation(classes, classes, tuple(range(classes)), units, activation, made)
    masks, outputs = drawn(seed, 5, classes, units, activation)
    y, p = channels(masks, units), outputs.astype(np.float64)
    if isinstance(made, OverlapLoss):
        y, p = y[..., :classes], p[..., :classes]
    expected = float(FORMULAS[loss.word()](made, y, p))
    assert float(task.keras_loss()(masks, outputs)) == pytest.approx(expected, rel=2e-3, abs=1e-5)


@pytest.mark.parametrize("classes", [1, 3])
def test_without_smoothing_dice_is_the_loss_of_keras(classes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    import keras

    monkeypatch.setattr("labc.compiler.losses.mask_overlap.SMOOTHING", 0.0)
    masks, outputs = drawn(1, 6, classes, classes, "sigmoid")
    masks, outputs = masks[1:3], outputs[1:3]  # both have every class
    [dice_loss] = [loss for loss in ALL if loss.word() == "dice"]
    found = Segmentation(classes, classes, tuple(range(classes)), classes, "sigmoid", dice_loss()).keras_loss()(
        masks, outputs
    )
    y = channels(masks, classes).astype(np.float32)
    assert float(found) == pytest.approx(float(keras.losses.Dice(axis=(1, 2))(y, outputs)), rel=1e-5)


@pytest.mark.parametrize("word", ["dice", "jaccard", "tversky", "bce_dice"])
def test_an_image_without_the_class_is_learned_too(word: str) -> None:
    loss = next(one for one in ALL if one.word() == word)()
    task = Segmentation(1, 1, (0,), 1, "sigmoid", loss)
    empty = np.ones((1, *SIZE), np.uint8)  # background
    values = [float(task.keras_loss()(empty, np.full((1, *SIZE, 1), share, np.float32))) for share in (0, 0.1, 0.5, 1)]
    assert values == sorted(values)
    assert values[0] == pytest.approx(0, abs=1e-5)


def marked_by(outputs: Any, classes: int, activation: str) -> NDArray[np.bool_]:
    """The predicted classes of each pixel (image, height, width, class)."""
    if activation == "softmax":
        return channels(outputs.argmax(axis=-1).astype(np.uint8), classes) > 0
    return np.asarray(outputs[..., :classes] >= 0.5)


def expected_metric(word: str, truth: NDArray[np.bool_], marked: NDArray[np.bool_]) -> float:
    """A metric of all pixels as scikit-learn computes it, the mean over the classes."""
    truth, marked = truth.reshape(-1, truth.shape[-1]), marked.reshape(-1, truth.shape[-1])
    if word == "accuracy":
        return float(oracle.accuracy_score(truth, marked))
    pairs = list(zip(truth.T, marked.T, strict=True))
    if word == "specificity":
        return float(np.mean([oracle.recall_score(~a, ~b, zero_division=0) for a, b in pairs]))
    name = {"dice": "f1", "iou": "jaccard"}.get(word, word)
    function = getattr(oracle, f"{name}_score")
    undefined = METRICS[word].undefined
    return float(np.mean([function(a, b, zero_division=undefined) for a, b in pairs]))


@pytest.mark.parametrize(
    ("classes", "units", "activation"), [(1, 1, "sigmoid"), (3, 3, "sigmoid"), (2, 3, "softmax"), (3, 3, "softmax")]
)
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**16), images=st.integers(1, 7), batch=st.integers(1, 8))
def test_metrics_of_masks_are_those_of_scikit_learn_whatever_the_batches(
    classes: int, units: int, activation: str, seed: int, images: int, batch: int
) -> None:
    task = Segmentation(
        classes, classes, tuple(range(classes)), units, activation, next(one for one in ALL if one.word() == "mse")()
    )
    masks, outputs = drawn(seed, images, classes, units, activation)
    if units == classes and activation == "softmax":
        masks = np.minimum(masks, classes - 1)  # every pixel has a class
    truth, marked = channels(masks, classes) > 0, marked_by(outputs, classes, activation)
    scores = MaskScores.of(truth, marked)
    for word, metric in zip(WORDS, make_metrics(WORDS, task), strict=True):
        for start in range(0, images, batch):
            metric.update_state(masks[start : start + batch], outputs[start : start + batch])
        expected = expected_metric(word, truth, marked)
        assert scores.value(word) == pytest.approx(expected, abs=1e-9)
        assert float(metric.result()) == pytest.approx(expected, abs=1e-5)
    for number, image in product(range(classes), range(images)):
        of_image = expected_metric("dice", truth[image][..., [number]], marked[image][..., [number]])
        assert scores.of_images("dice")[image, number] == pytest.approx(of_image)


class Given:
    """A model whose outputs are known: an image contains its index."""

    def __init__(self, outputs: Any) -> None:
        self.outputs = outputs

    def predict_on_batch(self, images: Any) -> Any:
        return self.outputs[images.ravel()]


def dataset_of(masks: Any, classes: tuple[str, ...]) -> Dataset:
    from labc.compiler.backends.scaling import PixelRange

    files = tuple(f"{index}.png" for index in range(len(masks)))
    images = np.arange(len(masks)).reshape(-1, 1, 1, 1).astype(np.uint8)
    return Dataset({"validation": Part(images, masks, files, {})}, classes, PixelRange())


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**16), images=st.integers(1, 9), batch=st.integers(1, 10))
def test_an_evaluation_does_not_depend_on_the_batch_and_is_read_as_it_was_written(
    seed: int, images: int, batch: int
) -> None:
    task = Segmentation(2, 2, (0, 1), 3, "softmax", next(one for one in ALL if one.word() == "dice")())
    masks, outputs = drawn(seed, images, 2, 3, "softmax")
    dataset = dataset_of(masks, ("a", "b"))
    found, whole = (
        evaluate_masks(Given(outputs), task, dataset.parts["validation"], size, keep=True) for size in (batch, images)
    )
    assert found.figures(WORDS) == pytest.approx(whole.figures(WORDS), abs=1e-6)
    assert found.loss == pytest.approx(float(task.keras_loss()(masks, outputs)), abs=1e-6)
    assert np.array_equal(found.masks, outputs.argmax(axis=-1))


def test_the_files_of_an_evaluation_are_read_as_they_were_written(tmp_path: Path) -> None:
    task = Segmentation(2, 2, (0, 1), 3, "softmax", next(one for one in ALL if one.word() == "dice")())
    masks, outputs = drawn(3, 4, 2, 3, "softmax")
    dataset = dataset_of(masks, ("a", "b"))
    parts = {"validation": evaluate_masks(Given(outputs), task, dataset.parts["validation"], 2, keep=True)}
    (tmp_path / "predictions.csv").write_text(mask_predictions(task, dataset, parts), encoding="utf-8")
    (tmp_path / "predicted_masks.npz").write_bytes(pack_masks(parts))
    table = read_mask_table(tmp_path / "predictions.csv", ("a", "b"))
    assert table.file == ("0.png", "1.png", "2.png", "3.png")
    assert np.allclose(table.dice, parts["validation"].scores.of_images("dice"), atol=1e-6)
    assert np.allclose(table.share[:, 1], (masks == 1).mean(axis=(1, 2)), atol=1e-6)
    assert np.array_equal(read_predicted_masks(tmp_path / "predicted_masks.npz")["validation"], outputs.argmax(axis=-1))


@pytest.mark.parametrize("content", [None, b"", b"no archive", b"PK\x03\x04 cut"])
def test_damaged_masks_are_said_to_be_damaged(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "predicted_masks.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(LabError) as caught:
        read_predicted_masks(path)
    assert "predicted_masks.npz` is " in str(caught.value.diagnostics[0].message)


@pytest.mark.parametrize(("loss", "classes", "units", "activation"), HEADS)
def test_a_training_step_lowers_the_loss_of_every_accepted_head(
    loss: type[Loss], classes: int, units: int, activation: str
) -> None:
    import keras

    keras.utils.set_random_seed(0)
    task = Segmentation(classes, classes, tuple(range(classes)), units, activation, loss())
    model = keras.Sequential([keras.Input((*SIZE, 2)), keras.layers.Conv2D(units, 1, activation=activation)])
    model.compile(optimizer=keras.optimizers.SGD(0.01), loss=task.keras_loss(), metrics=make_metrics(["dice"], task))
    images = np.random.default_rng(0).normal(size=(9, *SIZE, 2)).astype(np.float32)
    masks, _ = drawn(0, 9, classes, units, activation)
    before = model.train_on_batch(images, task.encode(masks))[0]
    assert model.evaluate(images, task.encode(masks), verbose=0)[0] < before


@pytest.mark.parametrize(("units", "activation"), [(3, "sigmoid"), (4, "softmax")])
def test_perfect_outputs_are_read_as_the_masks(units: int, activation: str) -> None:
    task = Segmentation(3, 3, (0, 1, 2), units, activation, next(one for one in ALL if one.word() == "mse")())
    masks, _ = drawn(0, 6, 3, units, activation)
    outputs = channels(masks, units).astype(np.float32)
    assert np.array_equal(np.asarray(task.channels_of(masks)), outputs)
    assert np.array_equal(task.predict(outputs), masks)
