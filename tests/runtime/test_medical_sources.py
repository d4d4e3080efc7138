"""From folders, tables and arrays of medical files to the volumes and pictures of an experiment."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nibabel
import numpy as np
import pytest
import tifffile
from click.testing import CliRunner
from numpy.typing import NDArray

import labc
from labc.grammar.diagnostics.diagnostic import Diagnostic
from labc.grammar.diagnostics.lab_error import LabError
from labc.runtime.cli import commands
from labc.runtime.data.dataset import Dataset, Selection, load_dataset
from labc.runtime.studies.display import Display

from ..golden import check_golden
from .medical_files import dicom, write_dicom, write_series
from .selecting import hide_medical, labels_of, refusal, select, write_table
from .tiny import selection_of, write_images

GOLDEN = Path(__file__).parent.parent / "bad" / "run"
RANDOM = np.random.default_rng(0)
FOLDER = 'source = folder("all")'
VOLUME = "4x5x7x1"


class Notes(Display):
    """Keeps the notes and the warnings."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.warnings: list[Diagnostic] = []

    def note(self, text: str) -> None:
        self.notes.append(text)

    def warn(self, warning: Diagnostic) -> None:
        self.warnings.append(warning)


def volume(number: int, dtype: type[np.generic] = np.uint8) -> NDArray[Any]:
    return np.random.default_rng(number).integers(0, 256, (4, 5, 7)).astype(dtype)


def load(selection: Selection, folder: Path, display: Display | None = None) -> dict[str, NDArray[Any]]:
    """The stored values of each image, by its name."""
    dataset: Dataset = load_dataset(selection, folder / "cache", display or Notes())
    return {name: image for part in dataset.parts.values() for name, image in zip(part.files, part.images, strict=True)}


def series_set(folder: Path, inside: str = "study/series") -> dict[str, NDArray[Any]]:
    """Twelve patients, each with a series of slices whose names are shuffled: the volumes by the names of folders."""
    made = {}
    for number in range(12):
        name = f"{('Mel', 'Nev')[number % 2]}/LIDC-{number:04d}/{inside}".rstrip("/")
        made[name] = volume(number)
        order = np.random.default_rng(number).permutation(4).tolist()
        write_series(folder / name, made[name], order, series=f"1.2.{number}")
        (folder / name / "069.xml").write_text("<LidcReadMessage/>")
    return made


@pytest.mark.parametrize("inside", ["study/series", "1.3.6.1.4.1/3000566.000000-03192", ""])
def test_a_folder_of_slices_is_a_volume(tmp_path: Path, inside: str) -> None:
    """As LIDC-IDRI has them: patient/study/series/*.dcm."""
    made = series_set(tmp_path / "all", inside)
    selection = select(tmp_path, FOLDER, image=VOLUME)
    assert selection.source.names == tuple(sorted(made))
    assert labels_of(selection) == {name: name[:3] for name in made}
    assert selection.notes == ("left out: 12 .xml",)
    found = load(selection, tmp_path)
    assert found.keys() == made.keys()
    for name, image in found.items():
        assert image.dtype == np.uint8
        np.testing.assert_array_equal(image[..., 0], made[name])


def test_the_folders_of_slices_that_a_pattern_matches(tmp_path: Path) -> None:
    made = series_set(tmp_path / "all", "lung")
    for name in made:
        write_series(tmp_path / "all" / name.replace("lung", "bone"), volume(99))
    selection = select(tmp_path, 'source = files("all/*/*/lung/*.dcm")', image=VOLUME)
    assert selection.source.names == tuple(sorted(made))
    assert len(select(tmp_path, FOLDER, "duplicates = warn", image=VOLUME).source.names) == 24


def test_the_same_slices_under_other_names_are_the_same_volume(tmp_path: Path) -> None:
    series_set(tmp_path / "all", "")
    first = select(tmp_path, FOLDER, image=VOLUME)
    for number, path in enumerate(sorted((tmp_path / "all").rglob("*.dcm"))):
        path.rename(path.with_name(f"{number:05d}.dcm"))
    second = select(tmp_path, FOLDER, image=VOLUME)
    assert first.cache_key == second.cache_key
    changed = path.with_name(f"{number:05d}.dcm")
    changed.write_bytes(changed.read_bytes()[:-2] + b"\1\2")
    assert select(tmp_path, FOLDER, image=VOLUME).cache_key != second.cache_key


