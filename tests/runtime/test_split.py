"""The split: groups, and tables with the part of each image."""

import csv
import io
import os
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import labc
from labc.compiler.expressions.values import Percent
from labc.compiler.sections import Data, Split
from labc.runtime.data.splitting.groups import assign_groups
from labc.runtime.data.splitting.partition import first_of_each, split_images
from labc.runtime.data.splitting.split_table import UNUSED, read_split, split_table

from .selecting import BOTH, parts_of, refusal, select, write_table
from .tiny import TINY, fingerprint_of, write_images, write_tiny

EXAMPLE = Path(__file__).parents[2] / "examples" / "alexnet_bn.lab"
FOLDER = 'source = folder("all")'


def data_with(split: Split, classes: int) -> Data:
    data = labc.load(EXAMPLE).experiment.data
    assert data
    return data.model_copy(update={"split": split, "classes": [f"c{number}" for number in range(classes)]})


@given(
    st.lists(st.tuples(st.integers(0, 14), st.integers(0, 2)), min_size=1, max_size=150),
    st.integers(0, 5),
    st.booleans(),
    st.data(),
)
def test_no_group_is_in_two_parts(
    images: list[tuple[int, int]], seed: int, stratify: bool, data: st.DataObject
) -> None:
    groups, labels = [f"p{group}" for group, _ in images], np.array([label for _, label in images])
    ends = sorted(data.draw(st.lists(st.integers(0, len(images)), min_size=3, max_size=3)))
    sizes = [end - start for start, end in zip([0, *ends], [*ends, len(images)], strict=True)]
    shuffled = np.random.default_rng(seed).permutation(len(images))
    part_of = assign_groups(shuffled, labels, groups, sizes, stratify)
    assert len(part_of) == len(images)
    assert len(set(zip(groups, part_of, strict=True))) == len(set(groups))
    largest = max(Counter(groups).values())
    above = [part_of.count(part) - size for part, size in enumerate(sizes)]
    assert max(above) < largest
    filled = set(part_of)
    assert filled <= {part for part, size in enumerate(sizes) if size}
    wanted = {part for part, size in enumerate(sizes[:-1]) if size}
    assert wanted <= filled or len(filled) == len(set(groups)) < len(wanted)


def test_groups_of_one_image_give_the_wanted_sizes_and_proportions() -> None:
    labels = [0] * 60 + [1] * 30 + [2] * 10
    split = Split(validation=Percent(0.2), test=Percent(0.1), seed=3)
    parts = split_images(data_with(split, 3), labels, [str(index) for index in range(100)])
    counts = {name: Counter(labels[index] for index in part) for name, part in parts.items()}
    assert counts == {
        "train": {0: 42, 1: 21, 2: 7}, "validation": {0: 12, 1: 6, 2: 2}, "test": {0: 6, 1: 3, 2: 1},
    }  # fmt: skip


