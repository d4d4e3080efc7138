"""Mistakes that only a run can find: each a diagnostic with its place, exit status 1, nothing left behind."""

import json
import re
import shutil
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import labc
from labc.compiler import frameworks
from labc.grammar.diagnostics.lab_error import LabError
from labc.grammar.diagnostics.render import render_text
from labc.runtime import cli
from labc.runtime.data.dataset import load_dataset
from labc.runtime.runs.folder import run_folder
from labc.runtime.studies.display import Display
from labc.runtime.training import backend

from ..golden import check_golden
from .report_folder import write_finished
from .tiny import fingerprint_of, selection_of, write_images, write_tiny

GOLDEN = Path(__file__).parent.parent / "bad" / "run"
FOLDER = {"phantom(skin, images = 40)": 'folder("images")'}
BOTH = [f"{label}_{index}.png" for label in ("Mel", "Nev") for index in range(20)]


LATER = """data {
  source  = phantom(organs, images = 90)
  classes = ["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9"]
  image   = 8x8x1
  balance = class_weight
}

model { flatten -> dense(9, softmax) }

train {
  loss   = categorical_crossentropy
  epochs = 1
}

sweep { repeats = 3 }
"""


def refusal(path: Path, device: str = "auto", backend: str = "tensorflow") -> str:
    """The diagnostics of a run that must fail, paths below the test's folder shortened; nothing may be left behind."""
    before = sorted(path.parent.rglob("*"))
    with pytest.raises(LabError) as raised:
        labc.run(path, path.parent / "runs", device=device, backend=backend)
    assert sorted(path.parent.rglob("*")) == before
    return str(raised.value).replace(str(path.parent.resolve()), "FOLDER").replace(str(path.parent), "FOLDER") + "\n"


def check(name: str, text: str) -> None:
    check_golden(GOLDEN / f"{name}.txt", re.sub(r"(?<=runs/tiny/)[0-9a-f]{12}", "FINGERPRINT", text))


def test_missing_folder(tmp_path: Path) -> None:
    check("no_folder", refusal(write_tiny(tmp_path, FOLDER)))


def test_a_file_for_a_folder(tmp_path: Path) -> None:
    (tmp_path / "images").write_text("no folder")
    check("file_for_folder", refusal(write_tiny(tmp_path, FOLDER)))


def test_folder_without_images(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "notes.txt").write_text("no image")
    check("no_images", refusal(write_tiny(tmp_path, FOLDER)))


def test_files_of_no_class(tmp_path: Path) -> None:
    write_images(tmp_path / "images", [*BOTH, *(f"other_{index:02}.png" for index in range(12))])
    check("no_class", refusal(write_tiny(tmp_path, FOLDER)))


def test_files_of_two_classes(tmp_path: Path) -> None:
    write_images(tmp_path / "images", [*BOTH, "Mel_or_Nev.png"])
    check("two_classes", refusal(write_tiny(tmp_path, FOLDER)))


def test_folders_that_are_not_the_classes(tmp_path: Path) -> None:
    write_images(tmp_path / "images", [f"{name}/{index}.png" for name in ("melanoma", "nevus") for index in range(3)])
    check("other_folders", refusal(write_tiny(tmp_path, FOLDER | {"filename": "folder"})))


def test_files_that_match_by_the_other_rule(tmp_path: Path) -> None:
    write_images(tmp_path / "images", BOTH)
    check("other_label", refusal(write_tiny(tmp_path, FOLDER | {"filename": "folder"})))


def test_class_without_images(tmp_path: Path) -> None:
    write_images(tmp_path / "images", BOTH[:20])
    check("empty_class", refusal(write_tiny(tmp_path, FOLDER)))


def test_unreadable_images(tmp_path: Path) -> None:
    write_images(tmp_path / "images", BOTH)
    (tmp_path / "images" / "Mel_3.png").write_bytes(b"")
    (tmp_path / "images" / "Nev_5.png").write_bytes((tmp_path / "images" / "Nev_5.png").read_bytes()[:60])
    check("unreadable_images", refusal(write_tiny(tmp_path, FOLDER)))


TABLE = {"phantom(skin, images = 40)": 'csv("labels.csv", image = "file", root = "images")', "filename": 'column("dx")'}


def write_rows(path: Path, header: str, rows: list[str]) -> None:
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")


def test_a_table_without_the_column_of_the_label(tmp_path: Path) -> None:
    write_images(tmp_path / "images", BOTH)
    write_rows(tmp_path / "labels.csv", "file,dy,patient", [f"{name},Mel,p1" for name in BOTH])
    check("table_column", refusal(write_tiny(tmp_path, TABLE)))


