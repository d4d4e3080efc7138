"""Sources of images: folders, patterns, tables and parts with their own sources. Small files in real layouts."""

import csv
import os
import shutil
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

import labc
from labc.compiler.sections import Csv
from labc.grammar.diagnostics.lab_error import LabError
from labc.grammar.source import Source
from labc.runtime.data.dataset import Selection
from labc.runtime.data.sources.found_files import find_files
from labc.runtime.data.sources.path_pattern import PathPattern
from labc.runtime.data.table_file import read_table

from .tiny import selection_of, write_images

MODEL = "\nmodel { flatten -> classifier }\n\ntrain {\n  loss   = %s\n  epochs = 1\n}\n"


def select(folder: Path, *settings: str, classes: Sequence[str] = ("Mel", "Nev"), quick: bool = False) -> Selection:
    """The images of an experiment in a folder with the given settings of `data`."""
    listed = ", ".join(f'"{name}"' for name in classes)
    data = "\n  ".join([*settings, f"classes = [{listed}]", "image = 8x8x1"])
    loss = "binary_crossentropy" if len(classes) == 2 else "categorical_crossentropy"
    path = folder / "tiny.lab"
    path.write_text(f"data {{\n  {data}\n}}\n{MODEL % loss}", encoding="utf-8")
    return selection_of(labc.load(path).experiment, quick)


def refusal(folder: Path, *settings: str, classes: Sequence[str] = ("Mel", "Nev")) -> tuple[str, str, str]:
    """The code, the message and the help of the only diagnostic, and the help and the notes, of refused images."""
    with pytest.raises(LabError) as raised:
        select(folder, *settings, classes=classes)
    (one,) = raised.value.diagnostics
    return one.code.value, one.message, "\n".join([one.help or "", *one.notes])


def labels_of(selection: Selection) -> dict[str, str]:
    return {
        name: selection.data.classes[label]
        for name, label in zip(selection.source.names, selection.labels, strict=True)
    }


def parts_of(selection: Selection) -> dict[str, str]:
    return {selection.source.names[index]: part for part, indices in selection.parts.items() for index in indices}


def write_table(path: Path, rows: Sequence[Sequence[str]], delimiter: str = ",", encoding: str = "utf-8") -> None:
    path.write_text("".join(f"{delimiter.join(row)}\n" for row in rows), encoding=encoding)


BOTH = [f"{label}/{index}.png" for label in ("Mel", "Nev") for index in range(10)]


# patterns

NAME = st.text("ab.", min_size=1, max_size=4)
PATTERN = st.lists(st.one_of(st.just("**"), st.text("ab.*", min_size=1, max_size=4)), min_size=1, max_size=4)


def by_fnmatch(path: Sequence[str], pattern: Sequence[str]) -> bool:
    """The oracle: `**` as a choice of the number of folders, `*` as in Python's fnmatch."""
    if not pattern:
        return not path
    if pattern[0] == "**":
        return any(by_fnmatch(path[skipped:], pattern[1:]) for skipped in range(len(path) + 1))
    return bool(path) and fnmatchcase(path[0], pattern[0]) and by_fnmatch(path[1:], pattern[1:])


@given(st.lists(NAME, min_size=1, max_size=4), PATTERN)
def test_a_pattern_matches_as_fnmatch_does(path: list[str], pattern: list[str]) -> None:
    matcher = PathPattern(tuple(pattern))
    assert matcher.takes(path) == by_fnmatch(path, pattern)
    if matcher.takes(path):
        assert all(matcher.may_enter(path[:depth]) for depth in range(len(path)))


def test_a_name_is_matched_in_linear_time() -> None:
    assert not PathPattern(("*a" * 50 + "b",)).takes(["a" * 200])


def test_files_takes_what_its_pattern_matches(tmp_path: Path) -> None:
    write_images(tmp_path / "all", [*BOTH, "Mel/deep/er/x.png", "Nev/1.jpg"])
    pattern = select(tmp_path, 'source = files("all/*/*.png")')
    assert sorted(pattern.source.names) == sorted(BOTH)
    every = select(tmp_path, 'source = files("all/**/*.png")')
    assert set(every.source.names) == {*BOTH, "Mel/deep/er/x.png"}
    assert labels_of(every) == {name: name.split("/")[0] for name in every.source.names}