def test_images_in_no_part_keep_their_groups_too() -> None:
    groups = [f"p{index // 4}" for index in range(80)]
    split = Split(train=Percent(0.5), validation=Percent(0.25))
    parts = split_images(data_with(split, 2), [index // 40 for index in range(80)], groups)
    assert {name: len(part) for name, part in parts.items()} == {"train": 40, "validation": 20}
    assert not {groups[index] for index in parts["train"]} & {groups[index] for index in parts["validation"]}


def test_groups_come_from_file_names_and_folders(tmp_path: Path) -> None:
    names = [f"{label}/p{n // 3}/p{n // 3}_{n}.png" for label in ("Mel", "Nev") for n in range(15)]
    write_images(tmp_path / "all", names)
    for group, key in (('filename("^(p[0-9]+)_")', 1), ("folder", slice(0, 2))):
        parts = parts_of(select(tmp_path, FOLDER, f"split {{ group = {group}  validation = 12 }}"))
        by_group: dict[str, set[str]] = {}
        for name, part in parts.items():
            by_group.setdefault(str(name.split("/")[key]), set()).add(part)
        assert all(len(found) == 1 for found in by_group.values())
        assert len(by_group) == (5 if key == 1 else 10)


def test_another_seed_gives_another_grouped_split(tmp_path: Path) -> None:
    write_images(
        tmp_path / "all", [f"{label}/p{n}/{m}.png" for label in ("Mel", "Nev") for n in range(9) for m in "ab"]
    )
    splits = [parts_of(select(tmp_path, FOLDER, f"split {{ group = folder  seed = {seed} }}")) for seed in range(4)]
    assert len({tuple(sorted(split.items())) for split in splits}) > 1


def test_images_without_a_group_are_listed(tmp_path: Path) -> None:
    write_images(tmp_path / "all", [*BOTH, "Mel/p1_x.png"])
    code, message, rest = refusal(tmp_path, FOLDER, 'split { group = filename("^(p[0-9]+)_") }')
    assert code == "E0511"
    assert message == "20 images of 21 without a group: the pattern finds none in the file name"
    assert "Mel/0.png" in rest and "and 12 more" in rest


def test_too_few_groups_are_refused(tmp_path: Path) -> None:
    write_images(tmp_path / "all", BOTH)
    assert refusal(tmp_path, FOLDER, "split { group = folder }")[:2] == (
        "E0505",
        "class without images in the training part: `Nev`",
    )
    write_images(tmp_path / "all", ["one/Mel_1.png", "one/Nev_1.png"])
    for name in BOTH:
        (tmp_path / "all" / name).unlink()
    code, message, _ = refusal(
        tmp_path, FOLDER, "label = filename", "split { validation = 1 stratify = false group = folder }"
    )
    assert (code, message) == ("E0405", "`validation` has no image, because the images are in 1 group")


# the table of a run


def test_the_table_of_a_run_gives_the_same_split(tmp_path: Path) -> None:
    write_images(tmp_path / "all", BOTH)
    drawn = select(tmp_path, FOLDER, "split { train = 10  validation = 6 }")
    table = list(csv.reader(io.StringIO(drawn.split_table)))
    assert table[0] == ["file", "part"]
    assert {name: part for name, part in table[1:] if part != UNUSED} == parts_of(drawn)
    assert sorted(name for name, _ in table[1:]) == sorted(BOTH)
    (tmp_path / "split.csv").write_text(drawn.split_table, encoding="utf-8")
    taken = select(tmp_path, FOLDER, 'split = csv("split.csv")')
    assert parts_of(taken) == parts_of(drawn)
    assert select(tmp_path, FOLDER, 'split { table = csv("split.csv") }').parts == taken.parts
    quick = select(tmp_path, FOLDER, "split { train = 10  validation = 6 }", quick=True)
    assert quick.split_table == drawn.split_table


OLD_SPLIT = TINY[TINY.index("  split {") : TINY.index("}\n\nmodel")]
NAMES = st.lists(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=5).filter(str.strip), unique=True, min_size=4
)


@given(NAMES)
@example(["a\nb", 'quote"', "comma,", "back\\xff", os.fsdecode(b"\xff.png"), " "])
def test_any_names_survive_the_table(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    folder = tmp_path_factory.getbasetemp()
    parts = {"train": list(range(1, len(names))), "validation": [0]}
    (folder / "split.csv").write_text(split_table(names, parts), encoding="utf-8", newline="")
    path = write_tiny(folder, {"image   = 16x16x1\n": 'image = 16x16x1\n  split = csv("split.csv")\n', OLD_SPLIT: ""})
    data = labc.load(path).experiment.data
    assert data and data.split.table
    assert read_split(data.split.table, names) == parts


def test_a_table_trains_as_the_split_that_it_was_made_of(tmp_path: Path) -> None:
    write_images(tmp_path / "all", BOTH)
    rows = [[name, "validation" if "1.png" in name else "train"] for name in BOTH]
    marks = []
    for name in ("a.csv", "b.csv"):
        write_table(tmp_path / name, [["file", "part"], *rows])
        select(tmp_path, FOLDER, f'split = csv("{name}")')
        marks.append(fingerprint_of(labc.load(tmp_path / "tiny.lab").experiment))
    assert marks[0] == marks[1]


BAD_TABLES: dict[str, tuple[list[str], dict[str, str], str, str]] = {
    "missing": (BOTH[1:], {}, "lacks 1 of 20 images", "Mel/0.png"),
    "unknown": ([*BOTH, "x.png"], {}, "has 1 file that the source has not", "x.png, line 22"),
    "part": (
        BOTH,
        {"Mel/3.png": "val"},
        "has parts that are none of `train`, `validation`, `test` and `unused`",
        "val (Mel/3.png, line 5)",
    ),
    "twice": ([*BOTH, BOTH[0]], {}, "lists 1 file twice", "Mel/0.png, line 2"),
    "no validation": (BOTH, {"Mel/1.png": "test", "Nev/1.png": "test"}, "has no image in `validation`", ""),
}


@pytest.mark.parametrize("case", BAD_TABLES)
def test_a_table_that_does_not_fit(tmp_path: Path, case: str) -> None:
    names, other, reason, more = BAD_TABLES[case]
    write_images(tmp_path / "all", BOTH)
    rows = [[name, other.get(name, "validation" if "1.png" in name else "train")] for name in names]
    write_table(tmp_path / "split.csv", [["file", "part"], *rows])
    code, message, rest = refusal(tmp_path, FOLDER, 'split = csv("split.csv")')
    assert (code, message) == ("E0512", f'the table "split.csv" {reason}')
    assert more in rest


def test_a_table_without_its_columns(tmp_path: Path) -> None:
    write_images(tmp_path / "all", BOTH)
    write_table(tmp_path / "split.csv", [["name", "part"], ["Mel/0.png", "train"]])
    assert refusal(tmp_path, FOLDER, 'split = csv("split.csv")')[1] == 'the table "split.csv" has no column `file`'


def test_the_first_images_of_each_part_alternate_between_classes() -> None:
    labels = [0] * 10 + [1] * 10
    assert [labels[index] for index in first_of_each({"train": list(range(20))}, labels, 6)["train"]].count(1) == 3
