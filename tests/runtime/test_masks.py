"""Masks as targets: their values, their size, and that they stay with their images."""

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from labc.runtime.cli import commands
from labc.runtime.data.phantom import KINDS
from labc.runtime.data.placement import nearest, resize_nearest
from labc.runtime.data.resize import prepare

from .masked import Array, experiment, load, masks_of, picture, regions, save, write
from .tiny import selection_of

SOURCES = ('source = folder("images")', 'masks = folder("masks")')
TWO = ('classes = ["left", "right"]', "mask_values = [128, 255]")
SIDES = st.integers(1, 40)
RESIZE = st.sampled_from(["stretch", "pad", "crop"])


def write_pairs(folder: Path, masks: dict[str, Array]) -> None:
    for number, (name, mask) in enumerate(masks.items()):
        save(folder / "images" / f"{Path(name).stem}.png", picture(number, mask.shape[:2]))
        save(folder / "masks" / name, mask)


# --- resizing ---


@given(size=st.tuples(SIDES, SIDES), wanted=st.tuples(SIDES, SIDES), resize=RESIZE, seed=st.integers(0, 99))
def test_a_resized_mask_has_only_values_that_were_there(
    size: tuple[int, int], wanted: tuple[int, int], resize: str, seed: int
) -> None:
    mask = np.random.default_rng(seed).choice([0, 3, 4, 9], size).astype(np.uint8)
    resized = resize_nearest(mask, wanted, resize, 7)
    assert resized.shape == wanted
    assert resized.dtype == np.uint8
    assert set(np.unique(resized)) <= set(np.unique(mask)) | ({7} if resize == "pad" else set())


@given(side=SIDES, wanted=SIDES)
def test_each_new_pixel_is_the_one_in_which_its_centre_lies(side: int, wanted: int) -> None:
    centres = (np.arange(wanted) + 0.5) * side / wanted
    assert nearest(side, wanted).tolist() == np.floor(centres + 1e-9).astype(int).tolist()


@given(
    blocks=st.tuples(st.integers(1, 6), st.integers(1, 6)),
    factor=st.integers(1, 5),
    resize=RESIZE,
    target=st.tuples(st.integers(1, 8), st.integers(1, 8)),
    seed=st.integers(0, 99),
)
def test_a_mask_stays_on_its_image(
    blocks: tuple[int, int], factor: int, resize: str, target: tuple[int, int], seed: int
) -> None:
    """The image is its own mask, made of squares of `factor` pixels, which become one pixel each."""
    small = np.random.default_rng(seed).integers(0, 2, blocks, np.uint8) * 255
    image = np.kron(small, np.ones((factor, factor), np.uint8))
    wanted = blocks if resize == "stretch" else target
    prepared = prepare(image, (*wanted, 1), resize)[..., 0]
    mask = resize_nearest(image, wanted, resize, 0)
    clear = (prepared == 0) | (prepared == 255)  # the image is not averaged over two classes there
    assert np.array_equal(prepared[clear], mask[clear])
    if resize == "stretch":
        assert clear.all()


@given(size=st.tuples(SIDES, SIDES, SIDES), wanted=st.tuples(SIDES, SIDES, SIDES), resize=RESIZE)
def test_volumes_are_resized_along_each_axis(
    size: tuple[int, int, int], wanted: tuple[int, int, int], resize: str
) -> None:
    mask = np.random.default_rng(0).integers(0, 3, size, np.uint8)
    assert resize_nearest(mask, wanted, resize, 3).shape == wanted


# --- values ---


def test_lighter_than_middle_grey_has_the_class(tmp_path: Path) -> None:
    steps = np.arange(48, dtype=np.uint8).reshape(6, 8) * 5
    deep = (np.arange(48).reshape(6, 8) * 1394).astype(np.uint16)
    one_bit = regions(3) > 0
    write_pairs(tmp_path, {"a.png": steps, "b.png": deep, "c.png": one_bit, "d.tif": steps, "e.npy": one_bit})
    save(tmp_path / "masks/e.npy", one_bit)
    found = masks_of(tmp_path, *SOURCES)
    assert np.array_equal(found["a.png"], np.where(steps > 127, 0, 1))
    assert np.array_equal(found["b.png"], np.where(deep > 32767, 0, 1))
    assert np.array_equal(found["c.png"], np.where(one_bit, 0, 1))
    assert np.array_equal(found["d.png"], found["a.png"])
    assert np.array_equal(found["e.png"], found["c.png"])


def test_a_jpeg_mask_has_the_class_where_it_is_light(tmp_path: Path) -> None:
    masks = {f"{n}.jpg": np.kron(regions(n, size=(2, 2)), np.ones((8, 8), np.uint8)) for n in range(6)}
    write_pairs(tmp_path, masks)
    (tmp_path / "masks/5.jpg").unlink()
    save(tmp_path / "masks/5.jpg", np.zeros((16, 16), np.uint8) + np.uint8(3))  # no class; the file has no exact zeros
    found = masks_of(tmp_path, *SOURCES, image="16x16x1")
    for n in range(5):
        assert np.array_equal(found[f"{n}.png"], np.where(masks[f"{n}.jpg"] == 255, 0, 1))
    assert (found["5.png"] == 1).all()