def test_a_table_that_contradicts_itself(tmp_path: Path) -> None:
    write_images(tmp_path / "images", BOTH)
    rows = [f"{name},{label}" for label in ("Mel", "Nev") for name in BOTH]
    write_rows(tmp_path / "labels.csv", "file,dx", rows)
    check("table_rows", refusal(write_tiny(tmp_path, TABLE)))


def test_files_that_a_table_lists_and_that_are_not_there(tmp_path: Path) -> None:
    write_images(tmp_path / "images", BOTH[:20])
    write_rows(tmp_path / "labels.csv", "file,dx", [f"{name},{name[:3]}" for name in BOTH])
    check("no_file", refusal(write_tiny(tmp_path, TABLE)))


def test_cells_that_are_no_class(tmp_path: Path) -> None:
    write_images(tmp_path / "images", BOTH)
    write_rows(tmp_path / "labels.csv", "file,dx", [f"{name},{name[:3].lower()}" for name in BOTH])
    check("table_class", refusal(write_tiny(tmp_path, TABLE)))


def test_arrays_that_are_not_those_of_medmnist(tmp_path: Path) -> None:
    np.savez(tmp_path / "set.npz", images=np.zeros((4, 8, 8), np.uint8), labels=np.zeros(4, int))
    (tmp_path / "arrays.lab").write_text(ARRAYS, encoding="utf-8")
    check("arrays", refusal(tmp_path / "arrays.lab"))


ARRAYS = """data {
  source  = npz("set.npz")
  classes = ["Mel", "Nev"]
  image   = 8x8x1
}

model { flatten -> dense(1, sigmoid) }

train {
  loss   = binary_crossentropy
  epochs = 1
}
"""


def test_a_folder_that_is_divided_into_parts(tmp_path: Path) -> None:
    write_images(tmp_path / "images", [f"{part}/{name}" for part in ("train", "val", "test") for name in BOTH])
    check("divided_folder", refusal(write_tiny(tmp_path, FOLDER)))


def test_identical_images_are_refused(tmp_path: Path) -> None:
    write_images(tmp_path / "images", BOTH)
    shutil.copy(tmp_path / "images" / "Mel_3.png", tmp_path / "images" / "Nev_3.png")
    for word, name in (("drop", "same_image"), ("refuse", "same_images")):
        text = refusal(write_tiny(tmp_path, FOLDER | {"  split {": f"  duplicates = {word}\n  split {{"}))
        check(name, text)


def test_identical_images_are_a_warning_before_the_training(tmp_path: Path) -> None:
    write_images(tmp_path / "images", BOTH)
    shutil.copy(tmp_path / "images" / "Mel_3.png", tmp_path / "images" / "Nev_3.png")
    path = write_tiny(tmp_path, FOLDER)
    result = CliRunner().invoke(cli.commands, ["run", str(path), "--quick", "--runs", str(tmp_path / "runs")])
    assert result.exit_code == 0
    warning, _, epochs = result.stderr.partition("epoch 1/1")
    assert epochs
    check("duplicates", warning.replace(str(tmp_path), "FOLDER"))
    with pytest.warns(UserWarning, match="W0501") as caught:
        labc.run(path, tmp_path / "runs", quick=True)
    assert [Path(one.filename).name for one in caught if "W0501" in str(one.message)] == ["test_bad_runs.py"]


def test_images_without_a_group(tmp_path: Path) -> None:
    write_images(tmp_path / "images", BOTH)
    group = 'group = filename("^(p[0-9]+)_")\n    train      = 24'
    check("no_group", refusal(write_tiny(tmp_path, FOLDER | {"train      = 24": group})))


def test_groups_that_leave_a_part_empty(tmp_path: Path) -> None:
    write_images(tmp_path / "images", BOTH)
    group = 'group = filename("^(Mel|Nev)_")\n    train      = 24'
    check("few_groups", refusal(write_tiny(tmp_path, FOLDER | {"train      = 24": group})))


NO_SPLIT = {"train      = 24\n": "", "    validation = 8\n": "", "    test       = 8\n": ""}


def test_folds_with_too_few_groups(tmp_path: Path) -> None:
    write_images(tmp_path / "images", BOTH)
    folds = {"image   = 16x16x1\n": "image   = 16x16x1\n  folds   = 3\n"}
    group = NO_SPLIT | {"train      = 24\n": 'group = filename("^(Mel|Nev)_")\n'}
    path = write_tiny(tmp_path, FOLDER | folds | group)
    with pytest.raises(LabError) as raised:
        labc.cross_validate(path, tmp_path / "runs")
    check("folds_few_groups", str(raised.value).replace(str(tmp_path), "FOLDER") + "\n")


