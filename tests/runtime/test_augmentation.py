"""Augmentation: the geometry against SciPy, the draws and the batches, and the changes of pixel values."""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage, stats

import labc
from labc.compiler.backends.scaling import PixelRange
from labc.compiler.expressions.values import Angle, Percent, Word
from labc.compiler.sections import Augment
from labc.runtime.training.augmentation.augmentation import Augmentation
from labc.runtime.training.augmentation.augmented_examples import augmented_examples
from labc.runtime.training.augmentation.augmented_model import AugmentedModel
from labc.runtime.training.augmentation.batches import all_batches, epoch_batches
from labc.runtime.training.augmentation.geometry import elastic_displacements, move_images, sample, spline_weights
from labc.runtime.training.augmentation.intensity import blur, normal_noise, stretch
from labc.runtime.training.augmentation.parameters import GRID, affine_matrices, draw_order, draw_parameters

from .tiny import write_tiny

MODES = {"nearest": "nearest", "reflect": "reflect", "wrap": "grid-wrap", "constant": "grid-constant"}
ALL: dict[str, Any] = {
    "rotation": Angle(20),
    "shift": Percent(0.1),
    "zoom": Percent(0.2),
    "shear": Angle(10),
    "flip": Word("both"),
    "brightness": Percent(0.2),
    "contrast": Percent(0.2),
    "noise": Percent(0.05),
    "gamma": Percent(0.3),
    "blur": Percent(0.05),
    "elastic": Percent(0.1),
    "intensity": (Percent(0.02), Percent(0.98)),
    "erase": Percent(0.3),
    "mixup": 0.4,
}
ONE = {name: value for name, value in ALL.items() if name != "mixup"}
BYTES = PixelRange()
IMAGES = np.random.default_rng(0).integers(0, 256, (7, 12, 9, 3), np.uint8)
LABELS = np.arange(7, dtype=np.float32)[:, None]


def changed(images: Any, drawn: Any, augment: Augment, pixels: PixelRange) -> Any:
    """The images after the changes with these parameters."""
    return np.asarray(Augmentation(augment, pixels).images({"images": images, **drawn}))


def matrices(size: tuple[int, int], count: int = 1, **parameters: Any) -> Any:
    """Affine matrices of these parameters, the others changing nothing."""
    neutral = {"rotation": 0.0, "shift": (0.0, 0.0), "shear": 0.0, "zoom": (1.0, 1.0), "flip": (1.0, 1.0)}
    each = {name: np.array([value] * count) for name, value in (neutral | parameters).items()}
    return affine_matrices(size, **each)


def keras_2(size: tuple[int, int], rotation: float, shift: Any, shear: float, zoom: Any, flip: Any) -> Any:
    """The matrix of `apply_affine_transform` in Keras 2, then its flip of the axes."""
    turn = [[math.cos(rotation), -math.sin(rotation), 0], [math.sin(rotation), math.cos(rotation), 0], [0, 0, 1]]
    slant = [[1, -math.sin(shear), 0], [0, math.cos(shear), 0], [0, 0, 1]]
    move = [[1, 0, shift[0]], [0, 1, shift[1]], [0, 0, 1]]
    matrix = np.array(turn) @ move @ slant @ np.diag([*zoom, 1])
    row, column = size[0] / 2 - 0.5, size[1] / 2 - 0.5
    centred = np.array([[1, 0, row], [0, 1, column], [0, 0, 1]]) @ matrix @ [[1, 0, -row], [0, 1, -column], [0, 0, 1]]
    mirror = np.eye(3)
    for axis in (0, 1):
        if flip[axis] < 0:
            mirror[axis, axis], mirror[axis, 2] = -1, size[axis] - 1
    return centred @ mirror


sizes = st.tuples(st.integers(2, 20), st.integers(2, 20))
drawn_geometry = st.fixed_dictionaries(
    {
        "rotation": st.floats(-math.pi, math.pi),
        "shift": st.tuples(st.floats(-25, 25), st.floats(-25, 25)),
        "shear": st.floats(-1, 1),
        "zoom": st.tuples(st.floats(0.1, 2), st.floats(0.1, 2)),
        "flip": st.tuples(st.sampled_from([1.0, -1.0]), st.sampled_from([1.0, -1.0])),
    }
)


