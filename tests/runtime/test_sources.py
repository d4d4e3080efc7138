"""Sources of images: folders, patterns, and parts with their own sources."""

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

from labc.runtime.data.sources.found_files import find_files
from labc.runtime.data.sources.path_pattern import PathPattern

from .selecting import BOTH, hide_medical, labels_of, parts_of, refusal, select, write_table
from .tiny import write_images

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


def test_other_files_are_counted_by_ending(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hide_medical(monkeypatch)
    write_images(tmp_path / "all", BOTH)
    for name in ("a.txt", "Mel/b.TXT", "Mel/c.dcm", "d.nii.gz", "README", ".DS_Store", "Mel/._1.png", ".git/x.png"):
        (tmp_path / "all" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "all" / name).touch()
    (note,) = select(tmp_path, 'source = folder("all")').notes
    assert note == (
        "left out: 2 .txt, 1 .dcm, 1 .nii.gz, 1 hidden .png, 1 without an ending "
        '(to read .dcm and .nii.gz, run `pip install "labc[medical]"`, '
        'or in a clone of labc `pip install -e ".[medical]"`)'
    )
    assert select(tmp_path, 'source = files("all/*/*.png")').notes == ("left out: 1 hidden .png",)


def test_only_medical_files_say_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hide_medical(monkeypatch)
    (tmp_path / "all").mkdir()
    (tmp_path / "all" / "a.dcm").touch()
    code, _, rest = refusal(tmp_path, 'source = folder("all")')
    assert code == "E0502"
    assert rest.startswith('to read .dcm, run `pip install "labc[medical]"`')


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
        assert (np.asarray(selection.source.read(index).pixels[:, :]) == expected).all()


def test_a_quick_run_of_given_parts_has_all_classes(tmp_path: Path) -> None:
    names = [f"{label}/{index:02}.png" for label in ("Mel", "Nev") for index in range(30)]
    write_images(tmp_path / "a", names)
    write_images(tmp_path / "b", names, seed=1)
    selection = select(tmp_path, 'train = folder("a")', 'validation = folder("b")', quick=True)
    for part in selection.parts.values():
        assert sorted(selection.targets.strata[index] for index in part) == [0] * 8 + [1] * 8
