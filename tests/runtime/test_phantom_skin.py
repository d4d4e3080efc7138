"""The synthetic dermoscopy pictures: reproducible, plausible, hard but not impossible to tell apart."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter
from scipy.ndimage import label as connected
from scipy.spatial import ConvexHull
from sklearn.metrics import roc_auc_score

from labc.compiler.sections.data.sources import PHANTOM_CLASSES
from labc.runtime.data.phantom.skin import SIZE, draw

Picture = NDArray[np.uint8]
Sign = Callable[[Picture], float]

seeds = st.integers(0, 2**32 - 1)
CLASSES = PHANTOM_CLASSES["skin"]
labels = st.sampled_from(CLASSES)


@dataclass(frozen=True)
class Sample:
    """Two hundred pictures, (picture, height, width, channel), and whether each is a melanoma."""

    pictures: Picture
    melanoma: NDArray[np.bool_]


@pytest.fixture(scope="module")
def sample() -> Sample:
    names = [CLASSES[i % len(CLASSES)] for i in range(200)]
    pictures = [draw(name, np.random.default_rng([11, i])) for i, name in enumerate(names)]
    return Sample(np.stack(pictures), np.array([name == "Mel" for name in names]))


def distance_from_centre() -> NDArray[np.float64]:
    """Distance (height, width) from the middle of the picture, in picture widths."""
    across = (np.arange(SIZE) + 0.5) / SIZE - 0.5
    return np.hypot(across[:, None], across)


def lesion(picture: Picture) -> NDArray[np.bool_]:
    """The largest dark region (height, width), looked for away from the corners, which may be black."""
    view = distance_from_centre() < 0.48
    # Blurred, so that hairs and skin texture do not pass for border.
    grey = gaussian_filter(picture.mean(axis=2), 2)
    threshold = np.percentile(grey[view], [2, 98]).mean()
    regions, _ = connected((grey < threshold) & view)
    largest: NDArray[np.bool_] = regions == 1 + np.bincount(regions.ravel())[1:].argmax()
    return largest


def border_irregularity(picture: Picture) -> float:
    """Share of the lesion's convex hull, 0 to 1, that its outline leaves empty."""
    pixels = np.argwhere(lesion(picture))
    corners = pixels[:, None] + np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    # ConvexHull calls the area of a two-dimensional hull its volume.
    return 1 - len(pixels) / float(ConvexHull(corners.reshape(-1, 2)).volume)


def colour_spread(picture: Picture) -> float:
    """Standard deviation of the lesion's chromaticity, summed over the channels."""
    pixels = picture[lesion(picture)].astype(float)
    return float((pixels / pixels.sum(axis=1, keepdims=True).clip(1)).std(axis=0).sum())


@given(label=labels, seed=seeds)
@settings(max_examples=20, deadline=None)
def test_a_picture_is_determined_by_its_seed(label: str, seed: int) -> None:
    first, second = (draw(label, np.random.default_rng(seed)) for _ in range(2))
    np.testing.assert_array_equal(first, second)


@given(label=labels, seed=seeds)
@settings(max_examples=20, deadline=None)
def test_a_picture_is_8_bit_rgb_that_uses_its_range(label: str, seed: int) -> None:
    picture = draw(label, np.random.default_rng(seed))
    assert picture.shape == (SIZE, SIZE, 3)
    assert picture.dtype == np.uint8
    assert np.ptp(picture) > 50


@pytest.mark.parametrize("label", CLASSES)
def test_different_seeds_give_different_pictures(label: str) -> None:
    pictures = {draw(label, np.random.default_rng(seed)).tobytes() for seed in range(20)}
    assert len(pictures) == 20


@pytest.mark.parametrize("label", CLASSES)
def test_successive_draws_from_one_generator_differ(label: str) -> None:
    rng = np.random.default_rng(0)
    assert (draw(label, rng) != draw(label, rng)).any()


@pytest.mark.parametrize("label", ["Mel", "Nev"])
def test_the_label_reaches_the_drawing(label: str) -> None:
    others = [other for other in CLASSES if other != label]
    picture = draw(label, np.random.default_rng(0))
    assert all((picture != draw(other, np.random.default_rng(0))).any() for other in others)


@pytest.mark.parametrize("label", ["mel", "", "Nevus"])
def test_an_unknown_label_is_refused_with_the_known_ones(label: str) -> None:
    with pytest.raises(ValueError, match=rf"'{label}'.*Mel, Nev"):
        draw(label, np.random.default_rng(0))


def test_the_lesion_is_darker_than_the_skin_around_it(sample: Sample) -> None:
    distance = distance_from_centre()
    grey = sample.pictures.mean(axis=3)
    centre = np.median(grey[:, distance < 0.1], axis=1)
    around = np.median(grey[:, (distance > 0.4) & (distance < 0.48)], axis=1)
    assert (centre < around).mean() > 0.97


@pytest.mark.parametrize("sign", [border_irregularity, colour_spread])
def test_one_sign_tells_the_classes_apart_only_in_part(sample: Sample, sign: Sign) -> None:
    auc = roc_auc_score(sample.melanoma, [sign(picture) for picture in sample.pictures])
    assert 0.65 < auc < 0.9


def test_mean_brightness_hardly_tells_the_classes_apart(sample: Sample) -> None:
    auc = roc_auc_score(sample.melanoma, sample.pictures.mean(axis=(1, 2, 3)))
    assert 0.3 < auc < 0.7