@given(
    values=st.lists(st.integers(0, 65535), min_size=2, max_size=5, unique=True),
    dtype=st.sampled_from([np.uint8, np.uint16, np.int32, np.int64, np.float32, np.float64]),
)
def test_each_value_is_the_class_at_its_place_in_the_list(
    tmp_path_factory: pytest.TempPathFactory, values: list[int], dtype: type[np.generic]
) -> None:
    folder = tmp_path_factory.mktemp("masks")
    top = 255 if dtype == np.uint8 else 65535
    values = [*dict.fromkeys(value % (top + 1) for value in values)]
    if values == [0]:
        values = [0, 1]
    stored = [*dict.fromkeys([*values, 0])]
    masks = {f"{n}.npy": regions(n, tuple(stored), dtype=dtype) for n in range(4)}
    write_pairs(folder, masks)
    names = ", ".join(f'"class {n}"' for n in range(len(values)))
    found = masks_of(folder, *SOURCES, f"classes = [{names}]", f"mask_values = {values}")
    for name, mask in masks.items():
        expected = np.full(mask.shape, len(values))
        for number, value in enumerate(values):
            expected[mask == value] = number
        assert np.array_equal(found[f"{Path(name).stem}.png"], expected)


def test_the_numbers_of_a_coloured_palette_are_the_values(tmp_path: Path) -> None:
    masks = {n: regions(n, (0, 1, 2)) for n in range(5)}
    write(tmp_path, {f"images/{n}.png": picture(n) for n in masks})
    (tmp_path / "masks").mkdir()
    for n, mask in masks.items():
        coloured = Image.fromarray(mask, "P")
        coloured.putpalette([0, 0, 0, 128, 0, 0, 0, 128, 0])
        coloured.save(tmp_path / f"masks/{n}.png")
    found = masks_of(tmp_path, *SOURCES, 'classes = ["left", "right"]', "mask_values = [1, 2]")
    assert all(np.array_equal(found[f"{n}.png"], np.array([2, 0, 1])[mask]) for n, mask in masks.items())


def test_three_equal_channels_are_one(tmp_path: Path) -> None:
    masks = {f"{n}.png": np.repeat(regions(n, (0, 128, 255))[..., None], 3, axis=2) for n in range(5)}
    write_pairs(tmp_path, masks)
    found = masks_of(tmp_path, *SOURCES, *TWO)
    assert all(
        np.array_equal(found[name], np.select([mask[..., 0] == 128, mask[..., 0] == 255], [0, 1], 2))
        for name, mask in masks.items()
    )


@pytest.mark.parametrize("orientation", ["exif", "ignore"])
def test_an_image_and_its_mask_are_turned_alike(tmp_path: Path, orientation: str) -> None:
    turned = Image.Exif()
    turned[274] = 6  # to be turned to the right
    masks = {n: regions(n) for n in range(4)}
    for n, mask in masks.items():
        save(tmp_path / f"images/{n}.png", picture(n), exif=turned)
        save(tmp_path / f"masks/{n}.png", mask, exif=turned)
    size = "8x6x1" if orientation == "exif" else "6x8x1"
    found = masks_of(tmp_path, *SOURCES, f"orientation = {orientation}", image=size)
    for n, mask in masks.items():
        expected = np.rot90(mask, -1) if orientation == "exif" else mask
        assert np.array_equal(found[f"{n}.png"], np.where(expected == 255, 0, 1))


# --- the data set ---


