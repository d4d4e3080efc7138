"""`labc data`: what it says of the images is what NumPy says of the files, and what a run trains on."""

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from skimage.io import imread

import labc
from labc.runtime.cli import commands
from labc.runtime.data.dataset import load_dataset
from labc.runtime.data.pixel_range import grey_levels
from labc.runtime.studies.display import Display

from .selecting import hide_medical
from .tiny import selection_of

LAB = """data {{
  source  = folder("images")
  label   = folder
  classes = ["Mel", "Nev"]
  image   = 4x6x1
{settings}
  split {{ train = {train}  validation = {validation} }}
}}

model {{ flatten -> dense(1, sigmoid) }}
"""


def lab(folder: Path, settings: str = "", train: str = "50%", validation: str = "50%") -> Path:
    path = folder / "x.lab"
    path.write_text(LAB.format(settings=settings, train=train, validation=validation), encoding="utf-8")
    return path


def write_set(folder: Path, count: int, high: int, dtype: type[np.generic], seed: int = 0) -> dict[str, np.ndarray]:
    """Write images of the size of the model's input, so that resizing changes nothing; return them by name."""
    random = np.random.default_rng(seed)
    images = {}
    for number in range(count):
        name = f"{('Mel', 'Nev')[number % 2]}/{number}.tif"
        (folder / "images" / name).parent.mkdir(parents=True, exist_ok=True)
        images[name] = random.integers(0, high + 1, (4, 6)).astype(dtype)
        tifffile.imwrite(folder / "images" / name, images[name])
    return images


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(commands, ["data", *map(str, arguments)])


def described(path: Path, *options: str) -> Any:
    result = call(path, "--json", *options)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@given(
    count=st.sampled_from([8, 10, 14]),
    scale=st.sampled_from(["unit", "none", "sample"]),
    deep=st.booleans(),
    window=st.none() | st.tuples(st.integers(0, 100), st.integers(101, 300)),
    seed=st.integers(0, 99),
)
def test_the_description_is_that_of_the_files(
    tmp_path_factory: pytest.TempPathFactory,
    count: int,
    scale: str,
    deep: bool,
    window: tuple[int, int] | None,
    seed: int,
) -> None:
    folder = tmp_path_factory.mktemp("data")
    dtype, full = (np.uint16, 65535) if deep else (np.uint8, 255)
    images = write_set(folder, count, 255, dtype, seed)
    settings = f"  scale = {scale}\n" + (f"  window = ({window[0]}, {window[1]})\n" if window else "")
    data = described(lab(folder, settings))
    low, high = window or (0, full)
    assert [one["file"] for one in data["images"]] == sorted(images)
    for one in data["images"]:
        stored = images[one["file"]]
        assert one["label"] == one["file"][:3]
        assert one["stored"] == {
            "mode": "minisblack",
            "dtype": dtype.__name__,
            "size": [4, 6],
            "min": stored.min(),
            "max": stored.max(),
        }
        unit = (stored.astype(float) - low) / (high - low)
        seen = (np.clip(unit, 0, 1) if window else unit) * (255 if scale == "none" else 1)
        assert one["seen"]["shape"] == [4, 6, 1]
        found = [one["seen"][name] for name in ("min", "mean", "max")]
        assert np.allclose(found, [seen.min(), seen.mean(), seen.max()], atol=1e-4)
    for name, part in data["parts"].items():
        members = [one for one in data["images"] if one["part"] == name]
        assert part["images"] == len(members)
        assert part["by_class"] == {label: sum(one["label"] == label for one in members) for label in ("Mel", "Nev")}


def test_what_is_seen_is_what_a_run_trains_on(tmp_path: Path) -> None:
    write_set(tmp_path, 10, 4095, np.uint16)
    path = lab(tmp_path, "  window = (100, 4095)\n")
    seen = {one["file"]: one["seen"] for one in described(path)["images"]}
    dataset = load_dataset(selection_of(labc.load(path).experiment), tmp_path / "cache", Display())
    files = [file for part in dataset.parts.values() for file in part.files]
    assert sorted(files) == sorted(seen)
    for part in dataset.parts.values():
        for file, image in zip(part.files, part.images, strict=True):
            levels = grey_levels(image, dataset.pixels).astype(float) / 255
            assert np.allclose([seen[file]["min"], seen[file]["mean"]], [levels.min(), levels.mean()])


def test_images_that_no_part_uses_are_shown(tmp_path: Path) -> None:
    write_set(tmp_path, 12, 255, np.uint8)
    path = lab(tmp_path, train="4", validation="2")
    parts = [one["part"] for one in described(path)["images"]]
    assert {name: parts.count(name) for name in ("train", "validation", None)} == {
        "train": 4,
        "validation": 2,
        None: 6,
    }
    lines = call(path).output.splitlines()
    assert lines[0] == "12 images, 2 classes, classification"
    assert [line.split() for line in lines if line.startswith("all")] == [["all", "4", "2", "6"]]