def test_groups_are_the_folders_around_a_volume(tmp_path: Path) -> None:
    series_set(tmp_path / "all", "series")
    selection = select(tmp_path, FOLDER, "split { group = folder }", image=VOLUME)
    assert selection.groups == [Path(name).parent.as_posix() for name in selection.source.names]


def test_each_slice_is_a_picture_where_images_have_no_depth(tmp_path: Path) -> None:
    made = series_set(tmp_path / "all")
    selection = select(tmp_path, FOLDER, image="5x7x1")
    assert len(selection.source.names) == 48
    found = load(selection, tmp_path)
    slices = {one.tobytes() for one in np.concatenate(list(made.values()))}
    assert {image.tobytes() for image in found.values()} == slices


def test_files_of_frames_are_a_volume_each(tmp_path: Path) -> None:
    made = {f"{('Mel', 'Nev')[number % 2]}/{number}.dcm": volume(number) for number in range(12)}
    for name, frames in made.items():
        write_dicom(tmp_path / "all" / name, dicom(frames, frames=4))
    found = load(select(tmp_path, FOLDER, image=VOLUME), tmp_path)
    for name, image in found.items():
        np.testing.assert_array_equal(image[..., 0], made[name])
    assert len(found) == 12


def test_a_table_lists_the_folders_of_slices(tmp_path: Path) -> None:
    made = series_set(tmp_path / "all", "")
    rows = [["patient", "dx"], *([Path(name).name, name[:3]] for name in made)]
    write_table(tmp_path / "labels.csv", rows)
    source = 'source = csv("labels.csv", image = "patient", root = "all")'
    selection = select(tmp_path, source, 'label = column("dx")', image=VOLUME)
    assert labels_of(selection) == {name: name[:3] for name in made}
    assert selection.notes == ()


def test_a_table_lists_compressed_files_without_their_ending(tmp_path: Path) -> None:
    rows = [["file", "dx"]]
    for number in range(12):
        (tmp_path / "all").mkdir(exist_ok=True)
        nibabel.Nifti1Image(volume(number).T, np.eye(4)).to_filename(tmp_path / "all" / f"Mel.1_{number}.nii.gz")
        rows.append([f"Mel.1_{number}", "Mel" if number % 2 else "Nev"])
    write_table(tmp_path / "labels.csv", rows)
    source = 'source = csv("labels.csv", image = "file", root = "all")'
    selection = select(tmp_path, source, 'label = column("dx")', image=VOLUME)
    assert set(selection.source.names) == {f"Mel.1_{number}.nii.gz" for number in range(12)}
    found = load(selection, tmp_path)
    for number in range(12):
        np.testing.assert_array_equal(found[f"Mel.1_{number}.nii.gz"][..., 0], volume(number))


def test_the_ending_nii_gz_is_no_part_of_a_class(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / "all").mkdir(exist_ok=True)
        name = f"{('gz', 'nii')[number % 2]}_{number}.nii.gz"
        nibabel.Nifti1Image(volume(number).T, np.eye(4)).to_filename(tmp_path / "all" / name)
    selection = select(tmp_path, FOLDER, "label = filename", classes=("gz", "nii"), image=VOLUME)
    assert labels_of(selection) == {name: name.partition("_")[0] for name in selection.source.names}


# ---- the range of the values


def test_the_values_are_shown_by_one_rule_for_all_images(tmp_path: Path) -> None:
    """12 bits stored of 16: the whole type with a warning. Rescaled values: a window is missing."""
    for number in range(12):
        name = f"{('Mel', 'Nev')[number % 2]}/{number}.dcm"
        write_dicom(tmp_path / "all" / name, dicom(volume(number, np.uint16)[0] * 16, bits=12))
    display = Notes()
    load(select(tmp_path, FOLDER, image="5x7x1"), tmp_path, display)
    (warning,) = display.warnings
    assert (warning.code.value, "window = (0, 4095)" in (warning.help or "")) == ("W0502", True)
    for path in (tmp_path / "all").rglob("*.dcm"):
        number = int(path.stem)
        pixels = volume(number, np.uint16)[0] * 16
        write_dicom(path, dicom(pixels, bits=12, RescaleSlope=1, RescaleIntercept=-1024))
    with pytest.raises(LabError) as raised:
        load(select(tmp_path, FOLDER, image="5x7x1"), tmp_path)
    assert "error[E0513]: a window is missing: these images have negative values, from -1024 to" in str(raised.value)
    found = load(select(tmp_path, FOLDER, "window = (-1000, 400)", image="5x7x1"), tmp_path)
    for name, image in found.items():
        np.testing.assert_array_equal(image[..., 0], volume(int(Path(name).stem))[0] * 16.0 - 1024)