@settings(max_examples=60, deadline=None)
@given(sizes, drawn_geometry, st.sampled_from([1, 3]), st.sampled_from(list(MODES)), st.integers(0, 99))
def test_the_geometry_is_that_of_scipy_and_keras_2(
    size: tuple[int, int], parameters: dict[str, Any], channels: int, fill: str, seed: int
) -> None:
    image = np.random.default_rng(seed).integers(0, 256, (*size, channels), np.uint8)
    matrix = keras_2(size, **parameters)
    moved = move_images(image[None], {"matrix": matrices(size, **parameters)}, fill, 7.0)
    for channel in range(channels):
        expected = ndimage.affine_transform(
            image[..., channel].astype(np.float64), matrix, order=1, mode=MODES[fill], cval=7
        )
        # float32 places are exact to about 1e-5 pixels, and neighbours differ by up to 255.
        np.testing.assert_allclose(np.asarray(moved)[0, ..., channel], expected, atol=0.05)


@settings(max_examples=60, deadline=None)
@given(sizes, drawn_geometry, st.sampled_from(list(MODES)), st.integers(0, 99))
def test_masks_take_the_nearest_pixel_at_the_same_places(
    size: tuple[int, int], parameters: dict[str, Any], fill: str, seed: int
) -> None:
    mask = np.random.default_rng(seed).integers(0, 4, (*size, 1), np.uint8) * 60
    matrix = keras_2(size, **parameters)
    moved = np.asarray(move_images(mask[None], {"matrix": matrices(size, **parameters)}, fill, 0.0, nearest=True))
    expected = ndimage.affine_transform(mask[..., 0], matrix, order=0, mode=MODES[fill])
    row, column = np.indices(size)
    places = np.stack([matrix[axis, 0] * row + matrix[axis, 1] * column + matrix[axis, 2] for axis in (0, 1)])
    ties = (np.abs(places % 1 - 0.5) < 1e-3).any(axis=0)  # half-way between two pixels, either is right
    assert moved.dtype == np.uint8
    assert ((moved[0, ..., 0] == expected) | ties).all()


@pytest.mark.parametrize("fill", MODES)
def test_without_a_change_an_image_stays_as_it_is(fill: str) -> None:
    moved = move_images(IMAGES, {"matrix": matrices((12, 9), 7)}, fill, 0.0)
    np.testing.assert_array_equal(np.asarray(moved), IMAGES)


def test_a_flip_mirrors_exactly() -> None:
    both = matrices((12, 9), 7, flip=(-1.0, -1.0))
    np.testing.assert_array_equal(
        np.asarray(move_images(IMAGES, {"matrix": both}, "constant", 0)), IMAGES[:, ::-1, ::-1]
    )


def test_elastic_weights_are_means_and_smooth_fields_follow_the_points() -> None:
    weights = spline_weights(50, GRID)
    assert (weights >= 0).all()
    np.testing.assert_allclose(weights.sum(axis=1), 1, rtol=1e-6)
    ramp = np.broadcast_to(np.arange(GRID, dtype=np.float32)[:, None, None], (GRID, GRID, 2))[None]
    field = np.asarray(elastic_displacements(ramp, (50, 30)))
    np.testing.assert_allclose(np.diff(field, axis=1), (GRID - 3) / 50, atol=1e-5)  # splines keep straight lines
    np.testing.assert_allclose(np.diff(field, axis=2), 0, atol=1e-5)


def test_elastic_is_a_displacement_of_the_places() -> None:
    augment = Augment(elastic=Percent(0.2))
    drawn = draw_parameters(augment, 1, 0, 7, (12, 9))
    moved = np.asarray(move_images(IMAGES, dict(drawn), "reflect", 0))
    field = np.asarray(elastic_displacements(drawn["elastic"], (12, 9)))
    assert 0.5 < np.abs(field).max() <= 0.2 * 12
    places = np.indices((12, 9)) + np.moveaxis(field[3], -1, 0)
    expected = ndimage.map_coordinates(IMAGES[3, ..., 1].astype(float), places, order=1, mode="reflect")
    np.testing.assert_allclose(moved[3, ..., 1], expected, atol=0.05)


