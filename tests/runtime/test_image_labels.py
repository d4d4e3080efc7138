"""The labels and numbers of images: from tables in the layouts of public data sets, and from arrays."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import labc
from labc.grammar.diagnostics.lab_error import LabError
from labc.grammar.diagnostics.render import render_text
from labc.runtime import cli
from labc.runtime.data.dataset import Selection, load_dataset
from labc.runtime.data.inspection.contact_sheet import draw_sheet
from labc.runtime.data.inspection.inspect_data import inspect_data
from labc.runtime.studies.display import Display

from ..golden import check_golden
from .selecting import write_table
from .tiny import selection_of, write_images

GOLDEN = Path(__file__).parent.parent / "bad" / "run"
FINDINGS = ["Atelectasis", "Effusion", "Hernia"]
CHEST = ['source = csv("chest.csv", image = "Image Index")', 'label = column("Finding Labels")']
NPZ = ['source = npz("chest.npz")']
BONE = ['source = csv("bone.csv", image = "id", root = "boneage")', 'target = column("boneage", unit = "months")']


def lab(folder: Path, *settings: str, labels: Sequence[str] = (), split: str = "validation = 20%  test = 20%") -> Path:
    """An experiment with the given settings of `data`: with `labels`, multi-label classification, else regression."""
    listed = ["labels = " + json.dumps(list(labels))] if labels else []
    data = "\n  ".join([*settings, *listed, "image = 8x8x1", *([f"split {{ {split} }}"] if split else [])])
    ending, loss = (f"dense({len(labels)}, sigmoid)", "binary_crossentropy") if labels else ("dense(1)", "mae")
    model = f"model {{ flatten -> {ending} }}\n\ntrain {{\n  loss   = {loss}\n  epochs = 1\n}}\n"
    path = folder / "x.lab"
    path.write_text(f"data {{\n  {data}\n}}\n\n{model}", encoding="utf-8")
    return path


def select(path: Path, quick: bool = False) -> Selection:
    return selection_of(labc.load(path).experiment, quick)


def refusal(path: Path) -> str:
    with pytest.raises(LabError) as raised:
        select(path)
    return str(raised.value).replace(str(path.parent), "FOLDER") + "\n"


def write_chest(folder: Path, images: int = 60) -> dict[str, tuple[str, list[str]]]:
    """The layout of ChestX-ray14: images in subfolders, one column of findings. Return patient and findings by file."""
    random = np.random.default_rng(4)
    found, rows = {}, []
    for number in range(images):
        patient, name = f"{number // 2 + 1}", f"{number // 2 + 1:08d}_{number % 2:03d}.png"
        findings = [one for one, share in zip(FINDINGS, (0.4, 0.3, 0.2), strict=True) if random.random() < share]
        found[f"images_{number % 3 + 1:03d}/images/{name}"] = patient, findings
        rows.append([name, "|".join(findings) or "No Finding", patient])
    write_images(folder, list(found))
    write_table(folder / "chest.csv", [["Image Index", "Finding Labels", "Patient ID"], *reversed(rows)])
    return found


def test_labels_of_one_column_are_those_of_the_file(tmp_path: Path) -> None:
    found = write_chest(tmp_path)
    split = 'validation = 20%  test = 20%  group = column("Patient ID")'
    selection = select(lab(tmp_path, *CHEST, labels=FINDINGS, split=split))
    names, targets = selection.source.names, selection.targets
    assert sorted(names) == sorted(found)
    for index, name in enumerate(names):
        patient, findings = found[name]
        assert targets.value(index) == tuple(findings)
        assert targets.describe(index) == (", ".join(findings) or "none")
        assert selection.groups is not None and selection.groups[index] == patient
    parts = [{found[names[index]][0] for index in part} for part in selection.parts.values()]
    assert sum(map(len, parts)) == 30 == len(set().union(*parts))
    without = sum(not findings for _, findings in found.values())
    assert selection.notes == (f"words in `Finding Labels` that mean no label: `No Finding` ({without} images)",)


def test_the_dataset_has_bytes_of_each_label_and_counts_an_image_for_each(tmp_path: Path) -> None:
    found = write_chest(tmp_path)
    path = lab(tmp_path, *CHEST, labels=FINDINGS)
    dataset = load_dataset(select(path), tmp_path / "cache", Display())
    for part in dataset.parts.values():
        expected = [[one in found[name][1] for one in FINDINGS] for name in part.files]
        assert part.targets.dtype == np.uint8
        assert part.targets.tolist() == expected
        assert part.counts == {one: sum(one in found[name][1] for name in part.files) for one in FINDINGS}
    sizes = {name: len(part.files) for name, part in dataset.parts.items()}
    assert sizes == {"train": 36, "validation": 12, "test": 12}


def test_the_order_of_the_rows_changes_nothing(tmp_path: Path) -> None:
    write_chest(tmp_path)
    path = lab(tmp_path, *CHEST, labels=FINDINGS)
    first = select(path)
    header, *rows = (tmp_path / "chest.csv").read_text().splitlines()
    (tmp_path / "chest.csv").write_text("\n".join([header, *sorted(rows)]) + "\n")
    assert select(path) == first
    assert select(path).images_key == first.images_key


def test_a_misspelt_label_is_the_first_of_the_other_words(tmp_path: Path) -> None:
    names = [f"{number:02d}.png" for number in range(20)]
    write_images(tmp_path, names)
    words = ["Hernia", "Atelectasis|Effusion", "Efusion | Hernia", "effusion", *(f"other {n}" for n in range(9)), ""]
    cells = [words[number] if number < 13 else "No Finding" for number in range(20)]
    write_table(tmp_path / "chest.csv", [["Image Index", "Finding Labels"], *map(list, zip(names, cells, strict=True))])
    selection = select(lab(tmp_path, *CHEST, labels=FINDINGS, split="stratify = false validation = 1 seed = 4"))
    (note,) = selection.notes
    assert note.startswith(
        "words in `Finding Labels` that mean no label: `Efusion` (1 image, or is it `Effusion`?), "
        "`effusion` (1 image, or is it `Effusion`?), `No Finding` (7 images), `other 0` (1 image), "
    )
    assert note.endswith(" and 4 more")
    assert selection.targets.value(2) == ("Hernia",)


def test_nothing_between_two_lines_is_a_word_too(tmp_path: Path) -> None:
    write_chest(tmp_path)
    table = tmp_path / "chest.csv"
    table.write_text(table.read_text().replace("No Finding", "|"))
    (note,) = select(lab(tmp_path, *CHEST, labels=FINDINGS)).notes
    assert note == "words in `Finding Labels` that mean no label: nothing at all (25 images)"


@given(st.lists(st.tuples(*[st.sampled_from(["0", "1", "0.0", "1.0", " 1"])] * 3), min_size=1, max_size=12))
def test_a_column_of_each_label_and_one_of_all_say_the_same(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, ...]]
) -> None:
    folder = tmp_path_factory.mktemp("columns")
    cells = [("1", "1", "1"), ("0", "0", "0"), *cells, ("1", "1", "1")]
    names = [f"{number:02d}.png" for number in range(len(cells))]
    write_images(folder, names)
    words = ["|".join(n for n, cell in zip(FINDINGS, row, strict=True) if float(cell)) or "none" for row in cells]
    header = ["Image Index", *FINDINGS, "Finding Labels"]
    rows = [[name, *row, word] for name, row, word in zip(names, cells, words, strict=True)]
    write_table(folder / "chest.csv", [header, *rows])
    split = "stratify = false  validation = 1"
    columns = select(lab(folder, CHEST[0], labels=FINDINGS, split=split))
    words_of = select(lab(folder, *CHEST, labels=FINDINGS, split=split))
    assert [columns.targets.key(i) for i in range(len(names))] == [words_of.targets.key(i) for i in range(len(names))]
    assert columns.parts == words_of.parts


# refusals


def write_columns(folder: Path, cells: Sequence[str], header: Sequence[str] = ("Image Index", *FINDINGS)) -> None:
    """A table with a column of each label: 20 images have all, and one image the given cells."""
    names = [f"{number:02d}.png" for number in range(21)]
    write_images(folder, names)
    rows = [[name, *("1" for _ in header[1:])] for name in names]
    write_table(folder / "chest.csv", [list(header), *rows[:20], [names[20], *cells]])


@pytest.mark.parametrize(("name", "cells"), [("labels_values", ["-1.0", "0", "yes"]), ("labels_empty", ["", "0", "0"])])
def test_cells_other_than_0_and_1(tmp_path: Path, name: str, cells: list[str]) -> None:
    write_columns(tmp_path, cells)
    check_golden(GOLDEN / f"{name}.txt", refusal(lab(tmp_path, CHEST[0], labels=FINDINGS)))


def test_a_missing_column_of_a_label(tmp_path: Path) -> None:
    write_columns(tmp_path, ["0", "0"], ["Image Index", "Atelectasis", "Effusions"])
    check_golden(GOLDEN / "labels_column.txt", refusal(lab(tmp_path, CHEST[0], labels=FINDINGS)))


def test_labels_that_are_in_one_column(tmp_path: Path) -> None:
    write_chest(tmp_path)
    check_golden(GOLDEN / "labels_words.txt", refusal(lab(tmp_path, CHEST[0], labels=FINDINGS)))


def test_a_label_without_images(tmp_path: Path) -> None:
    write_chest(tmp_path)
    labels = [*FINDINGS, "Pneumonia", "Edema"]
    check_golden(GOLDEN / "labels_without_images.txt", refusal(lab(tmp_path, *CHEST, labels=labels)))


def test_a_part_without_a_label_is_a_warning(tmp_path: Path) -> None:
    write_columns(tmp_path, ["1", "0", "1"])
    write_table(tmp_path / "split.csv", [["file", "part"], *(
        [f"{number:02d}.png", "validation" if number == 20 else "train"] for number in range(21)
    )])  # fmt: skip
    path = lab(tmp_path, CHEST[0], 'split = csv("split.csv")', labels=FINDINGS, split="")
    (warning,) = select(path).warnings
    check_golden(GOLDEN / "labels_missing.txt", render_text(warning).replace(str(tmp_path), "FOLDER") + "\n")


def test_an_image_with_two_sets_of_labels_is_refused(tmp_path: Path) -> None:
    write_columns(tmp_path, ["1", "0", "1"])
    with (tmp_path / "chest.csv").open("a") as table:
        table.write("20.png,1,1,1\n")
    assert "20.png (lines 22 and 23): `Effusion` is 0 and 1" in refusal(lab(tmp_path, CHEST[0], labels=FINDINGS))


def test_identical_images_with_other_labels(tmp_path: Path) -> None:
    write_columns(tmp_path, ["1", "0", "1"])
    (tmp_path / "20.png").write_bytes((tmp_path / "03.png").read_bytes())
    text = refusal(lab(tmp_path, CHEST[0], "duplicates = drop", labels=FINDINGS))
    assert "1 image cannot be dropped: the same image has another set of labels too" in text
    assert "03.png (Atelectasis, Effusion, Hernia) and 20.png (Atelectasis, Hernia)" in text
    (warning,) = select(lab(tmp_path, CHEST[0], labels=FINDINGS)).warnings
    assert warning.message == "1 pair of identical images in two parts or with different labels"


# arrays


def write_npz(folder: Path, labels: int = 14, **other: Any) -> dict[str, np.ndarray]:
    """The arrays of ChestMNIST in small, some of them replaced."""
    random, arrays = np.random.default_rng(0), {}
    for part, count in (("train", 40), ("val", 12), ("test", 16)):
        arrays[f"{part}_images"] = random.integers(0, 256, (count, 8, 8), np.uint8)
        arrays[f"{part}_labels"] = (random.random((count, labels)) < 0.4).astype(np.uint8)
    arrays["train_labels"][0] = 1
    np.savez(folder / "chest.npz", **(arrays | other))
    return arrays


@pytest.mark.parametrize("count", [14, 1])
@pytest.mark.parametrize("dtype", [np.uint8, np.int64, np.bool_])
def test_arrays_of_labels(tmp_path: Path, count: int, dtype: type[np.generic]) -> None:
    arrays = write_npz(tmp_path, count)
    write_npz(tmp_path, count, **{name: value.astype(dtype) for name, value in arrays.items() if "labels" in name})
    path = lab(tmp_path, *NPZ, labels=[f"l{number}" for number in range(count)], split="")
    dataset = load_dataset(select(path), tmp_path / "cache", Display())
    for part, start in (("train", "train"), ("validation", "val"), ("test", "test")):
        assert dataset.parts[part].targets.dtype == np.uint8
        np.testing.assert_array_equal(dataset.parts[part].targets, arrays[f"{start}_labels"])
        np.testing.assert_array_equal(dataset.parts[part].images[..., 0], arrays[f"{start}_images"])


BROKEN: dict[str, tuple[np.ndarray, str, str]] = {
    "flat": (np.zeros(12, int), "image x 3 in `val_labels`, one for each label, but has 12", "in `classes` instead"),
    "one": (np.zeros((12, 1), int), "one for each label, but has 12x1", "names of the classes in `classes`"),
    "more": (np.zeros((12, 4), int), "one for each label, but has 12x4", "`labels` must have 4 names"),
    "two": (np.full((12, 3), 2), "must have 0 and 1 in `val_labels`, but has 2", ""),
    "decimal": (np.zeros((12, 3)), "must have integers in `val_labels`, but has values of type float64", ""),
    "deep": (np.zeros((12, 3, 1), int), "one for each label, but has 12x3x1", ""),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_arrays_that_are_no_labels(tmp_path: Path, case: str) -> None:
    array, message, help = BROKEN[case]
    write_npz(tmp_path, 3, val_labels=array)
    text = refusal(lab(tmp_path, *NPZ, labels=FINDINGS, split=""))
    assert text.startswith('error[E0508]: the file "chest.npz" ')
    assert message in text and help in text


# numbers


def write_bone(folder: Path, ages: Sequence[str]) -> None:
    """The layout of the RSNA bone age challenge: names without endings, and an age in months."""
    names = [f"{1377 + number}" for number in range(len(ages))]
    write_images(folder / "boneage", [f"{name}.png" for name in names])
    write_table(
        folder / "bone.csv", [["id", "boneage", "male"], *([n, a, "True"] for n, a in zip(names, ages, strict=True))]
    )


AGES = [f"{number * 7 % 50 + 20 + number / 4}" for number in range(30)]


def test_numbers_are_those_of_the_table(tmp_path: Path) -> None:
    write_bone(tmp_path, AGES)
    selection = select(lab(tmp_path, *BONE))
    expected = dict(zip((f"{1377 + number}.png" for number in range(30)), map(float, AGES), strict=True))
    assert {name: selection.targets.value(index) for index, name in enumerate(selection.source.names)} == expected
    assert selection.targets.describe(0) == "20 months"
    dataset = load_dataset(selection, tmp_path / "cache", Display())
    assert {name: len(part.files) for name, part in dataset.parts.items()} == {
        "train": 18, "validation": 6, "test": 6,
    }  # fmt: skip
    for part in dataset.parts.values():
        assert part.targets.dtype == np.float32
        assert part.targets.tolist() == [expected[name] for name in part.files]
        assert part.counts == {}
    assert dataset.classes == ()
    assert {name: len(part) for name, part in select(lab(tmp_path, *BONE), quick=True).parts.items()} == {
        "train": 16, "validation": 6, "test": 6,
    }  # fmt: skip


@given(st.floats(-1e30, 1e30), st.sampled_from(["{:r}", "{:.3e}", " {:.2f} ", "{:+.1f}"]))
def test_every_way_to_write_a_number(tmp_path_factory: pytest.TempPathFactory, value: float, form: str) -> None:
    text = repr(value) if form == "{:r}" else form.format(value)
    folder = tmp_path_factory.getbasetemp()
    write_bone(folder, [text, "1", "2"])
    targets = select(lab(folder, *BONE, split="validation = 1")).targets
    assert targets.load([0], folder, Display())[0] == np.float32(float(text))


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("numbers_words", ["12 months", "unknown", "nan", "inf", "1e39", "1_000", "٣"]),
        ("numbers_comma", ["12,5", "3,25"]),
        ("numbers_empty", ["", " "]),
    ],
)
def test_cells_that_are_no_numbers(tmp_path: Path, name: str, cells: list[str]) -> None:
    write_bone(tmp_path, [*AGES, *(f'"{cell}"' for cell in cells)])
    check_golden(GOLDEN / f"{name}.txt", refusal(lab(tmp_path, *BONE)))


def test_a_missing_column_of_numbers(tmp_path: Path) -> None:
    write_bone(tmp_path, AGES)
    text = refusal(lab(tmp_path, BONE[0], 'target = column("bone_age")'))
    assert 'the table "bone.csv" has no column `bone_age`' in text and "did you mean `boneage`?" in text


def test_an_image_with_two_numbers_is_refused(tmp_path: Path) -> None:
    write_bone(tmp_path, AGES)
    with (tmp_path / "bone.csv").open("a") as table:
        table.write("1377,99,True\n")
    assert "1377.png (lines 2 and 32): `boneage` is 20.0 and 99" in refusal(lab(tmp_path, *BONE))


def test_folds_of_numbers(tmp_path: Path) -> None:
    write_bone(tmp_path, AGES)
    selection = select(lab(tmp_path, *BONE, "folds = 3", split="test = 6"))
    assert {name: len(part) for name, part in selection.parts.items()} == {
        "fold 1": 8, "fold 2": 8, "fold 3": 8, "test": 6,
    }  # fmt: skip


# labc data


def described(path: Path) -> Any:
    result = CliRunner().invoke(cli.commands, ["data", str(path), "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_description_of_labels(tmp_path: Path) -> None:
    found = write_chest(tmp_path)
    path = lab(tmp_path, *CHEST, labels=FINDINGS, split="train = 50%  validation = 20%")
    data = described(path)
    assert (data["task"], data["classes"]) == ("multi-label classification", FINDINGS)
    assert {image["file"]: image["label"] for image in data["images"]} == {n: one for n, (_, one) in found.items()}
    for name, part in data["parts"].items():
        members = [image["label"] for image in data["images"] if image["part"] == name]
        assert part["images"] == len(members)
        assert part["by_class"] == {label: sum(label in one for one in members) for label in FINDINGS}
    shown = CliRunner().invoke(cli.commands, ["data", str(path)]).stdout
    rows = {line.rsplit(maxsplit=3)[0]: line.split()[-3:] for line in shown.splitlines()[2:8]}
    assert shown.splitlines()[0] == "60 images, 3 labels, multi-label classification"
    assert rows["label"] == ["train", "validation", "unused"]
    assert rows["all"] == ["30", "12", "18"]
    unused = [image["label"] for image in data["images"] if image["part"] is None]
    for label in FINDINGS:
        assert int(rows[label][2]) == sum(label in one for one in unused)
    assert int(rows["without a label"][2]) == sum(not one for one in unused)


def test_the_description_of_numbers(tmp_path: Path) -> None:
    write_bone(tmp_path, AGES)
    path = lab(tmp_path, *BONE, split="train = 50%  validation = 20%")
    data = described(path)
    assert (data["task"], data["classes"], data["target"], data["unit"]) == ("regression", [], "boneage", "months")
    for name, part in data["parts"].items():
        numbers = [image["label"] for image in data["images"] if image["part"] == name]
        assert part["by_class"] == {} and part["images"] == len(numbers)
        assert part["numbers"] == pytest.approx({
            "min": min(numbers), "mean": np.mean(numbers), "median": np.median(numbers), "max": max(numbers),
            "deviation": np.std(numbers),
        })  # fmt: skip
    shown = CliRunner().invoke(cli.commands, ["data", str(path)]).stdout.splitlines()
    assert shown[0] == "30 images, boneage in months, regression"
    assert shown[2].split()[-3:] == ["train", "validation", "unused"]
    assert shown[8].split() == ["all", "15", "6", "9"]


def test_the_sheet_has_a_row_of_each_label_or_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from matplotlib.axes import Axes

    titles: list[str] = []
    monkeypatch.setattr(Axes, "set_ylabel", lambda _, text, **__: titles.append(text))
    write_chest(tmp_path)
    draw_sheet(
        inspect_data(select(lab(tmp_path, *CHEST, labels=FINDINGS, split="validation = 20")), Display()),
        tmp_path / "a.png",
    )
    parts = ("train", "validation")
    assert titles == [f"{row}\n{part}" for part in parts for row in (*FINDINGS, "none")]
    titles.clear()
    write_bone(tmp_path, AGES)
    draw_sheet(inspect_data(select(lab(tmp_path, *BONE)), Display()), tmp_path / "b.png")
    assert titles == ["train", "validation", "test"]
