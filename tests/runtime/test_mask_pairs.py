"""Pairing images with masks: by their names, never by their order."""

from pathlib import Path, PurePosixPath

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labc.compiler.sections import FilenamePattern
from labc.runtime.data.sources.mask_naming import MaskNaming, NamedAfter, SameName, SamePart
from labc.runtime.data.targets.mask_pairs import pair

from .masked import Array, masks_of, picture, refusal, regions, save, write

WORDS = st.text("abc012_-() .", min_size=1, max_size=8).filter(lambda text: text.strip(". ") == text)
STEMS = st.lists(WORDS, min_size=1, max_size=8, unique=True)
ENDINGS = st.sampled_from([".png", ".TIF", ".gif", ".jpeg"])


def encoded(mask: Array, *values: int) -> Array:
    """The class numbers of a mask: n for value n of these, and their number for all others."""
    numbers = np.full(mask.shape, len(values), np.uint8)
    for number, value in enumerate(values):
        numbers[mask == value] = number
    return numbers


# --- properties ---


@given(data=st.data(), stems=STEMS, before=WORDS | st.just(""), after=WORDS | st.just(""))
def test_masks_named_after_their_images_find_them_in_any_order(
    data: st.DataObject, stems: list[str], before: str, after: str
) -> None:
    images = [PurePosixPath("/a", stem + data.draw(ENDINGS)) for stem in stems]
    order = data.draw(st.permutations(range(len(stems))))
    masks = [PurePosixPath("/b", before + stems[index] + after + data.draw(ENDINGS)) for index in order]
    found = pair(images, masks, NamedAfter(before, after))
    assert found.faults == 0
    assert [[order[mask] for mask in one] for one in found.masks] == [[index] for index in range(len(stems))]


@given(data=st.data(), stems=STEMS, renamed=STEMS)
def test_a_renaming_that_keeps_the_pairs_keeps_the_pairing(
    data: st.DataObject, stems: list[str], renamed: list[str]
) -> None:
    count = min(len(stems), len(renamed))
    order = data.draw(st.permutations(range(count)))
    for names in (stems, renamed):
        images = [PurePosixPath("/a", f"{names[index]}.png") for index in range(count)]
        masks = [PurePosixPath("/b", f"{names[index]}_mask.png") for index in order]
        assert [[order[mask] for mask in one] for one in pair(images, masks, NamedAfter("", "_mask")).masks] == [
            [index] for index in range(count)
        ]


@given(
    stems=st.lists(st.integers(0, 30), min_size=1, max_size=6, unique=True),
    folders=st.lists(WORDS.map(str.strip), min_size=1, max_size=4, unique=True),
    data=st.data(),
    naming=st.sampled_from([NamedAfter(), NamedAfter("m"), SamePart(FilenamePattern(pattern="([0-9]+)"))]),
)
def test_the_same_names_in_several_folders_are_paired_in_each(
    stems: list[int], folders: list[str], data: st.DataObject, naming: MaskNaming
) -> None:
    places = [(folder, stem) for folder in folders for stem in stems]
    order = data.draw(st.permutations(range(len(places))))
    start = naming.before if isinstance(naming, NamedAfter) else "mask "
    images = [PurePosixPath("/data", folder, "images", f"{stem}.png") for folder, stem in places]
    masks = [PurePosixPath("/data", places[i][0], "masks", f"{start}{places[i][1]}.gif") for i in order]
    found = pair(images, masks, naming)
    assert found.faults == 0
    assert [[order[mask] for mask in one] for one in found.masks] == [[index] for index in range(len(places))]


@given(stems=STEMS, lost=st.sets(st.integers(0, 7)), left=st.sets(st.integers(0, 7)))
def test_every_image_and_every_mask_is_paired_or_reported(stems: list[str], lost: set[int], left: set[int]) -> None:
    images = [PurePosixPath("/a", f"{stem}.png") for number, stem in enumerate(stems) if number not in left]
    masks = [PurePosixPath("/b", f"{stem}.png") for number, stem in enumerate(stems) if number not in lost]
    found = pair(images, masks, NamedAfter())
    names = {path.name for path in images}, {path.name for path in masks}
    assert {images[index].name for index in found.without_mask} == names[0] - names[1]
    assert {masks[index].name for index in found.without_image} == names[1] - names[0]
    assert {images[index].name for index, one in enumerate(found.masks) if one} == names[0] & names[1]