def test_a_pattern_without_images_and_without_a_folder(tmp_path: Path) -> None:
    write_images(tmp_path / "all", BOTH)
    (tmp_path / "all" / "a.txt").touch()
    code, message, rest = refusal(tmp_path, 'source = files("all/*.txt")')
    assert (code, message) == ("E0502", 'the pattern "all/*.txt" matches no images')
    assert "found only 1 .txt" in rest
    assert refusal(tmp_path, 'source = files("nowhere/*.png")')[0] == "E0501"


# the class of an image in the folders on its way


def test_a_class_is_any_folder_on_the_way(tmp_path: Path) -> None:
    write_images(tmp_path / "all", [f"{label}/p{n % 3}/{n}.png" for label in ("Mel", "Nev") for n in range(9)])
    assert all(name.startswith(label) for name, label in labels_of(select(tmp_path, 'source = folder("all")')).items())


def test_folders_of_the_source_count_where_none_below_names_a_class(tmp_path: Path) -> None:
    write_images(tmp_path / "all", [f"{label}/p{n}/{n}.png" for label in ("Mel", "Nev") for n in range(9)])
    parts = ('train = folder("all/Mel")', 'validation = files("all/Nev/*/*.png")')
    assert refusal(tmp_path, *parts)[1] == "class without images in the training part: `Nev`"
    shutil.copytree(tmp_path / "all" / "Nev", tmp_path / "all" / "Mel" / "p1" / "Nev")
    code, message, rest = refusal(tmp_path, *parts)
    assert (code, message) == ("E0503", "9 files match more than one class")
    assert "p1/Nev/p0/0.png" in rest


def test_two_classes_on_the_way_are_ambiguous(tmp_path: Path) -> None:
    write_images(tmp_path / "all", [*BOTH, "Mel/Nev/x.png"])
    code, message, rest = refusal(tmp_path, 'source = folder("all")')
    assert (code, message) == ("E0503", "1 file matches more than one class")
    assert "only one of the folders" in rest and "Mel/Nev/x.png" in rest


# what is left out


def test_other_files_are_counted_by_ending(tmp_path: Path) -> None:
    write_images(tmp_path / "all", BOTH)
    for name in ("a.txt", "Mel/b.TXT", "Mel/c.dcm", "d.nii.gz", "README", ".DS_Store", "Mel/._1.png", ".git/x.png"):
        (tmp_path / "all" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "all" / name).touch()
    (note,) = select(tmp_path, 'source = folder("all")').notes
    assert note == (
        "left out: 2 .txt, 1 .dcm, 1 .nii.gz, 1 hidden .png, 1 without an ending "
        "(labc cannot read .dcm and .nii.gz yet: the extra `medical` is still missing)"
    )
    assert select(tmp_path, 'source = files("all/*/*.png")').notes == ("left out: 1 hidden .png",)


def test_only_medical_files_say_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "all").mkdir()
    (tmp_path / "all" / "a.dcm").touch()
    code, _, rest = refusal(tmp_path, 'source = folder("all")')
    assert code == "E0502"
    assert "the extra `medical`" in rest


def test_links_to_folders_are_followed_and_circles_end(tmp_path: Path) -> None:
    write_images(tmp_path / "else", [f"{index}.png" for index in range(10)])
    write_images(tmp_path / "all", [f"Mel/{index}.png" for index in range(10)])
    (tmp_path / "all" / "Nev").symlink_to(tmp_path / "else")
    (tmp_path / "else" / "circle").symlink_to(tmp_path / "all")
    (tmp_path / "all" / "Mel" / "self").symlink_to(".")
    selection = select(tmp_path, 'source = folder("all")')
    assert sorted(selection.source.names) == sorted(BOTH)
    assert selection.notes == ("left out: 2 circular links",)


def test_a_folder_with_its_parts_inside_is_refused(tmp_path: Path) -> None:
    write_images(tmp_path / "all", [f"{part}/{name}" for part in ("Training", "val") for name in BOTH])
    code, message, rest = refusal(tmp_path, 'source = folder("all")')
    assert (code, message) == ("E0509", 'the folder "all" is already divided into `Training` and `val`')
    assert 'write `train = folder("all/Training")  validation = folder("all/val")`' in rest
    assert len(select(tmp_path, 'source = files("all/**")').source.names) == 40


