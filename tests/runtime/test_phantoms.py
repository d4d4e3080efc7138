"""The drawn X-ray and CT images: the same bytes everywhere, masks of what was drawn, not too easy to tell apart."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation, binary_erosion
from scipy.ndimage import label as connected
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

import labc
from labc.compiler.sections import Phantom
from labc.compiler.sections.data.sources import PHANTOM_CLASSES, PHANTOM_REGIONS
from labc.runtime.data.phantom import KINDS, bone, canvas, ct, scan
from labc.runtime.data.phantom.thorax import thorax
from labc.runtime.data.resize import prepare
from labc.runtime.data.sources.drawn import DrawnSource
from labc.runtime.studies.supported import check_trainable

Picture = NDArray[np.uint8]

DRAWN = [kind for kind in KINDS if kind != "skin"]
CLASSIFIED = [kind for kind in DRAWN if kind in PHANTOM_CLASSES]
MASKED = [*PHANTOM_REGIONS]
# The SHA-256 of the images 0 to 8 of seed 0, and of their masks. If the drawing changes on purpose, increment VERSION.
CHECKSUMS = {
    "skin": "e542bd303d47ca1f30e2820954802b35292cf4abd1ca6b11a30b77fc01317c50",
    "bone": "dba229e5347c94e20b83c2c5e220edd676d6cde75dbdfe2a85da4e6f538904e1",
    "organs": "8fce30fe0a8a717f3ef2cba4fb031581d30b64ee8dddc7e58acf5b70091d2435",
    "scan": "5e4aa0a9120106ab00be42b3ea7500ade6a4508fa82adf827ec26bb130d7ec1d",
    "chest": "4803d5d4bb14bdae1aeb4981b00281c944912d1260945433e1f575452b5ce4b4",
    "ct": "4ca42635c62deaa1c2026df57f9fab5497a5f4ded416b9fc3c62cbb1ed2518fb",
}


def source(kind: str, images: int, seed: int = 0) -> DrawnSource:
    return DrawnSource.of(Phantom.model_construct(kind=kind, images=images, seed=seed))


def images(kind: str, count: int) -> list[Picture]:
    drawn = source(kind, count)
    return [np.asarray(drawn.read(index).pixels, np.uint8) for index in range(count)]


def checksum(kind: str) -> str:
    drawn = source(kind, 9)
    pictures = [np.asarray(drawn.read(index).pixels) for index in range(9)]
    masks = [np.asarray(drawn.mask(index)) for index in range(9)] if kind in MASKED else []
    return hashlib.sha256(b"".join(picture.tobytes() for picture in (*pictures, *masks))).hexdigest()


def draws(module: ModuleType, count: int) -> Iterator[tuple[Picture, Picture]]:
    """Images with their masks."""
    for seed in range(count):
        yield module.draw("", np.random.default_rng(seed)), module.mask(np.random.default_rng(seed))


def test_every_kind_of_the_language_is_drawn() -> None:
    assert set(KINDS) == {*PHANTOM_CLASSES, *PHANTOM_REGIONS}


@pytest.mark.parametrize("kind", KINDS)
def test_the_images_are_these_bytes(kind: str) -> None:
    assert checksum(kind) == CHECKSUMS[kind]


@pytest.mark.parametrize("kind", DRAWN)
def test_no_pixel_is_between_two_grey_levels(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another mathematical library changes a value by about 1e-13: here that changes no byte."""
    seen: list[NDArray[np.float64]] = []
    to_bytes = canvas.to_bytes

    def spy(values: NDArray[np.float64]) -> Picture:
        seen.append(values)
        return to_bytes(values)

    monkeypatch.setattr(canvas, "to_bytes", spy)
    for label in PHANTOM_CLASSES.get(kind, ("",)):
        KINDS[kind].draw(label, np.random.default_rng(5))
    assert seen and all(values.dtype == np.float64 for values in seen)
    levels = np.concatenate([255.999 * values[(values > 0) & (values < 1)] for values in seen])
    assert np.abs(levels - np.rint(levels)).min() > 1e-9


@pytest.mark.parametrize("kind", DRAWN)
def test_an_image_does_not_depend_on_the_number_of_images(kind: str) -> None:
    few, many = source(kind, 3), source(kind, 40)
    assert few.names == many.names[:3]
    np.testing.assert_array_equal(few.read(2).pixels, many.read(2).pixels)
    if kind in MASKED:
        np.testing.assert_array_equal(few.mask(2), many.mask(2))