def test_slices_without_positions_are_noted(tmp_path: Path) -> None:
    for number in range(12):
        folder = tmp_path / "all" / ("Mel", "Nev")[number % 2] / f"p{number}"
        for index, pixels in enumerate(volume(number)):
            write_dicom(folder / f"{9 - index}.dcm", dicom(pixels, InstanceNumber=index))
    display = Notes()
    found = load(select(tmp_path, FOLDER, image=VOLUME), tmp_path, display)
    assert display.notes == ["12 images: the slices have no position and are sorted by `InstanceNumber`"]
    np.testing.assert_array_equal(found["Nev/p3"][..., 0], volume(3))


# ---- refusals


def unreadable(folder: Path, image: str) -> list[str]:
    with pytest.raises(LabError) as raised:
        load(select(folder, FOLDER, image=image), folder)
    (one,) = raised.value.diagnostics
    assert one.code.value == "E0504"
    return list(one.notes)


def test_volumes_and_pictures_are_not_mixed(tmp_path: Path) -> None:
    names = [f"{label}/{number}" for label in ("Mel", "Nev") for number in range(6)]
    write_images(tmp_path / "all", [f"{name}.png" for name in names])
    picture = "it is one picture without depth, but `image` in `data` has a depth"
    assert f"Mel/0.png: {picture}" in unreadable(tmp_path, "4x5x7x1")
    for name in names:
        (tmp_path / "all" / f"{name}.png").unlink()
        tifffile.imwrite(tmp_path / "all" / f"{name}.tif", volume(0), photometric="minisblack")
    assert "Mel/0.tif: it has 4 pages, but an image must have one: its pages are no colours" in unreadable(
        tmp_path, "5x7x1"
    )


def test_a_damaged_slice_is_named(tmp_path: Path) -> None:
    series_set(tmp_path / "all", "")
    (tmp_path / "all" / "Mel" / "LIDC-0002" / "001.dcm").write_bytes(b"nothing")
    (tmp_path / "all" / "Nev" / "LIDC-0003" / "000.dcm").write_bytes(b"nothing")
    assert unreadable(tmp_path, "4x5x7x1") == [
        "Mel/LIDC-0002: 001.dcm: not a DICOM file, or without its preamble",
        "Nev/LIDC-0003: 000.dcm: not a DICOM file, or without its preamble",
    ]


def test_without_the_extra_the_files_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    series_set(tmp_path / "all", "")
    hide_medical(monkeypatch)
    code, message, rest = refusal(tmp_path, FOLDER, image=VOLUME)
    assert (code, message) == ("E0502", 'the folder "all" contains no image files')
    assert rest.startswith('to read .dcm, run `pip install "labc[medical]"`')
    code, _, rest = refusal(tmp_path, 'source = files("all/**/*.dcm")', image=VOLUME)
    assert code == "E0502"
    assert rest.startswith('to read .dcm, run `pip install "labc[medical]"`')


# ---- a run

LAB = """\
data {{
  source  = {source}
  classes = ["Mel", "Nev"]
  image   = 6x8x8x1
  scale   = {scale}
  split {{ {split} }}
}}

model {{
  conv(4, 3x3x3) -> relu -> maxpool(2)
  flatten -> classifier
}}

train {{
  loss   = binary_crossentropy
  batch  = 4
  epochs = 1
}}
"""


def arrays(folder: Path) -> str:
    made: dict[str, Any] = {}
    for part, count in (("train", 8), ("val", 4), ("test", 4)):
        made[f"{part}_images"] = RANDOM.integers(0, 256, (count, 7, 8, 9), np.uint8)
        made[f"{part}_labels"] = np.arange(count)[:, None] % 2
    np.savez(folder / "set.npz", **made)
    return 'npz("set.npz")'


def slices(folder: Path) -> str:
    series_set(folder / "all")
    return 'folder("all")'