def test_given_parts_that_share_groups(tmp_path: Path) -> None:
    write_images(tmp_path / "images", BOTH)
    write_images(tmp_path / "others", [f"{label}_{index}.png" for label in ("Mel", "Nev") for index in range(15, 25)])
    sources = {"source  = phantom(skin, images = 40)": 'train = folder("images")\n  validation = folder("others")'}
    group = NO_SPLIT | {"train      = 24\n": 'group = filename("_([0-9]+)")\n'}
    check("shared_groups", refusal(write_tiny(tmp_path, sources | group)))


def test_a_part_without_images_of_a_class(tmp_path: Path) -> None:
    write_images(tmp_path / "images", BOTH)
    write_images(tmp_path / "others", ["Mel_1.png", "Mel_2.png"], seed=1)
    sources = {"source  = phantom(skin, images = 40)": 'train = folder("images")\n  validation = folder("others")'}
    path = write_tiny(tmp_path, sources | NO_SPLIT)
    experiment = labc.load(path).experiment
    (warning,) = selection_of(experiment).warnings
    check("missing_class", render_text(warning).replace(str(tmp_path), "FOLDER") + "\n")


def test_a_table_of_parts_without_an_image(tmp_path: Path) -> None:
    write_images(tmp_path / "images", BOTH)
    write_rows(tmp_path / "split.csv", "file,part", [f"{name},train" for name in BOTH[:35]])
    table = 'table = csv("split.csv")\n'
    split = {"train      = 24\n": table, "    validation = 8\n": "", "    test       = 8\n": ""}
    check("split_table", refusal(write_tiny(tmp_path, FOLDER | split)))


def test_a_claim_about_test_images_that_a_table_has_not(tmp_path: Path) -> None:
    write_images(tmp_path / "images", BOTH)
    rows = [f"{name},{'validation' if '3.png' in name else 'train'}" for name in BOTH]
    write_rows(tmp_path / "split.csv", "file,part", rows)
    table = 'table = csv("split.csv")\n'
    split = {"train      = 24\n": table, "    validation = 8\n": "", "    test       = 8\n": ""}
    claim = {"model {\n  conv": "expect { test_accuracy > 0.5 }\n\nmodel {\n  conv"}
    check("untested", refusal(write_tiny(tmp_path, FOLDER | split | claim)))


def test_fewer_images_than_the_parts_ask_for(tmp_path: Path) -> None:
    write_images(tmp_path / "images", [f"{label}_{index}.png" for label in ("Mel", "Nev") for index in range(9)])
    check("split", refusal(write_tiny(tmp_path, FOLDER)))


def test_no_data_section(tmp_path: Path) -> None:
    path = tmp_path / "model.lab"
    path.write_text("model {\n  input(8x8x1)\n  flatten\n  dense(1)\n}\n")
    check("no_data", refusal(path))


def test_what_is_not_trained_yet_is_refused_at_its_place(tmp_path: Path) -> None:
    path = tmp_path / "later.lab"
    path.write_text(LATER)
    check("not_trained_yet", refusal(path))


BACKBONE = {
    "16x16x1": "32x32x3",
    "conv(units, 3x3) -> batchnorm -> relu -> maxpool(4)": 'backbone(vgg16, weights = "units.weights.h5")',
    "let units = 4": "",
}


def test_missing_weights(tmp_path: Path) -> None:
    check("no_weights", refusal(write_tiny(tmp_path, BACKBONE)))


def test_weights_of_another_network(tmp_path: Path) -> None:
    (tmp_path / "units.weights.h5").write_bytes(b"no weights at all")
    with pytest.raises(LabError) as raised:
        labc.run(write_tiny(tmp_path, BACKBONE), tmp_path / "runs")
    check("weights_do_not_fit", str(raised.value).replace(str(tmp_path), "FOLDER") + "\n")


def test_imagenet_weights_that_cannot_be_downloaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = "https://example.org/vgg16/vgg16_tf_kernels_notop.h5"

    def fail(*_: object, **__: object) -> None:
        raise OSError(f"URL fetch failure on {address}: None -- [Errno -2] Name or service not known")

    monkeypatch.setattr("keras.src.utils.file_utils.get_file", fail)
    path = write_tiny(tmp_path, BACKBONE | {', weights = "units.weights.h5"': ""})
    result = CliRunner().invoke(cli.commands, ["run", str(path), "--runs", str(tmp_path / "runs")])
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    check("no_download", result.stderr.replace(str(tmp_path), "FOLDER"))


