"""Masks that cannot be used: each a diagnostic that says what is found and what to write."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ..golden import check_golden
from .masked import Array, picture, refusal, regions, save, write

GOLDEN = Path(__file__).parent.parent / "bad" / "run"
SOURCES = ('source = folder("images")', 'masks = folder("masks")')
TWO = ('classes = ["left", "right"]', "mask_values = [128, 255]")


def check(name: str, text: str) -> None:
    check_golden(GOLDEN / f"masks_{name}.txt", text)


def images(folder: Path, count: int = 10) -> None:
    write(folder, {f"images/{number}.png": picture(number) for number in range(count)})


def pairs(folder: Path, *values: int, ending: str = "png", count: int = 10) -> None:
    """Images with masks of these values."""
    images(folder, count)
    write(folder, {f"masks/{number}.{ending}": regions(number, values) for number in range(count)})


@pytest.mark.parametrize(
    ("name", "mask"),
    [
        ("suffix", "{}_mask"),
        ("prefix", "Mask_{}"),
        ("manual", "{}_manual1"),
        ("numbers", "mask-{:03}"),
        ("unrelated", "x"),
    ],
)
def test_masks_with_other_names(tmp_path: Path, name: str, mask: str) -> None:
    before = "{}" if name != "manual" else "{}_training"
    write(tmp_path, {f"images/{before.format(n)}.png": picture(n) for n in range(20, 30)})
    names = {mask.format(n): n for n in range(20, 30)}
    write(tmp_path, {f"masks/{one}.png": regions(n) for one, n in names.items()})
    check(f"named_{name}", refusal(tmp_path, *SOURCES))


def test_several_masks_of_an_image_that_are_not_joined(tmp_path: Path) -> None:
    images(tmp_path)
    write(tmp_path, {f"masks/{n}_mask{end}.png": regions(n) for n in range(10) for end in ("", "_1")})
    check("not_joined", refusal(tmp_path, *SOURCES, 'mask_name = "{stem}_mask"'))


def test_two_masks_for_one_image(tmp_path: Path) -> None:
    pairs(tmp_path, 0, 255)
    save(tmp_path / "masks/3.tif", regions(3))
    check("two", refusal(tmp_path, *SOURCES))


def test_one_mask_for_two_images(tmp_path: Path) -> None:
    pairs(tmp_path, 0, 255)
    save(tmp_path / "images/3.tif", picture(3))
    check("shared", refusal(tmp_path, *SOURCES))


def test_images_without_a_mask_and_masks_without_an_image(tmp_path: Path) -> None:
    pairs(tmp_path, 0, 255)
    (tmp_path / "masks/3.png").unlink()
    check("missing", refusal(tmp_path, *SOURCES))
    (tmp_path / "images/3.png").unlink()
    (tmp_path / "images/5.png").unlink()
    check("left_over", refusal(tmp_path, *SOURCES))


def test_the_same_names_in_folders_that_do_not_agree(tmp_path: Path) -> None:
    write(tmp_path, {f"images/{part}/{n}.png": picture(n) for part in ("a", "b") for n in range(5)})
    write(tmp_path, {f"masks/{part}/{n}.png": regions(n) for part in ("c", "d") for n in range(5)})
    check("folders", refusal(tmp_path, *SOURCES))


def test_masks_that_are_all_files_of_the_source(tmp_path: Path) -> None:
    images(tmp_path)
    check("all_files", refusal(tmp_path, 'source = folder("images")', 'masks = folder("images")'))


def test_a_mask_of_another_size(tmp_path: Path) -> None:
    pairs(tmp_path, 0, 255)
    save(tmp_path / "masks/3.png", regions(3, size=(8, 6)))
    save(tmp_path / "masks/4.png", regions(3, size=(3, 4)))
    check("size", refusal(tmp_path, *SOURCES))


def test_an_image_that_is_turned_and_its_mask_that_is_not(tmp_path: Path) -> None:
    pairs(tmp_path, 0, 255)
    turned = Image.Exif()
    turned[274] = 6
    save(tmp_path / "images/3.png", picture(3), exif=turned)
    check("turned", refusal(tmp_path, *SOURCES))


def test_values_of_no_class(tmp_path: Path) -> None:
    pairs(tmp_path, 0, 128, 255)
    mask = regions(0, (0, 128, 255))
    mask[0, 3:6] = 7
    save(tmp_path / "masks/3.png", mask)
    check("values", refusal(tmp_path, *SOURCES, *TWO))


def test_the_background_is_no_value_if_a_class_is_the_background(tmp_path: Path) -> None:
    pairs(tmp_path, 0, 1, 2)
    check("no_zero", refusal(tmp_path, *SOURCES, 'classes = ["pet", "Background"]', "mask_values = [1, 2]"))


def test_many_values_of_no_class(tmp_path: Path) -> None:
    pairs(tmp_path, *range(40))
    check("many_values", refusal(tmp_path, *SOURCES, "mask_values = [1]"))


@pytest.mark.parametrize("values", [(0, 1), (0, 1, 2)], ids=str)
def test_small_numbers_would_be_all_background(tmp_path: Path, values: tuple[int, ...]) -> None:
    pairs(tmp_path, *values)
    check(f"dark_{len(values)}", refusal(tmp_path, *SOURCES))


def test_a_class_that_never_occurs(tmp_path: Path) -> None:
    pairs(tmp_path, 0, 128)
    check("never", refusal(tmp_path, *SOURCES, *TWO))


def test_colours_decimals_signs_and_jpeg(tmp_path: Path) -> None:
    def only(mask: Array, ending: str) -> None:
        pairs(tmp_path, 0, 128, 255)
        (tmp_path / "masks/3.png").unlink()
        save(tmp_path / f"masks/3.{ending}", mask)

    colours = np.stack([regions(n, (0, 128, 255)) for n in range(3)], axis=2)
    only(colours, "png")
    check("colours", refusal(tmp_path, *SOURCES, *TWO))
    only(regions(3, (0, 1), dtype=np.float32) / 2, "tif")
    check("decimals", refusal(tmp_path, *SOURCES, *TWO))
    only(regions(3, (-5, 128, 255), dtype=np.int16), "tif")
    check("negative", refusal(tmp_path, *SOURCES, *TWO))
    check("signed", refusal(tmp_path, *SOURCES))
    (tmp_path / "masks/3.tif").unlink()
    only(regions(3, (0, 128, 255)), "jpg")
    check("jpeg", refusal(tmp_path, *SOURCES, *TWO))


def test_unreadable_masks(tmp_path: Path) -> None:
    pairs(tmp_path, 0, 255)
    (tmp_path / "masks/3.png").write_bytes(b"")
    check("unreadable", refusal(tmp_path, *SOURCES))


def test_joined_masks_that_contradict_each_other(tmp_path: Path) -> None:
    images(tmp_path)
    write(tmp_path, {f"masks/{n}_a.png": regions(n, (128, 255)) for n in range(10)})
    write(tmp_path, {f"masks/{n}_b.png": regions(n + 50, (0, 255)) for n in range(10)})
    check("overlap", refusal(tmp_path, *SOURCES, *TWO, 'mask_name = "{stem}_*"'))
