"""Runs with folds: a training for each fold, none twice, one reading of the images, and what is said of them all."""

import csv
import json
from pathlib import Path
from statistics import mean, stdev
from typing import Any

import pytest
from click.testing import CliRunner, Result

import labc
from labc.grammar.diagnostics.lab_error import LabError
from labc.runtime.cli import commands
from labc.runtime.data.caching import cache
from labc.runtime.data.prepare_images import prepare_images
from labc.runtime.studies import train_and_evaluate
from labc.runtime.studies.cross_validation import CrossValidation
from labc.runtime.studies.display import Display
from labc.runtime.studies.options import Options
from labc.runtime.studies.run_folds import run_folds
from labc.runtime.training.diverged import Diverged

from .fake_training import fake_training
from .tiny import TINY, write_tiny

SPLIT = TINY[TINY.index("  split {") : TINY.index("}\n\nmodel")]
FOLDS = {SPLIT: "  folds   = 3\n  split { test = 10 }\n"}
CLAIM = {"train {": "expect { val_accuracy >= 0.5 }\n\ntrain {"}


@pytest.fixture
def faked(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_training(monkeypatch)


def run(path: Path, display: Display | None = None, **options: Any) -> CrossValidation:
    settings = Options(runs=path.parent / "runs", command="labc run", **options)
    return run_folds(labc.load(path).experiment, settings, display or Display())


def call(path: Path, *options: str) -> Result:
    return CliRunner().invoke(commands, ["run", str(path), "--runs", str(path.parent / "runs"), *options])


def parts_in(folder: Path) -> dict[str, str]:
    with (folder / "split.csv").open(newline="", encoding="utf-8") as file:
        return {row["file"]: row["part"] for row in csv.DictReader(file)}


@pytest.mark.usefixtures("faked")
def test_each_fold_has_its_own_folder(tmp_path: Path) -> None:
    done = run(write_tiny(tmp_path, FOLDS))
    assert [one.trained for one in done.runs] == [True] * 3
    assert len({one.folder for one in done.runs}) == 3
    assert [one.info["fold"] for one in done.runs] == [{"number": number, "count": 3} for number in (1, 2, 3)]
    tables = [parts_in(one.folder) for one in done.runs]
    validated = [name for table in tables for name, part in table.items() if part == "validation"]
    assert len(validated) == len(set(validated)) == 30
    assert {tuple(name for name, part in table.items() if part == "test") for table in tables} == {
        tuple(name for name in tables[0] if name not in validated)
    }
    for one, table in zip(done.runs, tables, strict=True):
        predicted = one.record.predictions
        assert {predicted.file[index]: predicted.part[index] for index in range(len(predicted))} == {
            name: part for name, part in table.items() if part != "train"
        }


@pytest.mark.usefixtures("faked")
def test_nothing_is_trained_twice(tmp_path: Path) -> None:
    path = write_tiny(tmp_path, FOLDS)
    first = run(path)
    assert [one.trained for one in run(path).runs] == [False] * 3
    (first.runs[1].folder / "run.json").write_text(
        (first.runs[1].folder / "run.json").read_text().replace('"finished"', '"running"')  # as if killed
    )
    again = run(path)
    assert [one.trained for one in again.runs] == [False, True, False]
    assert [one.folder for one in again.runs] == [one.folder for one in first.runs]
    new = run(path, again=True)
    assert [one.folder.name for one in new.runs] == [f"{one.folder.name}-2" for one in first.runs]


@pytest.mark.usefixtures("faked")
def test_more_folds_are_other_trainings_and_the_test_part_stays(tmp_path: Path) -> None:
    three = run(write_tiny(tmp_path, FOLDS))
    five = run(write_tiny(tmp_path, {SPLIT: "  folds   = 5\n  split { test = 10 }\n"}))
    assert not {one.folder for one in three.runs} & {one.folder for one in five.runs}
    tested = [
        {name for name, part in parts_in(done.runs[0].folder).items() if part == "test"} for done in (three, five)
    ]
    assert tested[0] == tested[1]


@pytest.mark.usefixtures("faked")
def test_images_are_decoded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    decoded = []

    def counting(source: Any, indices: Any, *others: Any) -> Any:
        decoded.append(len(indices))
        return prepare_images(source, indices, *others)

    monkeypatch.setattr(cache, "prepare_images", counting)
    path = write_tiny(tmp_path, FOLDS)
    run(path)
    run(path, again=True)
    assert decoded == [40]
    assert len(list((tmp_path / "runs" / ".cache").glob("*.images"))) == 1


class Heard(Display):
    """What a display is told about the folds."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def fold(self, number: int, count: int) -> None:
        self.lines.append(f"{number}/{count}")

    def failed(self, what: str, error: LabError) -> None:
        self.lines.append(f"{what}: {error.diagnostics[0].code}")


def fail_in_training(monkeypatch: pytest.MonkeyPatch, failing: int) -> None:
    """Make the training with this number, from 1, diverge."""
    real, calls = vars(train_and_evaluate)["fit"], []

    def fit(*given: Any) -> Any:
        calls.append(1)
        if len(calls) == failing:
            raise Diverged(1)
        return real(*given)

    monkeypatch.setattr(train_and_evaluate, "fit", fit)


@pytest.mark.usefixtures("faked")
def test_a_fold_that_diverges_does_not_stop_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_in_training(monkeypatch, 2)
    path, heard = write_tiny(tmp_path, FOLDS | CLAIM), Heard()
    done = run(path, heard)
    assert heard.lines == ["1/3", "2/3", "fold 2 of 3: E0603", "3/3"]
    assert list(done.failed) == [2] and len(done.runs) == 2
    assert done.claims == ()
    assert '"status": "failed"' in (done.folds[1].folder / "run.json").read_text()
    mended = Heard()
    assert [one.trained for one in run(path, mended).runs] == [False, True, False]
    assert mended.lines == ["2/3"]


@pytest.mark.usefixtures("faked")
def test_a_failed_fold_is_a_row_and_the_status_is_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_in_training(monkeypatch, 2)
    path = write_tiny(tmp_path, FOLDS | CLAIM)
    result = call(path)
    assert result.exit_code == 1
    assert "fold 2 of 3 failed:" in result.stderr and "error[E0603]" in result.stderr
    rows = [line.split()[:2] for line in result.stdout.splitlines()]
    assert rows[2:6] == [["1", "3"], ["2", "failed"], ["3", "3"], ["mean", "of"]]
    assert "claims: not decided, because a fold has no result" in result.stdout
    monkeypatch.undo()


@pytest.mark.usefixtures("faked")
def test_json_of_a_failed_fold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_in_training(monkeypatch, 3)
    result = call(write_tiny(tmp_path, FOLDS), "--json")
    assert result.exit_code == 1
    summary = json.loads(result.stdout)
    assert summary["status"] == "failed" and summary["claims"] == []
    assert [fold["status"] for fold in summary["folds"]] == ["finished", "finished", "failed"]
    assert summary["folds"][2]["diagnostics"][0]["code"] == "E0603"


@pytest.mark.usefixtures("faked")
def test_the_last_lines_are_the_folders_and_claims_are_about_the_mean(tmp_path: Path) -> None:
    path = write_tiny(tmp_path, FOLDS | CLAIM)
    result = call(path)
    assert result.exit_code == 0, result.output
    folders = [Path(line) for line in result.stdout.splitlines()[-3:]]
    assert [(folder / "run.json").is_file() for folder in folders] == [True] * 3
    assert "claim: val_accuracy >= 0.5: holds (val_accuracy = 0.5), the mean of the folds" in result.stdout
    assert json.loads((folders[0] / "metrics.json").read_text())["claims"] == []
    assert "fold 1 of 3" in result.stderr


def test_folds_are_trained_as_each_alone(tmp_path: Path) -> None:
    """The figures are those of the runs; a fold that is trained alone gives the same result to the last digit."""
    exact = {"seed      = 7": "seed = 7\n  deterministic = true", "epochs    = 3": "epochs = 2"}
    path = write_tiny(tmp_path, FOLDS | exact | CLAIM)
    done = labc.cross_validate(path, tmp_path / "runs")
    for part in ("train", "validation", "test"):
        for name, spread in done.spread[part].items():
            values = [one.metrics[part][name] for one in done.runs]
            assert (spread.mean, spread.deviation) == pytest.approx((mean(values), stdev(values)))
    assert done.mean("auc", "test") == done.spread["test"]["auc"].mean
    assert [claim.figures for claim in done.claims] == [{"val_accuracy": done.mean("accuracy")}]
    third = done.runs[2].folder
    before = {name: (third / name).read_bytes() for name in ("metrics.json", "predictions.csv")}
    (third / "run.json").unlink()
    for file in third.iterdir():
        file.unlink()
    assert [one.trained for one in labc.cross_validate(path, tmp_path / "runs").runs] == [False, False, True]
    assert {name: (third / name).read_bytes() for name in before} == before


def test_the_two_functions_say_which_of_them_to_use(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"has 3 folds: use labc\.cross_validate"):
        labc.run(write_tiny(tmp_path, FOLDS), tmp_path / "runs")
    with pytest.raises(ValueError, match=r"has no folds: use labc\.run"):
        labc.cross_validate(write_tiny(tmp_path), tmp_path / "runs")