@given(numbers=st.lists(st.integers(0, 200), min_size=1, max_size=10, unique=True), counts=st.data())
def test_all_masks_of_an_image_are_joined(numbers: list[int], counts: st.DataObject) -> None:
    images = [PurePosixPath("/a", f"{number}.png") for number in numbers]
    masks, owner = [], []
    for index, number in enumerate(numbers):
        for mask in range(counts.draw(st.integers(1, 3))):
            masks.append(PurePosixPath("/b", f"{number}_mask_{mask}.png"))
            owner.append(index)
    found = pair(images, masks, NamedAfter("", "_mask", joins=True))
    assert found.faults == 0
    assert all(owner[mask] == index for index, one in enumerate(found.masks) for mask in one)


def test_a_joined_mask_that_fits_two_images_belongs_to_the_one_with_the_longer_name() -> None:
    images = [PurePosixPath("/a/cell.png"), PurePosixPath("/a/cell_mask.png")]
    masks = [PurePosixPath("/b/cell_mask_1.png"), PurePosixPath("/b/cell_mask_mask_1.png")]
    assert pair(images, masks, NamedAfter("", "_mask", joins=True)).masks == [[0], [1]]


def test_one_name_for_all_masks_takes_the_one_in_the_folder_of_the_image() -> None:
    images = [PurePosixPath(f"/data/patient{n}/img.png") for n in (3, 1, 2)]
    masks = [PurePosixPath(f"/data/patient{n}/mask.png") for n in (1, 2, 3)]
    assert pair(images, masks, SameName("mask")).masks == [[2], [0], [1]]


# --- layouts of public sets, written in small ---


def test_the_layout_of_busi(tmp_path: Path) -> None:
    kinds = [(kind, n) for kind in ("benign", "malignant", "normal") for n in range(1, 12)]
    masks = {one: regions(number) for number, one in enumerate(kinds)}
    for number, ((kind, n), mask) in enumerate(masks.items()):
        save(tmp_path / f"BUSI/{kind}/{kind} ({n}).png", picture(number, (6, 8, 3)))
        save(tmp_path / f"BUSI/{kind}/{kind} ({n})_mask.png", mask)
    extra = np.zeros((6, 8), np.uint8)
    extra[0] = 255
    save(tmp_path / "BUSI/benign/benign (4)_mask_1.png", extra)
    found = masks_of(
        tmp_path,
        'source = files("BUSI/*/*.png")',
        'masks = files("BUSI/*/*_mask*.png")',
        'mask_name = "{stem}_mask*"',
    )
    masks["benign", 4] = np.maximum(masks["benign", 4], extra)
    assert sorted(found) == sorted(f"{kind}/{kind} ({n}).png" for kind, n in kinds)
    for (kind, n), mask in masks.items():
        assert np.array_equal(found[f"{kind}/{kind} ({n}).png"], encoded(mask, 255))


def test_one_folder_has_images_and_masks_that_the_name_tells_apart(tmp_path: Path) -> None:
    masks = {n: regions(n) for n in range(10)}
    write(tmp_path, {f"all/{n}.png": picture(n) for n in masks} | {f"all/{n}_mask.png": masks[n] for n in masks})
    found = masks_of(tmp_path, 'source = folder("all")', 'masks = folder("all")', 'mask_name = "{stem}_mask"')
    assert sorted(found) == [f"{n}.png" for n in masks]
    assert all(np.array_equal(found[f"{n}.png"], encoded(mask, 255)) for n, mask in masks.items())


def test_the_layout_of_drive(tmp_path: Path) -> None:
    masks = {n: regions(n) for n in range(21, 41)}
    for n, mask in masks.items():
        save(tmp_path / f"DRIVE/training/images/{n}_training.tif", picture(n, (6, 8, 3)))
        save(tmp_path / f"DRIVE/training/1st_manual/{n}_manual1.gif", mask)
        save(tmp_path / f"DRIVE/training/mask/{n}_training_mask.gif", np.full((6, 8), 255, np.uint8))
    found = masks_of(
        tmp_path,
        'source = folder("DRIVE/training/images")',
        'masks = folder("DRIVE/training/1st_manual")',
        'mask_name = filename("^([0-9]+)_")',
    )
    assert sorted(found) == [f"{n}_training.tif" for n in masks]
    assert all(np.array_equal(found[f"{n}_training.tif"], encoded(mask, 255)) for n, mask in masks.items())


