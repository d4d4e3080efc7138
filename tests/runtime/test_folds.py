"""Folds: every image is validated once, no group is divided, and a class is spread as scikit-learn spreads it."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn.model_selection import GroupKFold, KFold, StratifiedKFold

import labc
from labc.compiler.sections import Data, Split
from labc.grammar.diagnostics.lab_error import LabError
from labc.runtime.data.splitting.fold_partition import fold_images
from labc.runtime.data.splitting.partition import Parts

from .selecting import BOTH, parts_of, refusal, select, write_table
from .tiny import write_images

EXAMPLE = Path(__file__).parents[2] / "examples" / "alexnet_bn.lab"
LABELS = st.lists(st.integers(0, 3), min_size=6, max_size=80)
FOLDER = 'source = folder("all")'


def data_with(folds: int, split: Split, classes: int = 1) -> Data:
    data = labc.load(EXAMPLE).experiment.data
    assert data
    names = [f"c{number}" for number in range(classes)]
    return data.model_copy(update={"split": split, "folds": folds, "classes": names})


def folds_of(parts: Parts) -> list[list[int]]:
    return [part for name, part in parts.items() if name != "test"]


def spread(members: Sequence[Sequence[int]], labels: Sequence[int], label: int) -> list[int]:
    """The numbers of images of a class in the folds, sorted."""
    return sorted(sum(labels[index] == label for index in part) for part in members)


@given(LABELS, st.integers(2, 6), st.integers(0, 20), st.integers(0, 9), st.booleans())
def test_every_image_is_validated_once_and_folds_are_equal(
    labels: list[int], folds: int, test: int, seed: int, stratify: bool
) -> None:
    test = min(test, len(labels) - folds)
    split = Split(test=test, seed=seed, stratify=stratify)
    parts = fold_images(data_with(folds, split), labels)
    assert list(parts) == [f"fold {number + 1}" for number in range(folds)] + (["test"] if test else [])
    assert sorted(index for part in parts.values() for index in part) == list(range(len(labels)))
    assert len(parts.get("test", [])) == test
    members = folds_of(parts)
    rest = [labels[index] for part in members for index in part]
    splitter = KFold(folds).split(rest)
    assert sorted(map(len, members)) == sorted(len(validation) for _, validation in splitter)
    if stratify:
        for label in set(labels):
            counts = spread(members, labels, label)
            assert counts[-1] - counts[0] <= 1
    assert fold_images(data_with(folds, split), labels) == parts


@given(st.lists(st.integers(4, 20), min_size=1, max_size=4), st.integers(2, 4), st.integers(0, 9))
def test_classes_are_spread_as_scikit_learn_spreads_them(sizes: list[int], folds: int, seed: int) -> None:
    labels = np.random.default_rng(seed).permutation(np.repeat(np.arange(len(sizes)), sizes)).tolist()
    members = folds_of(fold_images(data_with(folds, Split(seed=seed)), labels))
    oracle = [part.tolist() for _, part in StratifiedKFold(folds).split(labels, labels)]
    assert sorted(map(len, members)) == sorted(map(len, oracle))
    for label in range(len(sizes)):
        assert spread(members, labels, label) == spread(oracle, labels, label)


@given(LABELS, st.integers(1, 8), st.integers(0, 9))
def test_the_test_part_does_not_depend_on_the_number_of_folds(labels: list[int], test: int, seed: int) -> None:
    test = min(test, len(labels) - 5)
    parts = [fold_images(data_with(folds, Split(test=test, seed=seed)), labels)["test"] for folds in (2, 3, 5)]
    assert parts[0] == parts[1] == parts[2]


def test_another_seed_gives_other_folds() -> None:
    labels = [0, 1] * 10
    drawn = {str(fold_images(data_with(4, Split(seed=seed), 2), labels)) for seed in range(5)}
    assert len(drawn) == 5


@given(
    st.lists(st.tuples(st.integers(0, 14), st.integers(0, 2)), min_size=6, max_size=120),
    st.integers(2, 5),
    st.integers(0, 9),
    st.booleans(),
)
def test_no_group_is_in_two_folds(images: list[tuple[int, int]], folds: int, seed: int, stratify: bool) -> None:
    groups, labels = [f"p{group}" for group, _ in images], [label for _, label in images]
    assume(len(set(groups)) >= folds)
    split = Split(seed=seed, stratify=stratify)
    members = folds_of(fold_images(data_with(folds, split), labels, groups))
    assert len(members) == folds and all(members)
    assert sorted(index for part in members for index in part) == list(range(len(images)))
    assert sum(len({groups[index] for index in part}) for part in members) == len(set(groups))
    largest = max(Counter(groups).values())
    assert max(map(len, members)) < -(-len(images) // folds) + largest


@given(st.lists(st.integers(1, 9), min_size=4, max_size=25), st.integers(2, 4), st.integers(0, 9))
def test_groups_are_about_as_balanced_as_scikit_learns(sizes: list[int], folds: int, seed: int) -> None:
    groups = np.repeat(np.arange(len(sizes)), sizes)
    split = Split(seed=seed, stratify=False)
    members = folds_of(fold_images(data_with(folds, split), [0] * len(groups), [str(one) for one in groups]))
    oracle = [len(part) for _, part in GroupKFold(folds).split(groups, groups=groups)]
    assert max(map(len, members)) - max(oracle) < max(sizes)


def test_groups_stay_out_of_the_test_part_too() -> None:
    groups = [f"p{index // 3}" for index in range(60)]
    parts = fold_images(data_with(4, Split(test=12)), [0] * 60, groups)
    assert sum(len({groups[index] for index in part}) for part in parts.values()) == 20
    assert len(parts["test"]) == 12


@pytest.mark.parametrize(
    ("settings", "code", "message"),
    [
        ("folds = 30", "E0413", "the smallest of 30 folds of 19 images has no images"),
        ("folds = 15", "E0413", "the smallest of 15 folds of 19 images has 1 image"),
        ("folds = 3  split { test = 20 }", "E0405", "`test` must be less than the number of images (20), but is 20"),
        ("folds = 3  split { test = 1 }", "E0405", "`test` must have at least one image of each of the 2 classes"),
        ("folds = 3  split { group = folder }", "E0413", "the images for 3 folds are in only 2 groups"),
    ],
)
def test_folds_without_enough_images_are_refused(tmp_path: Path, settings: str, code: str, message: str) -> None:
    write_images(tmp_path / "all", BOTH)
    found, text, _ = refusal(tmp_path, FOLDER, settings)
    assert found == code and text.startswith(message)


# the selections of the trainings


def test_each_training_is_validated_on_its_fold(tmp_path: Path) -> None:
    write_images(tmp_path / "all", BOTH)
    whole = select(tmp_path, FOLDER, "folds = 3", "split { test = 4 }")
    in_folds = parts_of(whole)
    validated: list[str] = []
    for number in (1, 2, 3):
        parts = parts_of(whole.fold(number))
        assert sorted(parts) == sorted(BOTH)
        validated += [name for name, part in parts.items() if part == "validation"]
        expected = {f"fold {number}": "validation", "test": "test"}
        assert parts == {name: expected.get(part, "train") for name, part in in_folds.items()}
    assert sorted(validated) == sorted(name for name, part in in_folds.items() if part != "test")
    assert len({whole.fold(number).images_key for number in (1, 2, 3)}) == 3


def test_the_table_of_a_fold_gives_the_same_parts(tmp_path: Path) -> None:
    write_images(tmp_path / "all", BOTH)
    whole = select(tmp_path, FOLDER, "folds = 3", "split { test = 4 }")
    for number in (1, 2, 3):
        fold = whole.fold(number)
        (tmp_path / "split.csv").write_text(fold.split_table, encoding="utf-8", newline="")
        assert {row["part"] for row in csv.DictReader(io.StringIO(fold.split_table))} == {"train", "validation", "test"}
        assert parts_of(select(tmp_path, FOLDER, 'split = csv("split.csv")')) == parts_of(fold)


def test_a_quick_fold_has_few_images_and_the_table_of_a_whole_run(tmp_path: Path) -> None:
    names = [f"{label}/{index}.png" for label in ("Mel", "Nev") for index in range(60)]
    write_images(tmp_path / "all", names)
    settings = [FOLDER, "folds = 3"]
    quick, whole = select(tmp_path, *settings, quick=True), select(tmp_path, *settings)
    assert {name: len(part) for name, part in quick.fold(2).parts.items()} == {"train": 16, "validation": 16}
    assert quick.fold(2).split_table == whole.fold(2).split_table
    assert set(quick.fold(2).indices) <= set(quick.indices)


@given(st.permutations(BOTH))
def test_the_order_of_a_table_does_not_change_the_folds(
    tmp_path_factory: pytest.TempPathFactory, order: list[str]
) -> None:
    folder = tmp_path_factory.getbasetemp() / "order"
    if not folder.exists():
        write_images(folder / "all", BOTH)
    write_table(folder / "all.csv", [["file", "patient"], *([name, name[-5]] for name in order)])
    source = 'source = csv("all.csv", image = "file", root = "all")'
    for split in ("split { test = 4 }", 'split { group = column("patient") }'):
        drawn = parts_of(select(folder, source, "folds = 3", split))
        write_table(folder / "all.csv", [["file", "patient"], *([name, name[-5]] for name in BOTH)])
        assert parts_of(select(folder, source, "folds = 3", split)) == drawn


def test_a_test_part_of_its_own(tmp_path: Path) -> None:
    write_images(tmp_path / "all", BOTH)
    write_images(tmp_path / "more", ["Mel/a.png", "Nev/a.png"], seed=1)
    whole = select(tmp_path, 'train = folder("all")\n  test = folder("more")', "folds = 5")
    parts = parts_of(whole)
    assert {name for name, part in parts.items() if part == "test"} == {"test/Mel/a.png", "test/Nev/a.png"}
    assert Counter(parts.values()) == {"test": 2, **{f"fold {number}": 4 for number in range(1, 6)}}


def test_a_class_of_one_image_cannot_be_validated(tmp_path: Path) -> None:
    write_images(tmp_path / "all", [*BOTH, "Other/1.png"])
    with pytest.raises(LabError) as raised:
        select(tmp_path, FOLDER, "folds = 3", classes=("Mel", "Nev", "Other"))
    (one,) = raised.value.diagnostics
    assert one.code.value == "E0505"
    assert one.message.startswith("class without images in the training part of fold ")


def test_a_rare_class_is_a_warning_for_each_fold_without_it(tmp_path: Path) -> None:
    write_images(tmp_path / "all", [*BOTH, "Other/1.png", "Other/2.png"])
    selection = select(tmp_path, FOLDER, "folds = 4", classes=("Mel", "Nev", "Other"))
    assert [one.code.value for one in selection.warnings] == ["W0520", "W0520"]
    assert all("`Other`" in one.message for one in selection.warnings)


@pytest.mark.parametrize(
    "given", ['split { table = csv("split.csv")  group = folder }', "split { group = folder  validation = 2 }"]
)
def test_groups_are_checked_where_parts_are_given(tmp_path: Path, given: str) -> None:
    names = [f"{label}/p{index % 3}/{index}.png" for label in ("Mel", "Nev") for index in range(9)]
    write_images(tmp_path / "all", names)
    rows = [[name, "validation" if "/p0/" in name else "train"] for name in names]
    write_table(tmp_path / "split.csv", [["file", "part"], *rows])
    assert set(parts_of(select(tmp_path, FOLDER, given)).values()) == {"train", "validation"}
    if "table" in given:
        rows[0][1] = "train"
        write_table(tmp_path / "split.csv", [["file", "part"], *rows])
        with pytest.raises(LabError) as raised:
            select(tmp_path, FOLDER, given)
        (one,) = raised.value.diagnostics
        assert (one.code.value, one.notes) == ("E0530", ("Mel/p0 (train, validation)",))
