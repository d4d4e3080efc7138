"""Mixup blends an image of an epoch with another one, and erase makes a rectangle of it black."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras.ops import convert_to_tensor
from scipy import stats

import labc
from labc.compiler.backends.scaling import PixelRange
from labc.compiler.expressions.values import Angle, Percent, Word
from labc.compiler.losses.crossentropy import BinaryCrossentropy, CategoricalCrossentropy
from labc.compiler.metrics import METRICS
from labc.compiler.schema.task_kind import TaskKind
from labc.compiler.sections import Augment
from labc.runtime.training.augmentation.augmentation import Augmentation
from labc.runtime.training.augmentation.batches import DrawnEpoch, epoch_batches
from labc.runtime.training.augmentation.erase import RATIO, draw_rectangles, erase
from labc.runtime.training.augmentation.mixup import draw_shares
from labc.runtime.training.augmentation.parameters import draw_pairs
from labc.runtime.training.epoch_metrics import make_metrics
from labc.runtime.training.tasks import Classification

from .tiny import write_tiny

IMAGES = np.random.default_rng(0).integers(0, 256, (9, 12, 10, 1), np.uint8)
LABELS = np.eye(3, dtype=np.float32)[np.arange(9) % 3]
WEIGHTS = np.arange(1, 10, dtype=np.float32)
ONE: dict[str, Any] = {"rotation": Angle(20), "flip": Word("both"), "noise": Percent(0.1), "erase": Percent(0.2)}


def seen(images: Any, targets: Any, augment: Augment, batch: int, weights: Any) -> list[tuple[Any, ...]]:
    """The images of an epoch after their changes with their targets and weights, in the order of the epoch."""
    found = []
    for inputs, *others in epoch_batches(images, targets, augment, batch, 5, 2, weights):
        found += [*zip(np.asarray(Augmentation(augment, PixelRange()).images(inputs)), *others, strict=True)]
    return found


@pytest.mark.parametrize("batch", [1, 4, 9])
def test_a_blend_is_made_of_the_images_that_are_seen_without_mixup(batch: int) -> None:
    numbers = np.arange(9, dtype=np.float32)[:, None]
    alone = {int(label[0]): image for image, label in seen(IMAGES, numbers, Augment(**ONE), 9, None)}
    mixed = Augment(**ONE, mixup=0.7)
    order = [int(label[0]) for _, label in seen(IMAGES, numbers, Augment(**ONE), 9, None)]
    partners, shares = draw_pairs(mixed, 5, 2, 9)
    found = seen(IMAGES, LABELS, mixed, batch, WEIGHTS)
    assert len(found) == 9
    for index, (image, label, weight) in zip(order, found, strict=True):
        other, share = partners[index], shares[index]
        np.testing.assert_allclose(image, share * alone[index] + (1 - share) * alone[other], atol=0.02)
        np.testing.assert_allclose(label, share * LABELS[index] + (1 - share) * LABELS[other], atol=1e-6)
        np.testing.assert_allclose(weight, share * WEIGHTS[index] + (1 - share) * WEIGHTS[other], rtol=1e-6)


def test_seed_and_epoch_change_the_partners_and_every_image_is_one() -> None:
    augment = Augment(mixup=0.2)
    draws = [draw_pairs(augment, seed, epoch, 50) for seed, epoch in ((1, 1), (1, 2), (2, 1))]
    for partners, _ in draws:
        assert sorted(partners) == list(range(50))
    for one, other in ((0, 1), (0, 2), (1, 2)):
        assert not (draws[one][0] == draws[other][0]).all()
        assert not (draws[one][1] == draws[other][1]).all()


@given(st.floats(0, 1e6, exclude_min=True), st.integers(0, 9))
def test_shares_are_from_a_half_to_one_for_every_alpha(alpha: float, seed: int) -> None:
    shares = draw_shares(np.random.default_rng(seed), 20, alpha)
    assert ((shares >= 0.5) & (shares <= 1)).all()


@pytest.mark.parametrize("alpha", [0.2, 1.0, 4.0])
def test_shares_have_the_folded_distribution(alpha: float) -> None:
    shares = draw_shares(np.random.default_rng(0), 4000, alpha)
    beta = stats.beta(alpha, alpha)
    for share in np.linspace(0.5, 0.999, 20):
        assert abs((shares <= share).mean() - (beta.cdf(share) - beta.cdf(1 - share))) < 0.03


@pytest.mark.parametrize("units", [1, 2])
def test_metrics_count_a_blend_for_the_class_with_the_larger_share(units: int) -> None:
    loss = BinaryCrossentropy() if units == 1 else CategoricalCrossentropy()
    task = Classification(2, units, "sigmoid" if units == 1 else "softmax", loss)
    random = np.random.default_rng(0)
    own, other = random.integers(0, 2, (2, 400))
    outputs = random.random((400, units)).astype(np.float32)
    shares = random.uniform(0.501, 1, (400, 1)).astype(np.float32)
    blended = task.encode(own) * shares + task.encode(other) * (1 - shares)
    words = [word for word, metric in METRICS.items() if TaskKind.CLASSIFICATION in metric.tasks]
    for metric in make_metrics(words, task):
        metric.update_state(task.encode(own), outputs)
        expected = float(metric.result())
        metric.reset_state()
        metric.update_state(blended, outputs)
        assert float(metric.result()) == expected, metric.name


@settings(max_examples=60, deadline=None)
@given(st.tuples(st.integers(1, 40), st.integers(1, 40)), st.floats(0, 1), st.integers(0, 9))
def test_rectangles_keep_their_area_inside_the_image(size: tuple[int, int], largest: float, seed: int) -> None:
    top, left, bottom, right = draw_rectangles(np.random.default_rng(seed), 50, largest, size).T.astype(float)
    assert (top >= 0).all() and (left >= 0).all()
    assert (bottom <= size[0] + 1e-4).all() and (right <= size[1] + 1e-4).all()
    assert ((bottom - top) * (right - left) <= largest * size[0] * size[1] + 1e-3).all()


def test_areas_are_uniform_and_ratios_bounded() -> None:
    top, left, bottom, right = draw_rectangles(np.random.default_rng(0), 4000, 0.2, (200, 200)).T.astype(float)
    height, width = bottom - top, right - left
    assert stats.kstest(height * width / 40000, stats.uniform(0, 0.2).cdf).pvalue > 1e-3
    large = height * width > 100
    ratios = np.log(height / width)[large] / np.log(1 / RATIO)
    assert stats.kstest(ratios, stats.uniform(-1, 2).cdf).pvalue > 1e-3
    assert stats.kstest(top / (200 - height), "uniform").pvalue > 1e-3


@pytest.mark.parametrize("deep", [False, True])
def test_only_the_pixels_of_the_rectangle_become_black(deep: bool) -> None:
    images = np.random.default_rng(0).uniform(0, 255, (2, *((3,) if deep else ()), 10, 12, 3)).astype(np.float32)
    rectangles = np.array([[2, 3, 5, 7], [0, 0, 10, 0.4]], np.float32)
    erased = np.asarray(erase(convert_to_tensor(images), convert_to_tensor(rectangles), -1000))
    expected = images.copy()
    expected[0, ..., 2:5, 3:7, :] = -1000
    np.testing.assert_array_equal(erased, expected)


def test_erased_images_are_black_where_they_changed() -> None:
    augment = Augment(erase=Percent(0.5))
    inputs, _ = DrawnEpoch(IMAGES, LABELS, augment, 0, 0).batch(np.arange(9))
    erased = np.asarray(Augmentation(augment, PixelRange(-5, 300)).images(inputs))
    differs = erased != IMAGES
    assert 0.1 < differs.mean() < 0.4
    assert (erased[differs] == -5).all()


def test_a_run_with_mixup_and_weights_trains_alike_twice(tmp_path: Path) -> None:
    augment = "balance = class_weight\n  augment { rotation = 10deg  mixup = 0.4  erase = 20% }"
    path = write_tiny(tmp_path, {"16x16x1\n": f"16x16x1\n  {augment}\n"})
    runs = [labc.run(path, tmp_path / name) for name in ("first", "second")]
    texts = [(run.folder / "predictions.csv").read_text() for run in runs]
    assert texts[0] == texts[1]
    assert (runs[0].folder / "history.csv").read_text().count("\n") == 4
