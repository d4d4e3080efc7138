"""Tables that list images, and the layouts of public data sets. The files are made by the tests."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labc.compiler.sections import Csv
from labc.grammar.source import Source
from labc.runtime.data.table_file import read_table

from .selecting import BOTH, hide_medical, labels_of, parts_of, refusal, select, write_table
from .tiny import write_images

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


def test_files_of_a_table_without_the_ending_of_an_image(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hide_medical(monkeypatch)
    write_rows(tmp_path, [HEADER, *ROWS, ["a.dcm", "Mel", "p"]])
    (tmp_path / "images" / "a.dcm").touch()
    code, message, rest = refusal(tmp_path, *CSV)
    assert (code, message) == ("E0506", 'the table "labels.csv" lists 1 file without the ending of an image')
    assert 'to read .dcm, run `pip install "labc[medical]"`' in rest


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