def test_what_is_left_out_repeated_and_grouped_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hide_medical(monkeypatch)
    write_set(tmp_path, 12, 255, np.uint8)
    folder = tmp_path / "images"
    for name in ("Mel/notes.txt", "Nev/more.txt", "scan.dcm"):
        (folder / name).write_text("no image", encoding="utf-8")
    shutil.copy(folder / "Mel/0.tif", folder / "Nev/copy0.tif")
    path = lab(tmp_path, train="7", validation="6")
    path.write_text(path.read_text().replace("split {", 'split { group = filename("([0-9])[.]")'), encoding="utf-8")
    data = described(path)
    assert data["left_out"] == {".txt": 2, ".dcm": 1}
    assert data["duplicates"] == [["Mel/0.tif", "Nev/copy0.tif"]]
    assert data["warnings"] == ["1 pair of identical images in two parts or in two classes"]
    for name, part in data["parts"].items():
        files = [one["file"] for one in data["images"] if one["part"] == name]
        assert part["groups"] == len({file[-5] for file in files})
    shown = call(path)
    assert shown.exit_code == 0
    assert "note: left out: 2 .txt, 1 .dcm (to read .dcm, run `pip install" in shown.stderr
    assert "  Mel/0.tif = Nev/copy0.tif" in shown.stdout
    assert "warning[W0501]" in shown.stderr


def test_a_warning_is_shown_and_the_data_is_fine(tmp_path: Path) -> None:
    write_set(tmp_path, 10, 4095, np.uint16)
    result = call(lab(tmp_path))
    assert result.exit_code == 0
    assert "warning[W0502]" in result.stderr
    assert "window = (0, 4095)" in result.stderr
    (warning,) = described(tmp_path / "x.lab")["warnings"]
    assert warning.startswith("these images use only the values")


def test_the_data_is_shown_although_a_window_is_missing(tmp_path: Path) -> None:
    images = write_set(tmp_path, 10, 4095, np.int16)
    path = lab(tmp_path)
    result = call(path, "--sheet", tmp_path / "sheet.png")
    assert result.exit_code == 1
    assert "error[E0513]" in result.stderr
    assert "because a window is missing" in result.stdout
    assert (tmp_path / "sheet.png").exists()
    data = json.loads(call(path, "--json").stdout)
    assert {one["file"]: one["stored"]["max"] for one in data["images"]} == {
        name: image.max() for name, image in images.items()
    }
    assert {one["seen"] for one in data["images"]} == {None}


def test_what_a_run_refuses_is_refused(tmp_path: Path) -> None:
    write_set(tmp_path, 10, 255, np.uint8)
    (tmp_path / "images/Mel/0.tif").write_bytes(b"")
    result = call(lab(tmp_path))
    assert result.exit_code == 1
    assert "Mel/0.tif: the file is empty" in result.stderr
    (tmp_path / "x.lab").write_text("model { input(8x8x1)\n flatten }\n", encoding="utf-8")
    assert "missing section `data`" in call(tmp_path / "x.lab").stderr
    assert call(tmp_path / "nowhere.lab").exit_code == 1


def test_the_sheet_has_each_class_of_each_part(tmp_path: Path) -> None:
    write_set(tmp_path, 10, 255, np.uint8)
    path = lab(tmp_path)
    assert call(path, "--sheet", tmp_path / "sheet.png").exit_code == 0
    picture = imread(tmp_path / "sheet.png")
    assert picture.shape[0] > 600 and picture.shape[1] > 1500
    assert call(path, "--sheet", tmp_path / "sheet.svg").exit_code == 0
    text = (tmp_path / "sheet.svg").read_text(encoding="utf-8")
    assert text.count("<image") == 10
    result = call(path, "--sheet", tmp_path / "sheet.docx")
    assert result.exit_code == 2
    assert "must end in one of .png .pdf .svg .jpg" in result.output
    result = call(path, "--sheet", tmp_path / "nowhere" / "sheet.png")
    assert result.exit_code == 1
    assert "cannot write" in result.output


AUGMENT = "  augment { rotation = 30deg  gamma = 20%  mixup = 0.3  erase = 10% }"


@pytest.mark.parametrize("settings", [AUGMENT, f"  balance = oversample\n{AUGMENT}", "  augment { flip = both }"])
@pytest.mark.parametrize("named", ["", "file", "path"])
def test_a_sheet_shows_changes_of_one_image(tmp_path: Path, settings: str, named: str) -> None:
    write_set(tmp_path, 10, 255, np.uint8)
    path, sheet = lab(tmp_path, settings), tmp_path / "sheet.png"
    file = next(image["file"] for image in described(path)["images"] if image["part"] == "train")
    name = {"": (), "file": (Path(file).name,), "path": (file,)}[named]
    result = call(path, "--sheet", sheet, "--augmented", *name)
    assert result.exit_code == 0, result.output
    shown = imread(sheet)
    assert shown.shape[0] > 1000
    assert shown[..., :3].std() > 5


def test_what_a_sheet_of_changes_needs(tmp_path: Path) -> None:
    write_set(tmp_path, 10, 255, np.uint8)
    path, sheet = lab(tmp_path), tmp_path / "sheet.png"
    result = call(path, "--sheet", sheet, "--augmented")
    assert (result.exit_code, "changes no image" in result.output) == (1, True)
    path = lab(tmp_path, AUGMENT)
    result = call(path, "--augmented")
    assert (result.exit_code, "needs --sheet" in result.output) == (2, True)
    result = call(path, "--sheet", sheet, "--augmented", "55.tif")
    assert (result.exit_code, "no training image is `55.tif`" in result.output) == (2, True)
    assert not sheet.exists()
