"""Augmentation of masks, and of images with a depth: one geometry for an image, its mask and its slices."""

from collections.abc import Iterator
from typing import Any

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from labc.compiler.backends.scaling import PixelRange
from labc.compiler.expressions.values import Angle, Percent, Word
from labc.compiler.losses.regression import Mse
from labc.compiler.sections import Augment
from labc.runtime.training.augmentation.augmentation import Augmentation
from labc.runtime.training.augmentation.augmented_model import AugmentedModel
from labc.runtime.training.augmentation.batches import all_batches
from labc.runtime.training.augmentation.parameters import draw_parameters
from labc.runtime.training.epoch_metrics import make_metrics
from labc.runtime.training.tasks import Segmentation

MODES = {"nearest": "nearest", "reflect": "reflect", "wrap": "grid-wrap", "constant": "grid-constant"}
GEOMETRY: dict[str, Any] = {
    "rotation": Angle(40),
    "shift": Percent(0.2),
    "zoom": Percent(0.3),
    "shear": Angle(15),
    "flip": Word("both"),
    "elastic": Percent(0.1),
}
VALUES: dict[str, Any] = {"noise": Percent(0.3), "brightness": Percent(0.5), "erase": Percent(0.5)}
settings_drawn = st.sets(st.sampled_from([*GEOMETRY]), min_size=1).map(lambda names: {n: GEOMETRY[n] for n in names})
fills = st.sampled_from([*MODES])


def blobs(seed: int, count: int, size: tuple[int, int]) -> Any:
    """Smooth shapes (image, height, width): True inside."""
    random = np.random.default_rng(seed).normal(size=(count, *size))
    return ndimage.gaussian_filter(random, (0, 3, 3)) > 0


@settings(max_examples=60, deadline=None)
@given(settings_drawn, fills, st.integers(0, 99), st.sampled_from([(20, 17), (9, 30)]))
def test_an_image_that_is_its_mask_moves_like_its_mask(
    chosen: dict[str, Any], fill: str, seed: int, size: tuple[int, int]
) -> None:
    inside = blobs(seed, 3, size)
    augmentation = Augmentation(Augment(**chosen, fill=Word(fill)), PixelRange())
    drawn = draw_parameters(augmentation.augment, seed, 0, 3, size)
    image = augmentation.images({"images": np.uint8(255) * inside[..., None], **drawn})
    levels = np.asarray(image)[..., 0]
    mask = np.asarray(augmentation.masks(np.uint8(1) * inside, drawn, 0))
    assert mask.dtype == np.uint8
    # The nearest pixel has at least a quarter of the interpolated value.
    assert (mask[levels < 255 / 4 - 1] == 0).all()
    assert (mask[levels > 255 * 3 / 4 + 1] == 1).all()


@settings(max_examples=60, deadline=None)
@given(settings_drawn, fills, st.integers(0, 99), st.sets(st.integers(0, 254), min_size=1), st.booleans())
def test_no_number_appears_that_was_not_in_the_mask(
    chosen: dict[str, Any], fill: str, seed: int, numbers: set[int], deep: bool
) -> None:
    shape = (2, 3, 11, 14) if deep else (2, 11, 14)
    masks = np.random.default_rng(seed).choice([*numbers], shape).astype(np.uint8)
    augmentation = Augmentation(Augment(**chosen, **VALUES, fill=Word(fill)), PixelRange())
    drawn = draw_parameters(augmentation.augment, seed, 0, 2, (11, 14))
    moved = np.asarray(augmentation.masks(masks, drawn, 255))
    assert moved.shape == shape
    for one, other in zip(moved, masks, strict=True):
        assert set(np.unique(one)) <= set(np.unique(other)) | ({255} if fill == "constant" else set())


def test_outside_a_mask_is_background_only_with_constant() -> None:
    masks = np.zeros((1, 6, 6), np.uint8)
    far = {"matrix": np.array([[[1, 0, 100], [0, 1, 0]]], np.float32)}
    for fill in MODES:
        augmentation = Augmentation(Augment(shift=Percent(1), fill=Word(fill)), PixelRange())
        assert (np.asarray(augmentation.masks(masks, far, 3)) == (3 if fill == "constant" else 0)).all()


