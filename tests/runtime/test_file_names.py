"""File names of any bytes: in the files of a run, in its report, and in the path of its folder."""

import csv
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import labc
from labc.grammar.diagnostics.lab_error import LabError
from labc.runtime.cli.views.run_summary import print_summary, summarize
from labc.runtime.runs.file_names import LONGEST, escape_name, folded_name, folder_name, unescape_name
from labc.runtime.runs.folder import RunFolder
from labc.runtime.runs.record import read_record

from .fake_training import fake_training, run_once
from .report_folder import pictures, write_folder
from .tiny import TINY, write_images

posix = pytest.mark.skipif(sys.platform != "linux", reason="only Linux allows any bytes in a file name")

# What a directory of Linux may contain: any bytes except the separator and 0.
NAMES = st.one_of(
    st.binary(min_size=1, max_size=255).map(lambda name: name.replace(b"/", b"x").replace(b"\0", b"x")),
    st.lists(st.sampled_from([b"\\", b"x", b"5c", b"ff", b"\xff", b"\xc3", b"\xa9", b"a"])).map(b"".join),
).map(os.fsdecode)


@given(NAMES)
def test_an_escaped_name_is_utf_8_and_is_read_again(name: str) -> None:
    text = escape_name(name)
    text.encode()
    assert unescape_name(text) == name
    assert os.fsencode(unescape_name(text)) == os.fsencode(name)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\\")))
def test_an_ordinary_name_does_not_change(name: str) -> None:
    assert escape_name(name) == unescape_name(name) == name


@given(NAMES.filter(bool))
def test_a_folder_name_is_safe(name: str) -> None:
    safe = folder_name(name)
    safe.encode()
    assert Path(safe).parts == (safe,)
    assert not safe.startswith(".") and not safe.endswith((".", " "))
    assert len(os.fsencode(safe)) < LONGEST + 10
    assert not any(ord(character) < 32 for character in safe)


@given(NAMES.filter(bool), NAMES.filter(bool))
def test_different_names_have_different_folders(one: str, other: str) -> None:
    assert (folder_name(one) == folder_name(other)) == (one == other)


@pytest.mark.parametrize("name", ["été", "黑色素瘤", "_exp", "2024 x", "o'brien&<b>", "a.b", "AlexNet", "console"])
def test_a_safe_name_is_the_name_of_the_folder(name: str) -> None:
    assert folder_name(name) == name


@pytest.mark.parametrize("name", ["con", "NUL", "com1.x", "..", ".", ".cache", "a.", "a ", "a\nb", "a" * 251])
def test_an_unsafe_name_gets_another_folder(name: str) -> None:
    assert folder_name(name) != name
    assert folder_name(name).rpartition("-")[0]


@pytest.mark.parametrize(("one", "other"), [("Tiny", "tiny"), ("\u00e9", "e\u0301"), ("\u017f", "s"), ("\ufb01", "FI")])
def test_names_that_a_file_system_may_not_distinguish_have_one_lock(tmp_path: Path, one: str, other: str) -> None:
    assert folded_name(one) == folded_name(other)
    first, second = (RunFolder(tmp_path / name / "3f9a1c7e") for name in (one, other))
    with first.locked(), pytest.raises(LabError), second.locked():
        pass
    with first.locked(), RunFolder(tmp_path / "another" / "3f9a1c7e").locked():
        pass


@posix
@pytest.mark.parametrize("name", ["..", ".", ".cache", "\udcff", "a\nb", "con", "a" * 251, "é" * 125, '"', "x\x1b[31m"])
def test_the_folder_of_a_run_is_inside_the_folder_of_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], name: str
) -> None:
    fake_training(monkeypatch)
    path = tmp_path / f"{name}.lab"
    path.write_text(TINY.replace('experiment "Tiny"', ""), encoding="utf-8")
    runs = tmp_path / "r\udcfe\n"
    run = run_once(path, runs)
    assert run.folder.parent.parent == runs
    assert {one.name for one in runs.iterdir()} == {".cache", ".locks", run.folder.parent.name}
    assert {one.suffix for one in (runs / ".cache").iterdir()} == {".images"}
    assert {one.suffix for one in (runs / ".locks").iterdir()} == {".lock"}
    assert unescape_name(run.record.info.file) == path.name
    assert not run_once(path, runs).trained
    print_summary(run)
    assert capfdbinary.readouterr().out.endswith(os.fsencode(run.folder) + b"\n")
    assert unescape_name(summarize(run)["folder"]) == str(run.folder)


ODD = ["\udcff", "\n", "\r", '"', "'", ",", "\\xff", "\x1b[31m", "\u202e", "a" * 247]


@posix
def test_images_with_names_of_any_bytes_are_trained_and_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "d\udcfe"
    names = [f"{label}_{odd}.png" for label in ("Mel", "Nev") for odd in ODD]
    write_images(folder / "images", [f"{label}_{index}.png" for label in ("Mel", "Nev") for index in range(10)])
    for name, other in zip(names, sorted((folder / "images").iterdir()), strict=True):
        other.rename(folder / "images" / name)
    sizes = {"= 24": "= 4", "= 8\n": "= 8\n", "phantom(skin, images = 40)": 'folder("images")'}
    text = TINY
    for old, new in sizes.items():
        text = text.replace(old, new)
    path = folder / "odd.lab"
    path.write_text(text, encoding="utf-8")
    fake_training(monkeypatch)
    run = run_once(path, tmp_path / "runs")
    data = labc.load(run.folder / "experiment.lab").base.data
    assert data and data.source and data.source.word() == "folder"
    assert unescape_name(data.place("source").text.replace("\\\\", "\\")) == 'folder("../../../d\udcfe/images")'
    files = run.record.predictions.file
    assert len(files) == 16 and set(files) <= set(names)
    with (run.folder / "predictions.csv").open(encoding="utf-8", newline="") as file:
        assert tuple(unescape_name(row["file"]) for row in csv.DictReader(file)) == files


def test_odd_names_are_shown_escaped_on_the_page(tmp_path: Path) -> None:
    from labc.runtime.report.write import write_report

    write_folder(tmp_path)
    table = tmp_path / "predictions.csv"
    table.write_text(
        table.read_text().replace("test/Mel_", '"test/\n\x1b\\xff').replace(".png,test,Mel", '.png",test,Mel')
    )
    images = {unescape_name(file): image for file, image in pictures(tmp_path).items()}
    write_report(tmp_path, read_record(tmp_path), images)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "test/␊␛\\xff0" in page
    assert "\x1b" not in page