def test_no_gpu(tmp_path: Path) -> None:
    if backend.start_backend("tensorflow", "auto").kind == "gpu":
        pytest.skip("this machine has a GPU")
    path = write_tiny(tmp_path)
    check("no_gpu", refusal(path, device="gpu"))


def test_no_backend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frameworks, "find_spec", lambda name: None if name == "torch" else find_spec(name))
    check("no_backend", refusal(write_tiny(tmp_path), backend="torch"))


def test_the_same_training_twice_at_once(tmp_path: Path) -> None:
    path = write_tiny(tmp_path)
    experiment = labc.load(path).experiment
    mark = fingerprint_of(experiment)
    folder = run_folder(tmp_path / "runs", experiment.name, mark, again=False)
    load_dataset(selection_of(experiment), tmp_path / "runs" / ".cache", Display())
    with folder.locked():
        text = refusal(path)
    check("busy", text.replace(mark, "FINGERPRINT").replace("^" * len(str(folder.path)), "^" * 9))
    assert labc.run(path, tmp_path / "runs").trained


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("a file where a folder should be")
    text = refusal(write_tiny(tmp_path))
    check("unwritable", re.sub(r"\^+", "^^^^", text))


@pytest.mark.parametrize(
    ("name", "file", "content"),
    [
        ("missing_record", "metrics.json", None),
        ("broken_json", "metrics.json", '{\n  "best": {"epoch": 1,\n'),
        ("broken_record", "run.json", '{\n  "schema": 1,\n  "status": "finished",\n  "device": 3\n}\n'),
        ("broken_row", "history.csv", "epoch,loss\n1,0.5\n2,low\n"),
        ("newer_record", "run.json", '{\n  "schema": 2\n}\n'),
    ],
)
def test_a_finished_run_that_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, file: str, content: str | None
) -> None:
    write_tiny(tmp_path)
    monkeypatch.chdir(tmp_path)
    mark = fingerprint_of(labc.load("tiny.lab").experiment)
    folder = Path("runs", "tiny", mark)
    folder.mkdir(parents=True)
    write_finished(folder)
    assert CliRunner().invoke(cli.commands, ["run", "tiny.lab"]).stdout.splitlines()[-1] == str(folder)
    (folder / file).unlink()
    if content is not None:
        (folder / file).write_text(content, encoding="utf-8")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    result = CliRunner().invoke(cli.commands, ["run", "tiny.lab"])
    assert (result.exit_code, result.stdout) == (1, "")
    check(name, result.stderr.replace(mark, "FINGERPRINT"))
    data = json.loads(CliRunner().invoke(cli.commands, ["run", "tiny.lab", "--json"]).stdout)
    assert [one["code"] for one in data["diagnostics"]] == re.findall(r"^error\[(\w+)\]", result.stderr, re.MULTILINE)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_divergence_is_a_diagnostic_and_leaves_its_history(tmp_path: Path) -> None:
    path = write_tiny(
        tmp_path,
        {
            "adam(rate)": "sgd(1e30)",
            " -> batchnorm": "",
            "binary_crossentropy": "mse",
            "dense(1, sigmoid)": "dense(1)",
        },
    )
    with pytest.raises(LabError) as raised:
        labc.run(path, tmp_path / "runs")
    check("diverged", str(raised.value).replace(str(tmp_path), "FOLDER") + "\n")
    (folder,) = (tmp_path / "runs" / "tiny").iterdir()
    assert '"status": "failed"' in (folder / "run.json").read_text()
    assert len((folder / "history.csv").read_text().splitlines()) >= 2


@pytest.mark.parametrize("kind", ["missing", "folder", "binary"])
def test_files_that_are_no_experiment(tmp_path: Path, kind: str) -> None:
    (tmp_path / "alexnet.lab").touch()
    path = tmp_path / "alexnett.lab"
    if kind == "folder":
        path.mkdir()
    elif kind == "binary":
        path.write_bytes(b"let a = \xff\xfe")
    check(f"file_{kind}", refusal(path))


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ("check tiny.lab", 0),
        ("check tiny.lab nowhere.lab", 1),
        ("check", 2),
        ("plan tiny.lab --sett a=1", 2),
        ("plan tiny.lab --set a", 2),
        ("plan tiny.lab --set a=1", 1),
        ("run tiny.lab --set rate=fast --runs runs", 1),
        ("run tiny.lab --backend caffe", 2),
        ("fly tiny.lab", 2),
    ],
)
def test_exit_status(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: str, status: int) -> None:
    write_tiny(tmp_path)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli.commands, arguments.split())
    assert result.exit_code == status
    assert "Traceback" not in result.output
    assert [file.name for file in tmp_path.iterdir()] == ["tiny.lab"]