def test_changes_of_values_leave_masks_as_they_are() -> None:
    masks = np.random.default_rng(0).integers(0, 4, (5, 8, 9), np.uint8)
    augmentation = Augmentation(Augment(**VALUES), PixelRange())
    drawn = draw_parameters(augmentation.augment, 0, 0, 5, (8, 9))
    assert (np.asarray(augmentation.masks(masks, drawn, 3)) == masks).all()


def identity(shape: tuple[int, ...]) -> keras.Model:
    """A model whose output is the image from 0 to 1, and which a training does not change."""
    inputs = keras.Input(shape)
    convolution = (keras.layers.Conv2D if len(shape) == 3 else keras.layers.Conv3D)(
        1, 1, kernel_initializer="ones", use_bias=False
    )
    return keras.Model(inputs, convolution(keras.layers.Rescaling(1 / 255)(inputs)))


@pytest.mark.parametrize("shape", [(12, 10), (4, 12, 10)])
def test_a_training_step_sees_the_moved_mask(shape: tuple[int, ...]) -> None:
    numbers = np.random.default_rng(0).integers(0, 2, (7, *shape), np.uint8)  # 0 is the class, 1 the background
    images = (255 * (1 - numbers))[..., None]
    augment = Augment(flip=Word("both"))
    model = AugmentedModel(identity((*shape, 1)), Augmentation(augment, PixelRange(), compiled=True), background=1)
    task = Segmentation(1, 1, (0,), 1, "sigmoid", Mse())
    metrics = make_metrics(["iou"], task)
    model.compile(optimizer=keras.optimizers.SGD(0.0), loss=task.keras_loss(), metrics=metrics)
    batches: Iterator[Any] = all_batches(images, numbers, augment, 3, seed=0)
    validation = (images.astype(np.float32), numbers)
    history = model.fit(batches, steps_per_epoch=3, epochs=2, validation_data=validation, verbose=0, shuffle=False)
    found = {name: np.array(values) for name, values in history.history.items()}
    assert all((found[name] < 1e-6).all() for name in ("loss", "val_loss")), found
    assert all((found[name] > 1 - 1e-6).all() for name in ("iou", "val_iou")), found
    other = model.evaluate(images[:1].astype(np.float32), numbers[1:2], verbose=0)
    assert other[0] > 0.1, "another mask than that of the image has a loss"


@settings(max_examples=20, deadline=None)
@given(settings_drawn, fills, st.integers(0, 99), st.sampled_from([1, 3]))
def test_all_slices_of_an_image_move_like_images(chosen: dict[str, Any], fill: str, seed: int, channels: int) -> None:
    volumes = np.random.default_rng(seed).integers(0, 256, (2, 4, 13, 10, channels), np.uint8)
    values = {"gamma": Percent(0.3), "brightness": Percent(0.2), "blur": Percent(0.1), "erase": Percent(0.4)}
    augmentation = Augmentation(Augment(**chosen, **values, fill=Word(fill)), PixelRange())
    drawn = draw_parameters(augmentation.augment, seed, 0, 2, (13, 10))
    together = np.asarray(augmentation.images({"images": volumes, **drawn}))
    assert together.shape == volumes.shape
    for slice in range(4):
        alone = np.asarray(augmentation.images({"images": volumes[:, slice], **drawn}))
        np.testing.assert_allclose(together[:, slice], alone, atol=1e-2)


def test_contrast_and_intensity_of_a_volume_are_those_of_all_its_slices() -> None:
    volumes = np.random.default_rng(0).integers(50, 200, (1, 4, 13, 10, 1), np.uint8)
    tall = volumes.reshape(1, 4 * 13, 10, 1)
    for chosen in ({"contrast": Percent(0.5)}, {"intensity": (Percent(0.1), Percent(0.9))}):
        augmentation = Augmentation(Augment(**chosen), PixelRange())
        drawn = draw_parameters(augmentation.augment, 0, 0, 1, (13, 10))
        one, other = (np.asarray(augmentation.images({"images": images, **drawn})) for images in (volumes, tall))
        np.testing.assert_allclose(one.reshape(other.shape), other, atol=1e-2)
        assert np.abs(one - volumes).max() > 5