def test_the_layout_of_isic_with_a_source_for_each_part(tmp_path: Path) -> None:
    masks = {n: regions(n) for n in range(20)}
    for n, mask in masks.items():
        part = "Training" if n < 14 else "Validation"
        save(tmp_path / f"ISIC2018_Task1-2_{part}_Input/ISIC_{n:07}.jpg", picture(n, (6, 8, 3)))
        save(tmp_path / f"ISIC2018_Task1_{part}_GroundTruth/ISIC_{n:07}_segmentation.png", mask)
    found = masks_of(
        tmp_path,
        'train      = folder("ISIC2018_Task1-2_Training_Input")',
        'validation = folder("ISIC2018_Task1-2_Validation_Input")',
        'masks      = files("ISIC2018_Task1_*_GroundTruth/*.png")',
        'mask_name  = "{stem}_segmentation"',
    )
    for n, mask in masks.items():
        part = "train" if n < 14 else "validation"
        assert np.array_equal(found[f"{part}/ISIC_{n:07}.jpg"], encoded(mask, 255))


def test_the_parts_may_have_the_same_names(tmp_path: Path) -> None:
    masks = {(part, n): regions(n + 50 * (part == "val")) for part in ("train", "val") for n in range(6)}
    for (part, n), mask in masks.items():
        save(tmp_path / f"data/{part}/images/{n}.png", picture(n + 50 * (part == "val")))
        save(tmp_path / f"data/{part}/masks/{n}.png", mask)
    found = masks_of(
        tmp_path,
        'train      = folder("data/train/images")',
        'validation = folder("data/val/images")',
        'masks      = files("data/*/masks/*.png")',
    )
    names = {"train": "train", "val": "validation"}
    for (part, n), mask in masks.items():
        assert np.array_equal(found[f"{names[part]}/{n}.png"], encoded(mask, 255))


def test_the_layout_of_oxford_pets(tmp_path: Path) -> None:
    masks = {n: regions(n, (1, 2, 3)) for n in range(10)}
    write(tmp_path, {f"images/Abyssinian_{n}.jpg": picture(n, (6, 8, 3)) for n in masks})
    write(tmp_path, {f"annotations/trimaps/Abyssinian_{n}.png": mask for n, mask in masks.items()})
    settings = (
        'source = folder("images")',
        'masks = folder("annotations/trimaps")',
        'classes = ["pet", "background", "border"]',
        "mask_values = [1, 2, 3]",
    )
    found = masks_of(tmp_path, *settings)
    assert all(np.array_equal(found[f"Abyssinian_{n}.jpg"], mask - 1) for n, mask in masks.items())
    padded = masks_of(tmp_path, *settings, "resize = pad", image="8x8x1")
    assert all((padded[f"Abyssinian_{n}.jpg"][[0, 7]] == 1).all() for n in masks)


def test_a_table_lists_the_masks(tmp_path: Path) -> None:
    masks = {n: regions(n) for n in range(10)}
    write(tmp_path, {f"set/images/{n}.png": picture(n) for n in masks})
    write(tmp_path, {f"set/seg/{n}_seg.png": mask for n, mask in masks.items()})
    rows = [f"images/{n}.png,seg/{n}_seg.png" for n in reversed(masks)]
    (tmp_path / "t.csv").write_text("\n".join(["image,mask", *rows]) + "\n", encoding="utf-8")
    found = masks_of(
        tmp_path,
        'source = csv("t.csv", image = "image", root = "set")',
        'masks = csv("t.csv", image = "mask", root = "set")',
        'mask_name = "{stem}_seg"',
    )
    assert all(np.array_equal(found[f"images/{n}.png"], encoded(mask, 255)) for n, mask in masks.items())


@pytest.mark.parametrize("stars", ["masks/*.png", "mask*/*"])
def test_a_folder_without_images_beside_its_masks_is_refused(tmp_path: Path, stars: str) -> None:
    write(tmp_path, {f"masks/{n}.png": regions(n) for n in range(4)})
    assert "E0502" in refusal(tmp_path, 'source = folder("masks")', f'masks = files("{stars}")')
