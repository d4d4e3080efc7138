"""`labc phantom`: the files of drawn images."""

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from PIL import Image

import labc
from labc.compiler.sections import Phantom
from labc.runtime.cli import commands
from labc.runtime.cli.phantom_command import KINDS as OFFERED
from labc.runtime.cli.phantom_command import LAYOUTS
from labc.runtime.data import phantom_files
from labc.runtime.data.dataset import load_dataset
from labc.runtime.data.decoding.decode import read_image
from labc.runtime.data.decoding.decode_options import DecodeOptions
from labc.runtime.data.phantom import KINDS
from labc.runtime.data.phantom_files import PhantomFiles
from labc.runtime.data.sources.drawn import DrawnSource
from labc.runtime.studies.display import Display

from .selecting import select

CLASSIFIED = ["skin", "bone", "organs", "scan"]


def phantom(*arguments: object) -> Result:
    result = CliRunner().invoke(commands, ["phantom", *map(str, arguments)])
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def source(kind: str, images: int, seed: int = 0) -> DrawnSource:
    return DrawnSource.of(Phantom.model_construct(kind=kind, images=images, seed=seed))


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_every_phantom_is_offered() -> None:
    assert set(OFFERED) == set(KINDS)


@pytest.mark.parametrize("kind", CLASSIFIED)
def test_a_folder_for_each_class_has_the_images_of_a_run(kind: str, tmp_path: Path) -> None:
    done = phantom(kind, tmp_path / "new" / "out", "--images", 10, "--seed", 3)
    assert done.exit_code == 0, done.output
    drawn = source(kind, 10, 3)
    assert files(tmp_path / "new" / "out") == sorted(drawn.names)
    for index, name in enumerate(drawn.names):
        assert name.startswith(f"{drawn.classes[index % len(drawn.classes)]}/")
        np.testing.assert_array_equal(np.asarray(Image.open(tmp_path / "new" / "out" / name)), drawn.read(index).pixels)


@pytest.mark.parametrize("kind", ["chest", "ct"])
def test_images_with_masks_have_pairs_of_names(kind: str, tmp_path: Path) -> None:
    assert phantom(kind, tmp_path, "--images", 3).exit_code == 0
    names = [f"Im{number:03d}.png" for number in range(3)]
    assert files(tmp_path) == sorted(f"{folder}/{name}" for folder in ("Image", "Mask") for name in names)
    for index, name in enumerate(names):
        np.testing.assert_array_equal(
            np.asarray(Image.open(tmp_path / "Image" / name)), source(kind, 3).read(index).pixels
        )
        np.testing.assert_array_equal(np.asarray(Image.open(tmp_path / "Mask" / name)), source(kind, 3).mask(index))


@pytest.mark.parametrize("size", [48, 128, 300])
def test_the_size_of_images_and_masks(size: int, tmp_path: Path) -> None:
    assert phantom("ct", tmp_path, "--images", 2, "--size", size).exit_code == 0
    picture, mask = (np.asarray(Image.open(tmp_path / folder / "Im001.png")) for folder in ("Image", "Mask"))
    assert picture.shape == mask.shape == (size, size)
    assert np.unique(mask).tolist() == [0, 128, 255]
    full = np.asarray(source("ct", 2).mask(1))
    assert abs((mask == 255).mean() - (full == 255).mean()) < 0.01


def test_an_image_in_colour_keeps_its_colours(tmp_path: Path) -> None:
    assert phantom("skin", tmp_path, "--images", 1, "--size", 40).exit_code == 0
    assert np.asarray(Image.open(tmp_path / "Mel" / "Mel_00000.png")).shape == (40, 40, 3)


