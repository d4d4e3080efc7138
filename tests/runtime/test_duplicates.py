"""Images with the same content, in two parts or in two classes."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .selecting import BOTH, parts_of, refusal, select
from .tiny import write_images

FOLDER = 'source = folder("all")'
TEN = "split { validation = 10 }"


def copies(folder: Path, *pairs: tuple[str, str]) -> None:
    write_images(folder / "all", BOTH)
    for name, copy in pairs:
        shutil.copy(folder / "all" / name, folder / "all" / copy)


def test_different_images_are_no_duplicates(tmp_path: Path) -> None:
    copies(tmp_path)
    for word in ("warn", "drop", "refuse"):
        selection = select(tmp_path, FOLDER, f"duplicates = {word}")
        assert (selection.warnings, selection.notes) == ((), ())


def test_the_same_image_in_two_classes_is_a_warning(tmp_path: Path) -> None:
    copies(tmp_path, ("Mel/3.png", "Nev/copy.png"))
    (warning,) = select(tmp_path, FOLDER).warnings
    assert (warning.code.value, warning.severity) == ("W0501", "warning")
    assert warning.message == "1 pair of identical images in two parts or in two classes"
    assert "Mel/3.png (" in warning.notes[0] and "Nev/copy.png (" in warning.notes[0]
    assert refusal(tmp_path, FOLDER, "duplicates = refuse")[0] == "E0510"
    code, message, rest = refusal(tmp_path, FOLDER, "duplicates = drop")
    assert (code, message) == ("E0510", "1 image cannot be dropped: the same image has another class too")
    assert "Mel/3.png (Mel) and Nev/copy.png (Nev)" in rest


def test_at_most_eight_pairs_are_listed(tmp_path: Path) -> None:
    copies(tmp_path, *((f"Mel/{n}.png", f"Nev/copy_{n}.png") for n in range(10)))
    (warning,) = select(tmp_path, FOLDER).warnings
    assert len(warning.notes) == 9
    assert warning.notes[-1] == "and 2 more"


@given(st.lists(st.integers(0, 9), max_size=12), st.integers(0, 3))
def test_dropping_keeps_one_image_of_each_content(
    tmp_path_factory: pytest.TempPathFactory, copied: list[int], seed: int
) -> None:
    folder = tmp_path_factory.mktemp("dropped")
    copies(folder, *((f"Mel/{n}.png", f"Mel/x{place}.png") for place, n in enumerate(copied)))
    split = f"split {{ validation = 5  seed = {seed} }}"
    selection = select(folder, FOLDER, "duplicates = drop", split)
    assert sorted(parts_of(selection)) == sorted(BOTH)
    assert len(selection.parts["validation"]) == 5
    assert selection.warnings == ()
    assert len(selection.notes) == bool(copied)
    warned = select(folder, FOLDER, split)
    parts = parts_of(warned)
    apart = [n for place, n in enumerate(copied) if parts[f"Mel/{n}.png"] != parts[f"Mel/x{place}.png"]]
    found = warned.warnings[0].message.split()[0] if warned.warnings else "0"
    assert int(found) == len(apart)


def test_a_repeated_image_in_one_part_and_class_is_no_matter(tmp_path: Path) -> None:
    copies(tmp_path, ("Mel/3.png", "Mel/copy.png"))
    for seed in range(20):
        selection = select(tmp_path, FOLDER, f"split {{ seed = {seed}  validation = 50% }}")
        parts = parts_of(selection)
        assert bool(selection.warnings) == (parts["Mel/3.png"] != parts["Mel/copy.png"])


def test_of_two_sources_the_first_name_stays(tmp_path: Path) -> None:
    copies(tmp_path)
    write_images(tmp_path / "other", BOTH, seed=1)
    shutil.copy(tmp_path / "all" / "Mel" / "0.png", tmp_path / "other" / "Mel" / "0.png")
    parts = ('train = folder("all")', 'test = folder("other")', TEN)
    assert len(select(tmp_path, *parts).warnings) == 1
    dropped = parts_of(select(tmp_path, *parts, "duplicates = drop"))
    assert "test/Mel/0.png" in dropped
    assert "train/Mel/0.png" not in dropped