def test_classes_may_be_called_train_and_test(tmp_path: Path) -> None:
    write_images(tmp_path / "all", [f"{name}/{index}.png" for name in ("train", "test") for index in range(10)])
    assert len(select(tmp_path, 'source = folder("all")', classes=("train", "test")).source.names) == 20


@given(st.lists(st.sampled_from([*BOTH, "Nev/deep/1.png", "x.txt"]), unique=True, min_size=1), st.randoms())
def test_the_order_of_the_listing_does_not_matter(names: list[str], random: object) -> None:
    """`os.scandir` gives the files in the order of the disk; here in any order."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        for name in names:
            (Path(folder) / name).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / name).touch()
        expected = find_files(Path(folder))
        scan = os.scandir

        class Shuffled:
            def __init__(self, path: str) -> None:
                with scan(path) as entries:
                    self.entries = list(entries)
                random.shuffle(self.entries)  # type: ignore[attr-defined]

            def __enter__(self) -> list[os.DirEntry[str]]:
                return self.entries

            def __exit__(self, *_: object) -> None: ...

        patch.setattr(os, "scandir", Shuffled)
        assert find_files(Path(folder)) == expected


# own sources for the parts


def test_each_part_may_have_its_own_source(tmp_path: Path) -> None:
    write_images(tmp_path / "a", BOTH)
    write_images(tmp_path / "b", BOTH[5:15], seed=1)
    write_images(tmp_path / "c", ["Mel_1.png", "Nev_1.png"], seed=2)
    write_table(tmp_path / "c.csv", [["file", "dx"], ["Mel_1.png", "Nev"], ["Nev_1", "Mel"]])
    selection = select(
        tmp_path, 'train = folder("a")', 'validation = files("b/*/*.png")', 'test = folder("b")', "duplicates = warn"
    )
    assert [len(selection.parts[part]) for part in ("train", "validation", "test")] == [20, 10, 10]
    assert all(name.startswith(f"{part}/") for name, part in parts_of(selection).items())
    assert selection.warnings, "the images of validation and test are the same"


def test_validation_is_split_from_train_where_it_has_no_source(tmp_path: Path) -> None:
    write_images(tmp_path / "a", BOTH)
    write_images(tmp_path / "b", BOTH, seed=1)
    selection = select(tmp_path, 'train = folder("a")', 'test = folder("b")', "split { validation = 6 }")
    parts = parts_of(selection)
    assert [list(parts.values()).count(part) for part in ("train", "validation", "test")] == [14, 6, 20]
    assert all(name.startswith("test/") == (part == "test") for name, part in parts.items())


def test_joined_sources_read_their_own_images(tmp_path: Path) -> None:
    write_images(tmp_path / "a", BOTH)
    write_images(tmp_path / "b", BOTH, seed=1)
    selection = select(tmp_path, 'train = folder("a")', 'validation = folder("b")')
    for index, name in enumerate(selection.source.names):
        part, _, inside = name.partition("/")
        expected = np.asarray(Image.open(tmp_path / {"train": "a", "validation": "b"}[part] / inside))
        assert (np.asarray(selection.source.read(index)[:, :]) == expected).all()


def test_a_quick_run_of_given_parts_has_all_classes(tmp_path: Path) -> None:
    names = [f"{label}/{index:02}.png" for label in ("Mel", "Nev") for index in range(30)]
    write_images(tmp_path / "a", names)
    write_images(tmp_path / "b", names, seed=1)
    selection = select(tmp_path, 'train = folder("a")', 'validation = folder("b")', quick=True)
    for part in selection.parts.values():
        assert sorted(selection.labels[index] for index in part) == [0] * 8 + [1] * 8


# tables

HEADER = ["file", "dx", "patient"]
ROWS = [[f"{label}_{index}.png", label, f"p{index}"] for label in ("Mel", "Nev") for index in range(10)]
CSV = ('source = csv("labels.csv", image = "file", root = "images")', 'label = column("dx")')


def write_rows(folder: Path, rows: Sequence[Sequence[str]] = (HEADER, *ROWS), delimiter: str = ",") -> None:
    """A table, and the images that `ROWS` list."""
    write_images(folder / "images", [row[0] for row in ROWS])
    write_table(folder / "labels.csv", rows, delimiter)


EXPECTED = {row[0]: row[1] for row in ROWS}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_every_table_gives_the_same_labels(tmp_path: Path, delimiter: str, encoding: str) -> None:
    write_rows(tmp_path)
    write_table(tmp_path / "labels.csv", [HEADER, *ROWS], delimiter, encoding)
    selection = select(tmp_path, *CSV)
    assert labels_of(selection) == EXPECTED
    assert selection.notes == ()


def test_cells_may_contain_the_other_separators(tmp_path: Path) -> None:
    write_rows(tmp_path, [[*HEADER, "remark;age,sex"], *([*row, "a,b,c;d"] for row in ROWS)], "\t")
    assert labels_of(select(tmp_path, *CSV)) == EXPECTED
    write_rows(tmp_path, [["file"], *([row[0]] for row in ROWS)])
    assert labels_of(select(tmp_path, CSV[0], "label = filename")) == EXPECTED


CELL = st.text("ab,;\t\"\n '", min_size=1, max_size=6)


@given(st.lists(CELL, min_size=2, max_size=2), st.sampled_from([",", ";", "\t"]), st.booleans())
def test_what_a_spreadsheet_writes_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, cells: list[str], delimiter: str, quoted: bool
) -> None:
    """Every separator, any cells, and quotes around all cells or only where they are needed."""
    folder = tmp_path_factory.getbasetemp()
    with (folder / "any.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL)
        writer.writerows([["file", "a remark"], cells])
    given = Csv(path="any.csv", image="file")
    given._places[""] = Source("x.lab", "", folder).span(0, 0)
    table = read_table(given, "file")
    assert table.columns == ("file", "a remark")
    assert [list(row.cells.values()) for row in table.rows] == [cells]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_quoted_headers_are_read(tmp_path: Path, delimiter: str) -> None:
    write_rows(tmp_path, [[f'"{cell}"' for cell in row] for row in (HEADER, *ROWS)], delimiter)
    assert labels_of(select(tmp_path, *CSV)) == EXPECTED


def test_backslashes_in_a_table_are_explained(tmp_path: Path) -> None:
    write_images(tmp_path / "images", BOTH)
    write_table(tmp_path / "labels.csv", [HEADER, *([name.replace("/", "\\"), "Mel", "p"] for name in BOTH)])
    assert "separate the folders in the table by `/`" in refusal(tmp_path, *CSV)[2]


def test_signs_of_other_patterns_are_explained(tmp_path: Path) -> None:
    write_images(tmp_path / "all", BOTH)
    assert "only `*` and `**`" in refusal(tmp_path, 'source = files("all/*/[0-9].png")')[2]


@given(st.permutations([*ROWS, ROWS[3], ROWS[7]]))
def test_rows_in_any_order_give_the_same(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    folder = tmp_path_factory.getbasetemp() / "rows"
    if not folder.exists():
        folder.mkdir()
        write_rows(folder)
    write_table(folder / "labels.csv", [HEADER, *rows])
    selection = select(folder, *CSV, 'split { group = column("patient")  validation = 30% }')
    assert labels_of(selection) == EXPECTED
    assert selection.notes == ('2 rows of "labels.csv" list an image again; each image is used once',)
    write_table(folder / "labels.csv", [HEADER, *ROWS])
    assert parts_of(select(folder, *CSV, 'split { group = column("patient")  validation = 30% }')) == parts_of(
        selection
    )


def test_names_without_their_ending_or_folder_find_the_one_file(tmp_path: Path) -> None:
    write_images(tmp_path / "images", ["part_1/ISIC_1.jpg", "part_2/ISIC_2.JPG", "ISIC_3.png", "part_2/ISIC_3.png"])
    rows = [["image", "dx"], ["ISIC_1", "Mel"], ["ISIC_2.JPG", "Nev"], ["ISIC_3", "Mel"], ["part_2/ISIC_3", "Nev"]]
    write_table(tmp_path / "labels.csv", rows)
    source = ('source = csv("labels.csv", image = "image", root = "images")', 'label = column("dx")')
    assert labels_of(select(tmp_path, *source, "split { validation = 2 }")) == {
        "part_1/ISIC_1.jpg": "Mel",
        "part_2/ISIC_2.JPG": "Nev",
        "ISIC_3.png": "Mel",
        "part_2/ISIC_3.png": "Nev",
    }
    write_images(tmp_path / "images", ["part_1/ISIC_2.jpg", "part_1/ISIC_2.JPG"])
    code, message, rest = refusal(tmp_path, *source)
    assert (code, message) == ("E0506", 'the table "labels.csv" has 1 row that may mean several files')
    assert "ISIC_2.JPG (line 3): part_1/ISIC_2.JPG, part_2/ISIC_2.JPG" in rest


def test_missing_files_are_counted_and_eight_are_listed(tmp_path: Path) -> None:
    write_rows(tmp_path, [HEADER, *ROWS, *([f"no_{n}.png", "Mel", "p"] for n in range(12))])
    code, message, rest = refusal(tmp_path, *CSV)
    assert (code, message) == ("E0507", '12 of 32 rows of "labels.csv" name a file that is not in "images"')
    assert "no_7.png (line 29)" in rest and "no_8" not in rest and "and 4 more" in rest


def test_images_without_a_row_are_a_note(tmp_path: Path) -> None:
    write_rows(tmp_path)
    write_images(tmp_path / "images", ["more.png", "deep/more.png"])
    assert select(tmp_path, *CSV).notes == ('left out: 2 images in "images" without a row in "labels.csv"',)


def test_without_root_only_the_folders_of_the_table_count(tmp_path: Path) -> None:
    write_images(tmp_path, [row[0] for row in ROWS])
    write_images(tmp_path, ["more.png", "runs/tiny/curves.png"])
    write_table(tmp_path / "labels.csv", [HEADER, *ROWS])
    selection = select(tmp_path, 'source = csv("labels.csv", image = "file")', 'label = column("dx")')
    assert selection.notes == ('left out: 1 image in "." without a row in "labels.csv"',)


BROKEN = {
    "no column": ([["a", "b"], ["1", "2"]], "has no column `file`", "columns: `a` and `b`"),
    "no label": ([["file", "dxx"], ["Mel_1.png", "Mel"]], "has no column `dx`", "did you mean `dxx`?"),
    "two columns": ([["file", "dx", "dx"], ["Mel_1.png", "Mel", "Nev"]], "has 2 columns `dx`", ""),
    "empty label": ([HEADER, *ROWS, ["Mel_1.png", "  ", "p"]], "has an empty `dx` in 1 row", "line 22"),
    "empty file": ([HEADER, *ROWS, ["", "Mel", "p"]], "has an empty `file` in 1 row", "line 22"),
    "few cells": ([HEADER, *ROWS, ["Mel_1.png", "Mel"]], "must have 3 cells in each row", "line 22: 2 cells"),
    "no rows": ([HEADER], "has no rows besides its first line", ""),
    "another label": (
        [HEADER, *ROWS, ["Mel_1.png", "Nev", "p1"]],
        "lists 1 image again with other values",
        "Mel_1.png (lines 3 and 22): `dx` is Mel and Nev",
    ),
    "one-hot": (
        [["file", "Mel", "Nev"], *([row[0], "1.0", "0.0"] for row in ROWS)],
        "has no column `dx`",
        "the table has a column for each class",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_table_that_cannot_be_used(tmp_path: Path, case: str) -> None:
    rows, reason, more = BROKEN[case]
    write_rows(tmp_path, rows)
    code, message, rest = refusal(tmp_path, *CSV)
    assert code == "E0506"
    assert message.startswith(f'the table "labels.csv" {reason}')
    assert more in rest


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "does not exist"),
        (b"", "is empty"),
        (b"file,dx\nMel_1.png,\xff\n", "must be UTF-8 text, but has another byte in line 2"),
        (b'file,dx\n"Mel_1.png,Mel\n', "is not a valid CSV file: unexpected end of data (line 2)"),
    ],
)
def test_a_file_that_is_no_table(tmp_path: Path, content: bytes | None, reason: str) -> None:
    write_images(tmp_path / "images", BOTH)
    if content is not None:
        (tmp_path / "labels.csv").write_bytes(content)
    assert refusal(tmp_path, *CSV)[:2] == ("E0506", f'the table "labels.csv" {reason}')


def test_one_hot_columns_are_explained(tmp_path: Path) -> None:
    write_rows(tmp_path, [["file", "Mel", "Nev"], *([row[0], "1.0", "0.0"] for row in ROWS)])
    for label in ('label = column("Mel")', "label = folder"):
        code, _, rest = refusal(tmp_path, CSV[0], label)
        assert code == "E0503"
        assert "a column for each class" in rest


def test_a_table_whose_column_is_not_named_says_so(tmp_path: Path) -> None:
    write_rows(tmp_path)
    assert 'write `label = column("dx")`' in refusal(tmp_path, CSV[0])[2]
    code, message, rest = refusal(tmp_path, CSV[0], 'label = column("patient")')
    assert code == "E0503"
    assert message == "20 images without a class: `patient` must be one of the classes `Mel` and `Nev`"
    assert "values: `p0`, `p1`" in rest and "and 2 more" in rest


def test_files_of_a_table_without_the_ending_of_an_image(tmp_path: Path) -> None:
    write_rows(tmp_path, [HEADER, *ROWS, ["a.dcm", "Mel", "p"]])
    (tmp_path / "images" / "a.dcm").touch()
    code, message, rest = refusal(tmp_path, *CSV)
    assert (code, message) == ("E0506", 'the table "labels.csv" lists 1 file without the ending of an image')
    assert "labc cannot read .dcm yet" in rest


# real layouts


def test_the_layout_of_isic(tmp_path: Path) -> None:
    names = [f"ISIC_{index:07}" for index in range(20)]
    write_images(tmp_path / "ISIC_images", [f"{name}.jpg" for name in names])
    (tmp_path / "ISIC_images" / "ATTRIBUTION.txt").touch()
    rows = [["image", "dx"], *([name, "nv" if n % 2 else "mel"] for n, name in enumerate(names))]
    write_table(tmp_path / "ISIC_GroundTruth.csv", rows)
    source = 'source = csv("ISIC_GroundTruth.csv", image = "image", root = "ISIC_images")'
    labels = labels_of(select(tmp_path, source, 'label = column("dx")', classes=("mel", "nv")))
    assert labels == {f"{name}.jpg": "nv" if n % 2 else "mel" for n, name in enumerate(names)}


def test_the_layout_of_chestx_ray14(tmp_path: Path) -> None:
    names = [f"{patient:08}_{visit:03}.png" for patient in range(10) for visit in range(3)]
    write_images(tmp_path, [f"images_{n % 2 + 1:03}/images/{name}" for n, name in enumerate(names)])
    header = ["Image Index", "Finding Labels", "Patient ID"]
    rows = [[name, "Mass" if name[7] in "13579" else "No Finding", str(int(name[:8]))] for name in names]
    write_table(tmp_path / "Data_Entry_2017.csv", [header, *rows])
    selection = select(
        tmp_path,
        'source = csv("Data_Entry_2017.csv", image = "Image Index")',
        'label = column("Finding Labels")',
        'split { group = column("Patient ID") }',
        classes=("Mass", "No Finding"),
    )
    parts = parts_of(selection)
    assert len(parts) == 30
    patients = {part: {Path(name).name[:8] for name in parts if parts[name] == part} for part in selection.parts}
    assert not patients["train"] & patients["validation"]


def test_the_layout_of_busi(tmp_path: Path) -> None:
    names = [
        f"{label}/{label} ({n}){end}.png" for label in ("benign", "normal") for n in range(9) for end in ("", "_mask")
    ]
    write_images(tmp_path / "BUSI", names)
    selection = select(tmp_path, 'source = folder("BUSI")', classes=("benign", "normal"))
    assert labels_of(selection) == {name: name.split("/")[0] for name in names}
    assert selection.notes == ()