def images_of(batch: int, seed: int, epoch: int, **chosen: Any) -> dict[int, Any]:
    """The images of an epoch as the training sees them, by their indices."""
    augment = Augment(**chosen)
    batches = epoch_batches(IMAGES, LABELS, augment, batch, seed, epoch)
    seen = [image for inputs, _ in batches for image in np.asarray(Augmentation(augment, BYTES).images(inputs))]
    return dict(zip(draw_order(seed, epoch, len(IMAGES)).tolist(), seen, strict=True))


@pytest.mark.parametrize("batch", [1, 3])
@pytest.mark.parametrize("chosen", [ONE, ALL])
def test_the_images_of_an_epoch_do_not_depend_on_the_batches(batch: int, chosen: dict[str, Any]) -> None:
    expected, found = images_of(8, 5, 2, **chosen), images_of(batch, 5, 2, **chosen)
    assert list(found) == list(expected)
    for label, image in expected.items():
        np.testing.assert_allclose(found[label], image, atol=1e-2)


def test_an_image_gets_the_parameters_of_its_index() -> None:
    augment = Augment(**ONE)
    drawn = draw_parameters(augment, 5, 2, 7, (12, 9))
    for inputs, labels in epoch_batches(IMAGES, LABELS, augment, 3, 5, 2):
        indices = labels[:, 0].astype(int)
        assert (inputs["images"] == IMAGES[indices]).all()
        assert all((inputs[name] == values[indices]).all() for name, values in drawn.items())


def test_seed_and_epoch_change_the_images_and_their_order() -> None:
    first = images_of(8, 5, 2, rotation=Angle(20))
    for seed, epoch in ((5, 3), (6, 2)):
        other = images_of(8, seed, epoch, rotation=Angle(20))
        assert list(other) != list(first)
        assert all(np.abs(other[label] - first[label]).max() > 1 for label in first)


def test_epochs_follow_each_other_without_an_end() -> None:
    augment = Augment(**ALL)
    batches: Iterator[Any] = all_batches(IMAGES, LABELS, augment, 3, 5)
    for epoch in range(3):
        for inputs, labels in epoch_batches(IMAGES, LABELS, augment, 3, 5, epoch):
            same, same_labels = next(batches)
            np.testing.assert_array_equal(labels, same_labels)
            assert all((value == same[name]).all() for name, value in inputs.items())


@pytest.mark.parametrize("name", ["rotation", "zoom", "flip", "contrast", "gamma", "noise", "elastic", "erase"])
def test_an_image_and_a_setting_change_no_draws_of_others(name: str) -> None:
    few, alone = Augment(**ALL), Augment(**{name: ALL[name]})
    for one, other in ((few, few), (alone, alone)):
        longer, shorter = (draw_parameters(one, 1, 0, 50, (8, 8)), draw_parameters(other, 1, 0, 20, (8, 8)))
        assert all((longer[key][:20] == shorter[key]).all() for key in shorter)
    together, single = draw_parameters(few, 1, 0, 9, (8, 8)), draw_parameters(alone, 1, 0, 9, (8, 8))
    assert all((together[key] == single[key]).all() for key in single if key != "matrix")


def test_amounts_keep_to_their_bounds_and_reach_them() -> None:
    drawn = draw_parameters(Augment(**ALL), 3, 0, 4000, (40, 60))
    for name, low, high in (("brightness", -0.2, 0.2), ("contrast", 0.8, 1.2), ("gamma", 1 / 1.3, 1.3), ("blur", 0, 2)):
        values = drawn[name]
        assert values.min() >= low - 1e-6 and values.max() <= high + 1e-6
        assert values.max() - values.min() > 0.99 * (high - low)
    shifted = draw_parameters(Augment(shift=(Percent(0.1), Percent(0.2))), 3, 0, 4000, (40, 60))["matrix"][:, :, 2]
    np.testing.assert_allclose(np.abs(shifted).max(axis=0), (4, 12), rtol=0.01)
    zoomed = draw_parameters(Augment(zoom=Percent(0.3)), 3, 0, 4000, (40, 60))["matrix"]
    np.testing.assert_allclose((zoomed[:, 0, 0].min(), zoomed[:, 1, 1].max()), (0.7, 1.3), rtol=0.01)