@pytest.mark.parametrize(("write", "scale"), [(arrays, "unit"), (slices, "standard"), (slices, "sample")])
def test_a_network_of_volumes_trains(tmp_path: Path, write: Callable[[Path], str], scale: str) -> None:
    path = tmp_path / "x.lab"
    split = "" if write is arrays else "test = 4"
    path.write_text(LAB.format(source=write(tmp_path), scale=scale, split=split), encoding="utf-8")
    run = labc.run(path, tmp_path / "runs")
    assert 0 <= run.metrics["validation"]["accuracy"] <= 1
    page = (run.folder / "report.html").read_text(encoding="utf-8")
    assert "Each picture is the middle slice of its volume." in page
    assert 'src="data:image/png' in page


def test_the_data_of_volumes_is_shown(tmp_path: Path) -> None:
    slices(tmp_path)
    path = tmp_path / "x.lab"
    path.write_text(LAB.format(source='folder("all")', scale="unit", split=""), encoding="utf-8")
    done = CliRunner().invoke(commands, ["data", str(path), "--sheet", str(tmp_path / "sheet.png")])
    assert done.exit_code == 0, done.output
    assert "monochrome2  uint8       12     4x5x7    4x5x7" in done.stdout
    assert "after resizing: 6x8x8x1" in done.stdout
    assert (tmp_path / "sheet.png").stat().st_size > 1000
    done = CliRunner().invoke(commands, ["data", str(path), "--json"])
    (first, *_) = json.loads(done.stdout)["images"]
    assert first["stored"]["size"] == [4, 5, 7]
    assert first["seen"]["shape"] == [6, 8, 8, 1]


def write_as_series(folder: Path, number: int, voxels: NDArray[np.uint8]) -> None:
    order = np.random.default_rng(number).permutation(4).tolist()
    write_series(folder / f"p{number}", voxels, order)


def write_as_nifti(folder: Path, number: int, voxels: NDArray[np.uint8]) -> None:
    folder.mkdir(exist_ok=True)
    nibabel.Nifti1Image(voxels.T, np.eye(4)).to_filename(folder / f"p{number}.nii.gz")


@pytest.mark.parametrize("write", [write_as_series, write_as_nifti])
def test_volumes_are_trained_with_masks_of_volumes(
    tmp_path: Path, write: Callable[[Path, int, NDArray[np.uint8]], None]
) -> None:
    for number in range(12):
        image = volume(number)
        write(tmp_path / "images", number, image)
        write(tmp_path / "masks", number, np.where(image > 128, np.uint8(7), np.uint8(0)))
    text = MASKS_LAB.format(size="4x5x7x1")
    (tmp_path / "x.lab").write_text(text, encoding="utf-8")
    selection = selection_of(labc.load(tmp_path / "x.lab").experiment)
    for part in load_dataset(selection, tmp_path / "cache", Notes()).parts.values():
        np.testing.assert_array_equal(part.targets == 0, np.asarray(part.images, np.uint8)[..., 0] > 128)
    run = labc.run(tmp_path / "x.lab", tmp_path / "runs")
    page = (run.folder / "report.html").read_text(encoding="utf-8")
    assert "Each picture is the middle slice of its volume." in page
    done = CliRunner().invoke(commands, ["data", str(tmp_path / "x.lab"), "--sheet", str(tmp_path / "sheet.png")])
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("both", [(write_as_series, write_as_nifti), (write_as_nifti, write_as_series)])
def test_masks_whose_axes_have_other_directions_are_refused(
    tmp_path: Path, both: tuple[Callable[[Path, int, NDArray[np.uint8]], None], ...]
) -> None:
    for number in range(12):
        for folder, write in zip(("images", "masks"), both, strict=True):
            write(tmp_path / folder, number, volume(number))
    (tmp_path / "x.lab").write_text(MASKS_LAB.format(size="4x5x7x1"), encoding="utf-8")
    with pytest.raises(LabError) as raised:
        selection_of(labc.load(tmp_path / "x.lab").experiment)
    text = str(raised.value).replace(str(tmp_path), "FOLDER") + "\n"
    if both[0] is write_as_series:
        check_golden(GOLDEN / "masks_directions.txt", text)
    assert "error[E0521]: the images are" in text


MASKS_LAB = """\
data {{
  source      = folder("images")
  masks       = folder("masks")
  mask_values = [7]
  classes     = ["bright"]
  image       = {size}
}}

model {{ conv(2, 3) -> conv(1, 1, activation = sigmoid) }}

train {{
  loss   = dice
  batch  = 4
  epochs = 1
}}
"""