@given(seed=st.integers(0, 99))
def test_the_order_of_the_files_never_changes_a_mask(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    """The files are made in another order, and read in that in which a folder returns them."""
    masks = {f"{n}.png": regions(n) for n in range(12)}
    order = np.random.default_rng(seed).permutation(list(masks))
    folder = tmp_path_factory.mktemp("order")
    write_pairs(folder, {name: masks[name] for name in order})
    for name, found in masks_of(folder, *SOURCES).items():
        assert np.array_equal(found, np.where(masks[name] == 255, 0, 1))


def test_the_counts_are_those_of_the_images_in_which_a_class_occurs(tmp_path: Path) -> None:
    masks = {f"{n}.png": regions(n, (0, 128, 255) if n % 3 else (0, 128)) for n in range(12)}
    write_pairs(tmp_path, masks)
    dataset = load(tmp_path, *SOURCES, *TWO)
    for part in dataset.parts.values():
        assert part.counts == {
            "left": len(part.files),
            "right": sum(int(Path(file).stem) % 3 > 0 for file in part.files),
        }


def test_masks_come_from_the_cache_and_change_with_what_decides_about_them(tmp_path: Path) -> None:
    masks = {f"{n}.png": regions(n, (0, 128, 255)) for n in range(6)}
    write_pairs(tmp_path, masks)

    def files() -> set[str]:
        return {path.name for path in (tmp_path / "cache").iterdir()}

    load(tmp_path, *SOURCES, *TWO)
    first = files()
    load(tmp_path, *SOURCES, *TWO)
    assert files() == first
    reversed_values = load(tmp_path, *SOURCES, 'classes = ["left", "right"]', "mask_values = [255, 128]")
    assert len(files()) == len(first) + 1  # the images stay
    for part in reversed_values.parts.values():
        for file, mask in zip(part.files, part.targets, strict=True):
            assert np.array_equal(mask, np.select([masks[file] == 255, masks[file] == 128], [0, 1], 2))
    mask = masks["3.png"].copy()
    mask[0] = 255
    save(tmp_path / "masks/3.png", mask)
    found = masks_of(tmp_path, *SOURCES, *TWO)
    assert np.array_equal(found["3.png"], np.select([mask == 128, mask == 255], [0, 1], 2))


def test_the_key_of_a_mask_is_its_content_and_not_its_name(tmp_path: Path) -> None:
    masks = {f"{n}.png": regions(n) for n in range(6)}
    write_pairs(tmp_path, masks)
    shutil.copytree(tmp_path / "masks", tmp_path / "renamed")
    for path in (tmp_path / "renamed").iterdir():
        path.rename(path.with_stem(f"{path.stem}_mask"))
    one = selection_of(experiment(tmp_path, *SOURCES))
    other = selection_of(experiment(tmp_path, SOURCES[0], 'masks = folder("renamed")', 'mask_name = "{stem}_mask"'))
    assert one.images_key == other.images_key
    assert one.targets.describe(3) == "3.png"
    assert other.targets.describe(3) == "3_mask.png"
    save(tmp_path / "masks/3.png", 255 - masks["3.png"])
    assert selection_of(experiment(tmp_path, *SOURCES)).images_key != one.images_key


@pytest.mark.parametrize(("kind", "values"), [("chest", {"lung": 255}), ("ct", {"left lung": 128, "right lung": 255})])
def test_phantoms_draw_the_masks_of_their_images(tmp_path: Path, kind: str, values: dict[str, int]) -> None:
    for names in (list(values), list(reversed(values))):
        found = masks_of(
            tmp_path,
            f"source = phantom({kind}, images = 6, seed = 3)",
            f"classes = {json.dumps(names)}",
            image="192x192x1",
        )
        for index in range(6):
            drawn = KINDS[kind].mask(np.random.default_rng([3, index % len(values), index]))
            expected = np.select([drawn == values[name] for name in names], range(len(names)), len(names))
            assert np.array_equal(found[f"Image/Im{index:03}.png"], expected)


# --- labc data ---


def described(path: Path, *options: str) -> Any:
    result = CliRunner().invoke(commands, ["data", str(path), "--json", *options])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_labc_data_describes_masks(tmp_path: Path) -> None:
    masks = {f"{n}.png": regions(n, (0, 128, 255) if n % 3 else (0, 128), (9, 7)) for n in range(9)}
    write_pairs(tmp_path, masks)
    experiment(tmp_path, *SOURCES, *TWO)
    data = described(tmp_path / "masks.lab", "--sheet", str(tmp_path / "sheet.png"))
    assert data["task"] == "segmentation"
    assert [(one["file"], one["label"], one["mask"]) for one in data["images"]] == [
        (name, None, name) for name in masks
    ]
    whole = np.stack(list(masks.values()))
    assert [one["class_name"] for one in data["mask_values"]] == ["background", "left", "right"]
    for one, value in zip(data["mask_values"], (0, 128, 255), strict=True):
        assert one["low"] == one["high"] == value
        assert one["share"] == pytest.approx((whole == value).mean())
        assert one["images"] == sum((mask == value).any() for mask in masks.values())
    assert sum(part["by_class"]["left"] for part in data["parts"].values()) == 9
    assert np.asarray(Image.open(tmp_path / "sheet.png")).ndim == 3


def test_the_default_rule_has_two_ranges_of_values(tmp_path: Path) -> None:
    write_pairs(tmp_path, {f"{n}.png": regions(n) for n in range(6)})
    experiment(tmp_path, *SOURCES)
    found = [(one["low"], one["high"], one["class_name"]) for one in described(tmp_path / "masks.lab")["mask_values"]]
    assert found == [(0, 127, "background"), (128, 255, "foreground")]


def test_the_sheet_has_an_outline_of_each_class(tmp_path: Path) -> None:
    """On black images, the colours of the outlines are those of the classes."""
    blocks = np.zeros((32, 32), np.uint8)
    blocks[4:14, 4:28], blocks[18:28, 4:28] = 128, 255
    for n in range(8):
        save(tmp_path / f"images/{n}.png", np.full((32, 32), n, np.uint8))
        save(tmp_path / f"masks/{n}.png", blocks)
    experiment(tmp_path, *SOURCES, *TWO, image="32x32x1")
    described(tmp_path / "masks.lab", "--sheet", str(tmp_path / "sheet.png"))
    sheet = np.asarray(Image.open(tmp_path / "sheet.png"))[..., :3].astype(int)
    for colour in ((86, 180, 233), (230, 159, 0)):
        assert (np.abs(sheet - colour).max(axis=2) < 12).sum() > 200
