"""The pages of `labc help` on mistakes that a run finds: the wrong example gives the code, the right one is trained."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from PIL import Image

import labc
from labc.compiler import frameworks
from labc.grammar.diagnostics.lab_error import LabError
from labc.runtime.data.dataset import load_dataset
from labc.runtime.runs.folder import run_folder
from labc.runtime.studies.display import Display
from labc.runtime.training import backend

from ..help_pages import FOUND_BY_A_RUN, examples
from .tiny import fingerprint_of, selection_of, write_images

SKIN = [f"data/skin/{name}/{number}.png" for name in ("nevus", "melanoma") for number in range(6)]


@dataclass
class Situation:
    """The folder with the example, and what is done before it is run; `undo` ends with the test."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch
    undo: ExitStack

    @property
    def example(self) -> Path:
        return self.folder / "example.lab"


def images(situation: Situation) -> None:
    write_images(situation.folder, SKIN)


def no_images(situation: Situation) -> None:
    images(situation)
    (situation.folder / "data/skin/masks").mkdir()


def damaged_image(situation: Situation) -> None:
    images(situation)
    write_images(situation.folder, [name.replace("data/skin", "download") for name in SKIN])
    file = situation.folder / "download/nevus/3.png"
    file.write_bytes(file.read_bytes()[:60])


def of_values(name: str, low: int, high: int, dtype: type[np.generic]) -> Callable[[Situation], None]:
    """Write images with these stored values into the folder `name`."""

    def write(situation: Situation) -> None:
        images(situation)
        for number, old in enumerate(SKIN):
            path = (situation.folder / old.replace("data/skin", name)).with_suffix(".tif")
            path.parent.mkdir(parents=True, exist_ok=True)
            values = np.random.default_rng(number).integers(low, high, (20, 24)).astype(dtype)
            values[0, :2] = low, high
            tifffile.imwrite(path, values)

    return write


def write_rows(situation: Situation, name: str, rows: list[str]) -> None:
    (situation.folder / name).write_text("\n".join(rows) + "\n", encoding="utf-8")


def table(situation: Situation) -> None:
    images(situation)
    rows = [f"{name.removeprefix('data/skin/')},{name.split('/')[2]}" for name in SKIN]
    write_rows(situation, "labels.csv", ["image,diagnosis", *rows])


def arrays(situation: Situation) -> None:
    random, labels = np.random.default_rng(0), np.arange(12) % 3
    parts: dict[str, Any] = {f"{part}_labels": labels for part in ("train", "val", "test")}
    for part in ("train", "val", "test"):
        parts[f"{part}_images"] = random.integers(0, 256, (12, 9, 9, 3), np.uint8)
    np.savez(situation.folder / "skin.npz", **parts)


def divided(situation: Situation) -> None:
    for part in ("train", "val", "test"):
        write_images(situation.folder, [name.replace("skin/", f"skin/{part}/") for name in SKIN])


def repeated(situation: Situation) -> None:
    images(situation)
    for number in range(6):
        shutil.copy(situation.folder / "data/skin/nevus/0.png", situation.folder / f"data/skin/nevus/copy_{number}.png")


def repeated_in_two_classes(situation: Situation) -> None:
    images(situation)
    write_images(situation.folder, [name.replace("data/skin", "data/checked") for name in SKIN])
    shutil.copy(situation.folder / "data/skin/nevus/0.png", situation.folder / "data/skin/melanoma/copy.png")


def table_of_parts(situation: Situation) -> None:
    images(situation)
    rows = [f"{name.removeprefix('data/skin/')},{'validation' if '5' in name else 'train'}" for name in SKIN]
    write_rows(situation, "all.csv", ["file,part", *rows])
    write_rows(situation, "split.csv", ["file,part", *rows[:-1]])


def cells(situation: Situation) -> None:
    """Images with masks: in `small` of half the size, in `numbered` with the values 0, 1 and 2."""
    random = np.random.default_rng(0)
    for number in range(12):
        write_images(situation.folder / "data/cells/images", [f"{number}.png"], number)
        values = random.integers(0, 3, (20, 24), np.uint8)
        light = np.where(values > 0, np.uint8(255), np.uint8(0))
        for folder, mask in (("masks", light), ("small", light[::2, ::2]), ("numbered", values)):
            (situation.folder / "data/cells" / folder).mkdir(exist_ok=True)
            Image.fromarray(mask).save(situation.folder / "data/cells" / folder / f"{number}_mask.png")


def shared_patients(situation: Situation) -> None:
    """Two images of each patient; the first rows are for training, the last ones for validation."""
    images(situation)
    rows = [f"{name},{name.split('/')[2]},p{number // 2 if number != 11 else 0}" for number, name in enumerate(SKIN)]
    tables = {"train.csv": rows[:4] + rows[6:10], "validation.csv": rows[4:6] + rows[10:], "all.csv": rows}
    for table, chosen in tables.items():
        write_rows(situation, table, ["file,dx,patient", *chosen])