@pytest.mark.parametrize(
    ("flip", "shares"), [("horizontal", (0, 0.5)), ("vertical", (0.5, 0)), ("both", (0.5, 0.5)), ("none", (0, 0))]
)
def test_half_of_the_images_are_flipped(flip: str, shares: tuple[float, float]) -> None:
    matrix = draw_parameters(Augment(flip=Word(flip), rotation=Angle(0), zoom=Percent(0.1)), 3, 0, 4000, (8, 8))[
        "matrix"
    ]
    flipped = (matrix[:, [0, 1], [0, 1]] < 0).mean(axis=0)
    np.testing.assert_allclose(flipped, shares, atol=0.03)


def test_noise_is_normal_and_different_for_each_image_and_pixel() -> None:
    noise = np.asarray(normal_noise(np.array([3, 4, -5], np.int32), (100, 90, 3)))
    assert noise.shape == (3, 100, 90, 3)
    for image in noise:
        assert stats.kstest(image.ravel(), "norm").pvalue > 1e-3
        assert abs(np.corrcoef(image[1:].ravel(), image[:-1].ravel())[0, 1]) < 0.02
        assert abs(np.corrcoef(image[..., 0].ravel(), image[..., 1].ravel())[0, 1]) < 0.04
    assert np.abs(np.corrcoef(noise.reshape(3, -1)) - np.eye(3)).max() < 0.02
    np.testing.assert_array_equal(np.asarray(normal_noise(np.array([4], np.int32), (100, 90, 3)))[0], noise[1])


def test_the_amount_of_noise_is_its_standard_deviation() -> None:
    grey = np.full((4, 64, 64, 1), 30000, np.uint16)
    augment, pixels = Augment(noise=Percent(0.1)), PixelRange(0, 65535)
    noisy = changed(grey, draw_parameters(augment, 0, 0, 4, (64, 64)), augment, pixels)
    assert abs(noisy.mean() - 30000) < 300
    np.testing.assert_allclose(noisy.std(), 6553.5, rtol=0.03)


def test_blur_is_scipys_inside() -> None:
    values = np.random.default_rng(0).random((2, 40, 50, 1)).astype(np.float32)
    blurred = np.asarray(blur(values, np.array([1.5, 0], np.float32)))
    expected = ndimage.gaussian_filter(values[0, ..., 0], 1.5)
    np.testing.assert_allclose(blurred[0, 8:-8, 8:-8, 0], expected[8:-8, 8:-8], atol=1e-3)
    np.testing.assert_allclose(blurred[1], values[1], atol=1e-6)
    even = np.full((1, 9, 9, 1), 0.5, np.float32)
    np.testing.assert_allclose(np.asarray(blur(even, np.array([3], np.float32))), 0.5, rtol=1e-5)


def test_intensity_stretches_between_percentiles() -> None:
    values = np.random.default_rng(0).random((2, 20, 20, 3)).astype(np.float32) / 3 + 0.3
    values[1] = 0.25
    stretched = np.asarray(stretch(keras.ops.convert_to_tensor(values), 0.02, 0.98))
    low, high = np.percentile(values[0], (2, 98))
    np.testing.assert_allclose(stretched[0], (values[0] - low) / (high - low), atol=1e-4)
    assert (stretched[1] == values[1]).all()