@pytest.mark.parametrize("kind", DRAWN)
def test_an_image_is_grey_and_uses_its_range(kind: str) -> None:
    for picture in images(kind, 18):
        assert picture.shape == (canvas.SIZE, canvas.SIZE)
        assert picture.dtype == np.uint8
        assert np.ptp(picture) > 80


@pytest.mark.parametrize("kind", DRAWN)
def test_images_and_seeds_differ(kind: str) -> None:
    first, second = source(kind, 18), source(kind, 18, seed=1)
    assert len({np.asarray(one.read(index).pixels).tobytes() for one in (first, second) for index in range(18)}) == 36


@pytest.mark.parametrize("kind", CLASSIFIED)
def test_the_label_reaches_the_drawing(kind: str) -> None:
    classes = PHANTOM_CLASSES[kind]
    assert len({KINDS[kind].draw(label, np.random.default_rng(3)).tobytes() for label in classes}) == len(classes)


@pytest.mark.parametrize("kind", CLASSIFIED)
def test_an_unknown_label_is_refused_with_the_known_ones(kind: str) -> None:
    with pytest.raises(ValueError, match=rf"'Mel'.*{', '.join(PHANTOM_CLASSES[kind])}"):
        KINDS[kind].draw("Mel", np.random.default_rng(0))


@pytest.mark.parametrize("kind", CLASSIFIED)
def test_a_linear_model_hardly_tells_the_classes_apart(kind: str) -> None:
    labels = np.arange(108) % len(PHANTOM_CLASSES[kind])
    pixels = [prepare(picture, (16, 16, 1), "stretch").ravel() / 255 for picture in images(kind, 108)]
    model = LogisticRegression(C=0.1, max_iter=100).fit(pixels[:54], labels[:54])
    assert model.score(pixels[54:], labels[54:]) < 0.8


@pytest.mark.parametrize("kind", ["bone", "scan"])
def test_mean_brightness_hardly_tells_the_classes_apart(kind: str) -> None:
    brightness = [picture.mean() for picture in images(kind, 80)]
    assert 0.3 < roc_auc_score(np.arange(80) % 2, brightness) < 0.7


# --- the femur ---


def test_an_atypical_fracture_is_transverse_and_another_is_oblique() -> None:
    generators = [np.random.default_rng(seed) for seed in range(50)]
    atypical = [abs(bone._fracture(1.0, 0.17, rng).angle) for rng in generators]
    other = [abs(bone._fracture(0.0, 0.17, rng).angle) for rng in generators]
    assert max(atypical) < np.deg2rad(20) < np.deg2rad(40) < min(other)


def test_beaking_thickens_the_lateral_cortex_at_the_fracture_alone() -> None:
    x, y = canvas.plane()
    even = np.ones_like(x)
    plain, beaked = (bone._bone(bone._Femur(0.17, 0.35, 0.0, 1.5, beak), x, y, even) for beak in (0.0, 1.0))
    thicker = beaked - plain
    assert thicker[(np.abs(y) < 0.05) & (x > 0.14) & (x < 0.19)].min() > 0
    assert np.abs(thicker[np.abs(y) > 0.5]).max() < 1e-3
    assert beaked[(np.abs(y) < 0.02) & (x > 0.18) & (x < 0.21)].min() > 0.01
    outside = (x < -0.18) & (np.abs(y) < 0.3)
    np.testing.assert_array_equal(beaked[outside], plain[outside])


# --- the chest ---


def test_pneumonia_makes_a_part_of_the_lungs_denser() -> None:
    chest = thorax(np.random.default_rng(4))
    density = scan._opacities(chest, np.random.default_rng(5))
    inside = density[chest.lungs > 0]
    assert density.min() >= 0
    assert 0.05 < (inside > 0.08).mean() < 0.9


def test_the_lungs_are_denser_with_pneumonia_but_not_always() -> None:
    def lung_brightness(label: str, seed: int) -> float:
        lungs = thorax(np.random.default_rng(seed)).lungs > 0.02
        return float(np.percentile(scan.draw(label, np.random.default_rng(seed))[lungs], 90))

    labels = ["normal", "pneumonia"] * 40
    auc = roc_auc_score(
        [label == "pneumonia" for label in labels],
        [lung_brightness(*one) for one in zip(labels, range(80), strict=True)],
    )
    assert 0.6 < auc < 0.95