def one_class_validation(situation: Situation) -> None:
    images(situation)
    write_images(situation.folder, [f"data/nevi/nevus/{number}.png" for number in range(3)], seed=1)


def no_gpu(situation: Situation) -> None:
    device = backend.Device("cpu", "CPU")
    situation.monkeypatch.setitem(backend._FIND, "tensorflow", lambda _: device)


def no_torch(situation: Situation) -> None:
    find = lambda name: None if name == "torch" else find_spec(name)  # noqa: E731
    situation.monkeypatch.setattr(frameworks, "find_spec", find)


def another_process(situation: Situation) -> None:
    """Hold the lock of the wrong example's run folder."""
    experiment = labc.load(situation.example).experiment
    load_dataset(selection_of(experiment), situation.folder / "runs" / ".cache", Display())
    folder = run_folder(situation.folder / "runs", experiment.name, fingerprint_of(experiment), again=False)
    situation.undo.enter_context(folder.locked())


def no_folder_for_runs(situation: Situation) -> None:
    (situation.folder / "runs").write_text("a file where a folder should be")


def deleted_metrics(situation: Situation) -> None:
    run = labc.run(situation.example, situation.folder / "runs")
    (run.folder / "metrics.json").unlink()


def newer_schema(situation: Situation) -> None:
    run = labc.run(situation.example, situation.folder / "runs")
    file = run.folder / "run.json"
    file.write_text(file.read_text(encoding="utf-8").replace('"schema": 1', '"schema": 99'), encoding="utf-8")


def saved_weights(situation: Situation) -> None:
    import keras

    network = keras.applications.VGG16(weights=None, include_top=False, input_shape=(32, 32, 3))
    network.save_weights(situation.folder / "vgg16.weights.h5")


def nothing(_: Situation) -> None: ...


BEFORE: dict[str, Callable[[Situation], None]] = {
    "E0001": nothing,
    "E0501": images,
    "E0502": no_images,
    "E0503": images,
    "E0504": damaged_image,
    "E0505": images,
    "E0506": table,
    "E0507": table,
    "E0508": arrays,
    "E0509": divided,
    "E0510": repeated_in_two_classes,
    "E0511": images,
    "E0512": table_of_parts,
    "E0513": of_values("data/ct", -1024, 3071, np.int16),
    "E0520": cells,
    "E0521": cells,
    "E0522": cells,
    "E0530": shared_patients,
    "E0601": no_gpu,
    "E0602": no_torch,
    "E0603": nothing,
    "E0604": another_process,
    "E0605": no_folder_for_runs,
    "E0606": deleted_metrics,
    "E0607": newer_schema,
    "E0610": saved_weights,
    "W0501": repeated,
    "W0502": of_values("data/xray", 0, 4095, np.uint16),
    "W0520": one_class_validation,
}
ANOTHER_RUNS = dict.fromkeys(["E0605", "E0607", "W0502", "W0520"], "elsewhere")  # where the right example puts its runs


@pytest.fixture
def situation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Situation]:
    with ExitStack() as undo:
        yield Situation(tmp_path, monkeypatch, undo)


def run(situation: Situation, text: str, runs: str = "runs") -> None:
    """Run an example with the options that a comment in it gives."""
    situation.example.write_text(text, encoding="utf-8")
    options = dict(re.findall(r" --(backend|device) (\w+)", text))
    done = labc.run(situation.example, situation.folder / runs, **options)
    assert done.metrics, "a summary of the run shows them"


def prepare(situation: Situation, code: str) -> list[str]:
    """Do what is needed before the examples are run; the wrong and the right one."""
    wrong, right = examples(code)
    situation.example.write_text(wrong, encoding="utf-8")
    BEFORE[code](situation)
    return [wrong, right]


def test_every_code_that_a_run_finds_is_tried() -> None:
    assert list(BEFORE) == FOUND_BY_A_RUN


@pytest.mark.parametrize("code", BEFORE)
def test_the_wrong_example_gives_the_code(situation: Situation, code: str) -> None:
    wrong, _ = prepare(situation, code)
    if code.startswith("W"):
        with pytest.warns(UserWarning, match=code):
            run(situation, wrong)
        return
    with pytest.raises(LabError) as raised:
        run(situation, wrong)
    assert {diagnostic.code.value for diagnostic in raised.value.diagnostics} == {code}


@pytest.mark.parametrize("code", BEFORE)
def test_the_right_example_runs(situation: Situation, code: str) -> None:
    _, right = prepare(situation, code)
    runs = ANOTHER_RUNS.get(code, "runs")
    run(situation, re.sub(r"(epochs +=) \d+", r"\1 1", right), runs)
    assert len(list(situation.folder.glob(f"{runs}/example/*/metrics.json"))) == 1