@pytest.mark.parametrize(
    ("chosen", "drawn", "formula"),
    [
        ({"brightness": Percent(0.3)}, {"brightness": 0.2}, lambda x: x + 0.2),
        ({"contrast": Percent(0.5)}, {"contrast": 1.5}, lambda x: x.mean((0, 1)) + 1.5 * (x - x.mean((0, 1)))),
        ({"gamma": Percent(0.5)}, {"gamma": 1.4}, lambda x: x.clip(0, 1) ** 1.4),
    ],
)
@pytest.mark.parametrize("pixels", [BYTES, PixelRange(0, 65535), PixelRange(-100, 155, clips=True)])
def test_values_change_by_their_formulas_in_the_range(
    chosen: dict[str, Any], drawn: dict[str, float], formula: Any, pixels: PixelRange
) -> None:
    width = pixels.high - pixels.low
    stored = (IMAGES[:1] / np.float32(255) * width + pixels.low).astype(np.float32)
    if pixels.clips:
        stored[:, :2] = -500  # outside the window
    numbers = {name: np.array([value], np.float32) for name, value in drawn.items()}
    found = changed(stored, numbers, Augment(**chosen), pixels)[0]
    values = ((stored[0].astype(np.float64) - pixels.low) / width).clip(0, 1)
    np.testing.assert_allclose(found, formula(values).clip(0, 1) * width + pixels.low, atol=width * 1e-5)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
def test_stored_values_of_every_type_come_in(dtype: type) -> None:
    augment = Augment(**ONE)
    drawn = draw_parameters(augment, 0, 0, 7, (12, 9))
    found = changed(IMAGES.astype(dtype), drawn, augment, BYTES)
    assert found.dtype == np.float32
    assert found.min() >= 0 and found.max() <= 255
    np.testing.assert_allclose(found, changed(IMAGES, drawn, augment, BYTES), atol=1e-3)


def test_only_training_changes_the_images() -> None:
    inputs = keras.Input((12, 9, 3))
    model = keras.Model(inputs, keras.layers.Rescaling(1.0)(inputs))
    augment = Augment(**ALL)
    wrapper = AugmentedModel(model, Augmentation(augment, BYTES))
    np.testing.assert_array_equal(np.asarray(wrapper(IMAGES.astype(np.float32))), IMAGES)
    given_inputs, _ = next(epoch_batches(IMAGES, LABELS, augment, 7, 0, 0))
    assert np.abs(np.asarray(wrapper(given_inputs, training=True)) - given_inputs["images"][:, 0]).max() > 5


def test_a_run_with_augmentation_trains_and_saves_a_plain_model(tmp_path: Path) -> None:
    settings = "rotation = 10deg  noise = 2%  flip = both"
    path = write_tiny(tmp_path, {"16x16x1\n": f"16x16x1\n  augment {{ {settings} }}\n"})
    runs = [labc.run(path, tmp_path / name) for name in ("first", "second")]
    texts = [(run.folder / "predictions.csv").read_text() for run in runs]
    assert texts[0] == texts[1]
    model = keras.models.load_model(runs[0].folder / "model.keras")
    assert [layer.name for layer in model.layers][:2] == ["image", "scale"]
    assert (runs[0].folder / "history.csv").read_text().count("\n") == 4
    plain = labc.run(write_tiny(tmp_path), tmp_path / "plain")
    assert plain.folder.name != runs[0].folder.name
    assert (plain.folder / "predictions.csv").read_text() != texts[0]


def test_constant_fills_with_black() -> None:
    far = matrices((12, 9), 7, shift=(100.0, 0.0))
    assert (np.asarray(move_images(IMAGES, {"matrix": far}, "constant", -1000)) == -1000).all()
    half, first = keras.ops.full((7, 1, 1), -0.5), keras.ops.zeros((7, 1, 1))
    halves = np.asarray(sample(IMAGES, half, first, "constant", 0.0))
    np.testing.assert_allclose(halves, IMAGES[:, :1, :1] / 2)  # half-way between black and the first pixel


@pytest.mark.parametrize("name", ALL)
def test_examples_are_what_a_training_sees(name: str) -> None:
    augment = Augment(**{name: ALL[name]})
    examples = [*augmented_examples(IMAGES, augment, BYTES, seed=5, index=4, epochs=3)]
    for epoch, example in enumerate(examples):
        np.testing.assert_allclose(example.image, images_of(7, 5, epoch, **{name: ALL[name]})[4], atol=1e-2)
        assert example.caption.startswith(f"epoch {epoch + 1}")
        assert example.mask is None