# --- the masks ---


@pytest.mark.parametrize(("kind", "values"), [("chest", [0, 255]), ("ct", [0, 128, 255])])
def test_a_mask_has_one_value_for_each_region(kind: str, values: list[int]) -> None:
    for picture, mask in draws(KINDS[kind], 10):
        assert mask.shape == picture.shape
        assert mask.dtype == np.uint8
        assert np.unique(mask).tolist() == values


@pytest.mark.parametrize(("kind", "smallest", "lungs"), [("chest", 0.15, 2), ("ct", 0.03, 2)])
def test_both_lungs_are_whole_and_inside_the_image(kind: str, smallest: float, lungs: int) -> None:
    for _, mask in draws(KINDS[kind], 20):
        assert (mask > 0).mean() > smallest
        assert not any(edge.any() for edge in (mask[0], mask[-1], mask[:, 0], mask[:, -1]))
        pieces = sum(connected(mask == value)[1] for value in np.unique(mask)[1:])
        assert pieces == lungs


@pytest.mark.parametrize("kind", MASKED)
def test_the_mask_is_where_the_air_is(kind: str) -> None:
    for picture, mask in draws(KINDS[kind], 10):
        border = binary_dilation(mask > 0, iterations=5) & (mask == 0)
        assert np.median(picture[mask > 0]) + 30 < np.median(picture[border])


@pytest.mark.parametrize("kind", MASKED)
def test_the_border_of_the_mask_is_the_border_that_was_drawn(kind: str) -> None:
    """Moved by 3 pixels in any direction, the mask separates bright from dark less well."""

    def contrast(picture: Picture, inside: NDArray[np.bool_]) -> float:
        around = binary_dilation(inside, iterations=3) & ~inside
        within = inside & ~binary_erosion(inside, iterations=3)
        return float(picture[around].mean() - picture[within].mean())

    for picture, mask in draws(KINDS[kind], 5):
        moved = [np.roll(mask > 0, step, axis) for axis in (0, 1) for step in (-3, 3)]
        assert all(contrast(picture, other) < contrast(picture, mask > 0) for other in moved)


def test_the_left_lung_is_at_the_right_of_a_slice() -> None:
    for _, mask in draws(KINDS["ct"], 10):
        assert np.nonzero(mask == 128)[1].mean() > np.nonzero(mask == 255)[1].mean() + 40


def test_the_left_and_the_right_lung_have_the_values_in_the_order_of_the_regions() -> None:
    assert PHANTOM_REGIONS["ct"] == ("left lung", "right lung")
    assert (ct.LEFT, ct.RIGHT) == (128, 255)


# --- the run ---


@pytest.mark.parametrize("kind", CLASSIFIED)
def test_a_phantom_with_classes_can_be_trained(kind: str, tmp_path: Path) -> None:
    assert refusals(f"classes = {json.dumps(PHANTOM_CLASSES[kind])}\n  label = filename", kind, tmp_path) == []


@pytest.mark.parametrize("kind", MASKED)
def test_a_phantom_with_masks_can_be_trained(kind: str, tmp_path: Path) -> None:
    assert refusals("", kind, tmp_path) == []


def refusals(settings: str, kind: str, folder: Path) -> list[tuple[str, str, str]]:
    """The code, the message and the place of what keeps labc from training on a phantom."""
    units = len((PHANTOM_CLASSES | PHANTOM_REGIONS)[kind])
    if kind in MASKED:
        model, loss = f"conv({units}, 1x1, sigmoid)", "dice"
    else:
        model = "flatten -> classifier"
        loss = "categorical_crossentropy" if units > 2 else "binary_crossentropy"
    path = folder / "phantom.lab"
    data = f"data {{\n  source = phantom({kind}, images = 90)\n  {settings}\n  image = 32x32x1\n}}\n"
    path.write_text(f"{data}model {{ {model} }}\ntrain {{\n  loss = {loss}\n  batch = 8\n  epochs = 1\n}}\n")
    found = check_trainable(labc.load(path).experiment)
    return [(one.code.value, one.message, one.span.text) for one in found]