@pytest.mark.parametrize(("kind", "shape"), [("skin", (32, 32, 3)), ("organs", (32, 32))])
def test_the_arrays_of_medmnist(kind: str, shape: tuple[int, ...], tmp_path: Path) -> None:
    assert phantom(kind, tmp_path, "--images", 40, "--size", 32, "--layout", "npz").exit_code == 0
    assert files(tmp_path) == [f"{kind}.npz"]
    arrays = np.load(tmp_path / f"{kind}.npz")
    assert list(arrays) == [f"{part}_{what}" for part in ("train", "val", "test") for what in ("images", "labels")]
    for part, count in (("train", 28), ("val", 4), ("test", 8)):
        assert arrays[f"{part}_images"].shape == (count, *shape)
        assert arrays[f"{part}_labels"].shape == (count, 1)
        assert {arrays[f"{part}_{what}"].dtype for what in ("images", "labels")} == {np.dtype(np.uint8)}
    labels = np.concatenate([arrays[f"{part}_labels"][:, 0] for part in ("train", "val", "test")])
    assert labels.tolist() == [index % len(source(kind, 1).classes) for index in range(40)]


def test_the_arrays_of_masks(tmp_path: Path) -> None:
    assert phantom("ct", tmp_path, "--images", 10, "--layout", "npz").exit_code == 0
    arrays = np.load(tmp_path / "ct.npz")
    assert list(arrays) == [f"{part}_{what}" for part in ("train", "val", "test") for what in ("images", "masks")]
    np.testing.assert_array_equal(arrays["val_images"][0], source("ct", 10).read(7).pixels)
    np.testing.assert_array_equal(arrays["val_masks"][0], source("ct", 10).mask(7))
    np.testing.assert_array_equal(arrays["test_masks"][1], source("ct", 10).mask(9))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_there_is_never_overwritten(layout: str, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    done = phantom("skin", tmp_path, "--images", 10, "--layout", layout)
    assert done.exit_code == 1
    assert f"`{tmp_path}` is not an empty folder; nothing was written" in done.stderr
    assert files(tmp_path) == ["mine.txt"]


def test_a_file_is_not_overwritten_either(tmp_path: Path) -> None:
    path = tmp_path / "taken"
    path.write_text("mine")
    assert "is not an empty folder" in phantom("skin", path, "--images", 1).stderr
    assert path.read_text() == "mine"


@pytest.mark.parametrize("exists", [False, True])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("fault", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_after_an_interruption_there_is_nothing(
    fault: BaseException, layout: str, exists: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out"
    if exists:
        target.mkdir()
    seen: list[int] = []
    read = DrawnSource.read

    def stop_at_the_fourth(drawn: DrawnSource, index: int) -> object:
        seen.append(index)
        if index == 3:
            raise fault
        return read(drawn, index)

    monkeypatch.setattr(DrawnSource, "read", stop_at_the_fourth)
    done = phantom("organs", target, "--images", 10, "--layout", layout)
    assert seen == [0, 1, 2, 3]
    assert done.exit_code == 1
    assert target.exists() == exists
    assert files(tmp_path) == []


def test_no_file_has_its_name_before_all_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[list[str]] = []
    save = phantom_files._save

    def watch(pixels: phantom_files.Bytes, path: Path, writer: phantom_files.Save) -> None:
        save(pixels, path, writer)
        shown.append([path.name for path in tmp_path.iterdir() if not path.name.startswith(".")])

    monkeypatch.setattr(phantom_files, "_save", watch)
    assert phantom("organs", tmp_path, "--images", 9).exit_code == 0
    assert shown == [[]] * 9
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"C{number}" for number in range(1, 10)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["hand", "out"], "'hand' is not one of"),
        (["bone", "out", "--images", 0], "Invalid value for '--images'"),
        (["bone", "out", "--seed", -1], "Invalid value for '--seed'"),
        (["bone", "out", "--size", 0], "Invalid value for '--size'"),
        (["bone", "out", "--layout", "npz", "--images", 9], "must be at least 10 for `--layout npz`"),
        (["bone"], "Missing argument 'DIR'"),
    ],
)
def test_a_wrong_command_line_writes_nothing(
    arguments: list[object], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = phantom(*arguments)
    assert done.exit_code == 2
    assert message in done.stderr
    assert list(tmp_path.iterdir()) == []


SOURCES = {
    "folder": ('folder("out")', "label = folder"),
    "csv": ('csv("out/labels.csv", image = "file", root = "out")', 'label = column("label")'),
    "npz": ('npz("out/KIND.npz")', ""),
    "dicom": ('folder("out")', "label = folder"),
    "nifti": ('folder("out")', "label = folder"),
}


def test_every_layout_has_a_source() -> None:
    assert set(SOURCES) == set(LAYOUTS)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("kind", ["skin", "scan"])
def test_a_run_reads_the_pixels_that_were_drawn(kind: str, layout: str, tmp_path: Path) -> None:
    done = phantom(kind, tmp_path / "out", "--images", 36, "--seed", 2, "--size", 21, "--layout", layout)
    assert done.exit_code == 0, done.output
    given, label = SOURCES[layout]
    drawn = PhantomFiles.of(Phantom.model_construct(kind=kind, images=36, seed=2), 21)
    settings = [f"source = {given.replace('KIND', kind)}", label]
    selection = select(tmp_path, *settings, classes=drawn.source.classes, image=f"21x21x{3 if kind == 'skin' else 1}")
    parts = load_dataset(selection, tmp_path / "cache", Display()).parts
    found = sorted(
        (int(label), image.squeeze().tobytes())
        for part in parts.values()
        for label, image in zip(part.targets, part.images, strict=True)
    )
    classes = len(drawn.source.classes)
    assert found == sorted((index % classes, drawn.image(index).tobytes()) for index in range(36))


@pytest.mark.parametrize(("layout", "ending"), [("csv", ".png"), ("dicom", ".dcm"), ("nifti", ".nii.gz")])
def test_images_and_masks_in_other_layouts(layout: str, ending: str, tmp_path: Path) -> None:
    assert phantom("ct", tmp_path, "--images", 3, "--size", 20, "--layout", layout).exit_code == 0
    names = [f"Im{number:03d}{ending}" for number in range(3)]
    pairs = [(f"Image/{name}", f"Mask/{name}") for name in names]
    assert files(tmp_path) == sorted([name for pair in pairs for name in pair] + ["labels.csv"] * (layout == "csv"))
    drawn = PhantomFiles.of(Phantom.model_construct(kind="ct", images=3, seed=0), 20)
    for index, pair in enumerate(pairs):
        image, mask = (np.asarray(read_image(tmp_path / one, DecodeOptions()).pixels[:, :]) for one in pair)
        np.testing.assert_array_equal(image, drawn.image(index))
        np.testing.assert_array_equal(mask, drawn.mask(index))
    if layout == "csv":
        rows = ["file,mask", *(",".join(pair) for pair in pairs)]
        assert (tmp_path / "labels.csv").read_text().splitlines() == rows


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_images_are_the_same_bytes(layout: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("one", "two"):
        assert phantom("skin", tmp_path / folder, "--images", 10, "--size", 9, "--layout", layout).exit_code == 0
        monkeypatch.setattr("time.time", lambda: 1.7e9)
    assert files(tmp_path / "one") == files(tmp_path / "two")
    for name in files(tmp_path / "one"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


@pytest.mark.parametrize("layout", ["dicom", "nifti"])
def test_without_the_extra_the_command_says_what_to_install(
    layout: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("labc.runtime.training.backend.is_installed", lambda name: name != "pydicom")
    done = phantom("skin", tmp_path / "out", "--layout", layout)
    assert done.exit_code == 1
    assert f"error[E0602]: missing Python modules for `--layout {layout}`: `pydicom`" in done.stderr
    assert '`pip install "labc[medical]"`' in done.stderr
    assert files(tmp_path) == []


def test_a_run_can_read_the_files(tmp_path: Path) -> None:
    assert phantom("scan", tmp_path / "images", "--images", 24, "--size", 32).exit_code == 0
    (tmp_path / "scan.lab").write_text("""\
data {
  source  = folder("images")
  label   = folder
  classes = ["normal", "pneumonia"]
  image   = 32x32x1
  split {
    train      = 16
    validation = 8
  }
}

model { flatten -> dense(1, sigmoid) }

train {
  loss   = binary_crossentropy
  batch  = 8
  epochs = 1
}
""")
    run = labc.run(tmp_path / "scan.lab", tmp_path / "runs")
    assert 0 <= run.metrics["validation"]["accuracy"] <= 1
