"""Whole runs: what they leave, that nothing trains twice, and that what they say is true."""

import csv
import json
import signal as signals
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from sklearn import metrics as oracle

import labc
from labc.grammar.diagnostics.lab_error import LabError
from labc.runtime import cli
from labc.runtime.data.dataset import load_dataset
from labc.runtime.studies.display import Display
from labc.runtime.studies.run_result import Run

from .tiny import fingerprint_of, selection_of, write_tiny

FILES = {
    "experiment.lab", "plan.json", "run.json", "history.csv", "metrics.json", "predictions.csv", "model.keras",
    "split.csv", "curves.png", "curves.svg", "report.html",
}  # fmt: skip


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    folder = tmp_path_factory.mktemp("tiny")
    path = write_tiny(folder)
    return path, labc.run(path, folder / "runs", rate=0.02)


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_run_leaves_every_file(tiny: tuple[Path, Run]) -> None:
    path, run = tiny
    assert run.trained
    assert {file.name for file in run.folder.iterdir()} == FILES
    assert run.folder.parent == path.parent / "runs" / "tiny"
    assert run.info["status"] == "finished"
    assert run.info["fingerprint"] == run.folder.name
    assert run.info["data"]["parts"] == {
        "train": {"Mel": 12, "Nev": 12}, "validation": {"Mel": 4, "Nev": 4}, "test": {"Mel": 4, "Nev": 4},
    }  # fmt: skip
    assert set(run.info["seconds"]) == {"data", "start", "build", "train", "evaluate", "report"}


def test_the_experiment_as_run_is_canonical_and_runs_to_the_same_fingerprint(tiny: tuple[Path, Run]) -> None:
    path, run = tiny
    text = (run.folder / "experiment.lab").read_text()
    assert text == path.read_text().replace("rate  = 1e-2", "rate  = 0.02")
    assert fingerprint_of(labc.load(run.folder / "experiment.lab").experiment) == run.folder.name


def test_history_has_a_row_an_epoch_and_the_best_is_its_best(tiny: tuple[Path, Run]) -> None:
    _, run = tiny
    history = rows(run.folder, "history.csv")
    names = ["loss", "accuracy", "auc", "precision", "recall", "specificity", "f1"]
    assert list(history[0]) == ["epoch", "seconds", "lr", *names, *(f"val_{name}" for name in names)]
    assert [row["epoch"] for row in history] == ["1", "2", "3"]
    losses = [float(row["val_loss"]) for row in history]
    best = run.metrics["best"]
    assert best["epoch"] == 1 + int(np.argmin(losses))
    assert best["value"] == pytest.approx(min(losses), rel=1e-5)
    assert run.metrics["validation"]["loss"] == pytest.approx(min(losses), rel=1e-4)
    assert run.metrics["validation"]["accuracy"] == pytest.approx(float(history[best["epoch"] - 1]["val_accuracy"]))


def test_metrics_are_scikit_learns_of_the_predictions(tiny: tuple[Path, Run]) -> None:
    _, run = tiny
    for part in ("validation", "test"):
        predictions = [row for row in rows(run.folder, "predictions.csv") if row["part"] == part]
        truth = [row["truth"] == "Nev" for row in predictions]
        named = [row["prediction"] == "Nev" for row in predictions]
        probability = [float(row["probability_Nev"]) for row in predictions]
        assert [p >= 0.5 for p in probability] == named
        assert [Path(row["file"]).stem.split("_")[0] for row in predictions] == [row["truth"] for row in predictions]
        expected = {
            "loss": oracle.log_loss(truth, probability),
            "accuracy": oracle.accuracy_score(truth, named),
            "auc": oracle.roc_auc_score(truth, probability),
            "precision": oracle.precision_score(truth, named, zero_division=0),
            "recall": oracle.recall_score(truth, named),
            "specificity": oracle.recall_score(np.logical_not(truth), np.logical_not(named)),
            "f1": oracle.f1_score(truth, named),
        }
        assert run.metrics[part] == pytest.approx(expected, rel=1e-4)


def test_the_saved_model_takes_raw_pixels_and_needs_no_labc(tiny: tuple[Path, Run]) -> None:
    import keras

    path, run = tiny
    model = keras.models.load_model(run.folder / "model.keras", custom_objects={}, compile=True)
    dataset = load_dataset(selection_of(labc.load(path).experiment), path.parent / "runs" / ".cache", Display())
    part = dataset.parts["test"]
    outputs = model.predict(part.images.astype("float32"), verbose=0)[:, 0]
    said = {row["file"]: float(row["probability_Nev"]) for row in rows(run.folder, "predictions.csv")}
    assert [said[file] for file in part.files] == pytest.approx(outputs.tolist(), rel=1e-3, abs=1e-5)


def test_nothing_trains_twice_and_again_keeps_the_old_run(tiny: tuple[Path, Run]) -> None:
    path, run = tiny
    stamps = {file.name: file.stat().st_mtime_ns for file in run.folder.iterdir()}
    second = labc.run(path, path.parent / "runs", rate=0.02)
    assert (second.folder, second.trained) == (run.folder, False)
    again = labc.run(path, path.parent / "runs", again=True, rate=0.02)
    assert again.trained
    assert again.folder.name == f"{run.folder.name}-2"
    assert {file.name: file.stat().st_mtime_ns for file in run.folder.iterdir()} == stamps
    # Deterministic: the same numbers to the last digit.
    assert again.metrics == run.metrics


@pytest.mark.parametrize(
    ("head", "loss", "kind"),
    [
        ("dense(2, softmax)", "categorical_crossentropy", "probability"),
        ("dense(2, softmax)", "focal(2)", "probability"),
        ("dense(1, sigmoid)", "focal", "probability"),
        ("dense(1, tanh)", "hinge", "score"),
        ("dense(1)", "squared_hinge", "score"),
        ("dense(2)", "categorical_hinge", "score"),
        ("dense(1, sigmoid)", "mse", "probability"),
        ("dense(2, softmax)", "mae", "probability"),
    ],
)
def test_every_loss_trains_and_its_figures_agree(tmp_path: Path, head: str, loss: str, kind: str) -> None:
    path = write_tiny(tmp_path, {"dense(1, sigmoid)": head, "binary_crossentropy": loss})
    run = labc.run(path, tmp_path / "runs")
    predictions = [row for row in rows(run.folder, "predictions.csv") if row["part"] == "validation"]
    assert list(predictions[0])[4:] == [f"{kind}_Mel", f"{kind}_Nev"]
    named = [row["prediction"] for row in predictions]
    scores = np.array([[float(row[f"{kind}_{name}"]) for name in ("Mel", "Nev")] for row in predictions])
    assert [("Mel", "Nev")[number] for number in scores.argmax(axis=1)] == named
    best = rows(run.folder, "history.csv")[run.metrics["best"]["epoch"] - 1]
    for name in ("loss", "accuracy", "precision", "recall", "specificity", "f1"):
        assert run.metrics["validation"][name] == pytest.approx(float(best[f"val_{name}"]), rel=1e-3, abs=1e-6)
    assert run.metrics["validation"]["auc"] == pytest.approx(float(best["val_auc"]), abs=0.1)


@pytest.mark.parametrize("optimizer", ["adam", "adamw", "sgd(0.1, 0.9)", "rmsprop", "nadam", "adagrad", "lion(1e-4)"])
def test_every_optimizer_and_setting_trains(tmp_path: Path, optimizer: str) -> None:
    stopping = "early_stop = patience(1)\n  reduce_lr = plateau(patience = 1)\n  monitor = max(val_accuracy)"
    more = f"seed = 7\n  clip = 1\n  {stopping}"
    path = write_tiny(tmp_path, {"adam(rate)": optimizer, "seed      = 7": more})
    run = labc.run(path, tmp_path / "runs", quick=True)
    assert run.info["quick"]
    assert len(rows(run.folder, "history.csv")) == 1
    assert run.metrics["best"]["monitor"] == "max(val_accuracy)"


@pytest.mark.parametrize("scale", ["unit", "standard", "sample", "none"])
def test_every_scale_trains(tmp_path: Path, scale: str) -> None:
    path = write_tiny(tmp_path, {"image   = 16x16x1": f"image = 16x16x1\n  scale = {scale}"})
    assert labc.run(path, tmp_path / "runs", quick=True).trained


def test_an_interrupted_run_says_so_and_is_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from labc.runtime.training import callbacks

    write_tiny(tmp_path)
    monkeypatch.chdir(tmp_path)
    write_epoch = callbacks.HistoryWriter.on_epoch_end

    def interrupt(self: Any, epoch: int, logs: Any = None) -> None:
        write_epoch(self, epoch, logs)
        raise KeyboardInterrupt

    monkeypatch.setattr(callbacks.HistoryWriter, "on_epoch_end", interrupt)
    monkeypatch.setattr("sys.argv", ["labc", "run", "tiny.lab"])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 130
    (folder,) = (tmp_path / "runs" / "tiny").iterdir()
    said = capsys.readouterr().err
    assert f"interrupted\nthe run's folder is {folder.relative_to(tmp_path)}; the next `labc run`" in said
    assert json.loads((folder / "run.json").read_text())["status"] == "interrupted"
    assert len(rows(folder, "history.csv")) == 1
    monkeypatch.undo()
    run = labc.run(tmp_path / "tiny.lab", tmp_path / "runs")
    assert (run.folder, run.trained, run.info["status"]) == (folder, True, "finished")


def test_the_last_line_is_the_folder_and_json_is_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_tiny(tmp_path)
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(cli.commands, ["run", "tiny.lab"])
    assert said.exit_code == 0, said.output
    folder = Path(said.stdout.splitlines()[-1])
    assert (folder / "report.html").is_file()
    data = json.loads(CliRunner().invoke(cli.commands, ["run", "tiny.lab", "--json"]).stdout)
    assert data["folder"] == str(folder)
    assert data["trained"] is False
    assert data["metrics"]["best"]["monitor"] == "min(val_loss)"
    (folder / "report.html").unlink()
    found = CliRunner().invoke(cli.commands, ["run", "tiny.lab"])
    assert "made again, because missing or damaged: report.html\n" in found.stdout
    assert (folder / "report.html").stat().st_size > 10_000
    mistakes = CliRunner().invoke(cli.commands, ["run", "tiny.lab", "--set", "unit=3", "--json"])
    assert mistakes.exit_code == 1
    assert [one["code"] for one in json.loads(mistakes.stdout)["diagnostics"]] == ["E0003"]


@pytest.mark.parametrize("name", ["été", "黑色素瘤", "_exp", "2024 x", "o'brien&<b>", "a.b"])
def test_any_file_name_runs(tmp_path: Path, name: str) -> None:
    path = write_tiny(tmp_path).rename(tmp_path / f"{name}.lab")
    run = labc.run(path, tmp_path / "runs", quick=True)
    assert run.folder.parent.name == name


def test_mixed_precision_keeps_its_probabilities_precise(tmp_path: Path) -> None:
    import keras

    path = write_tiny(tmp_path, {"seed      = 7": "seed = 7\n  precision = mixed"})
    run = labc.run(path, tmp_path / "runs", quick=True)
    model = keras.models.load_model(run.folder / "model.keras")
    assert model.layers[-1].compute_dtype == "float32"
    assert model.get_layer("conv_1").compute_dtype == "float16"
    assert keras.mixed_precision.dtype_policy().name == "float32"


@pytest.mark.parametrize("signal", ["SIGTERM", "SIGHUP"])
def test_a_run_that_is_ended_from_outside_says_so(tmp_path: Path, signal: str) -> None:
    path = write_tiny(tmp_path, {"epochs    = 3": "epochs = 100000"})
    command = [sys.executable, "-m", "labc", "run", path.name]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        for line in process.stderr:
            if line.startswith("epoch 2/"):
                break
        process.send_signal(getattr(signals, signal))
        process.stderr.read()
    assert process.returncode == 130
    (folder,) = (tmp_path / "runs" / "tiny").iterdir()
    assert json.loads((folder / "run.json").read_text())["status"] == "interrupted"


def test_training_goes_on_when_nobody_reads_the_display(tmp_path: Path) -> None:
    path = write_tiny(tmp_path, {"epochs    = 3": "epochs = 30"})
    command = [sys.executable, "-m", "labc", "run", path.name]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        assert process.stderr
        process.stderr.readline()
        process.stderr.close()
    (folder,) = (tmp_path / "runs" / "tiny").iterdir()
    assert json.loads((folder / "run.json").read_text())["status"] == "finished"
    assert len(rows(folder, "history.csv")) == 30


@pytest.mark.parametrize("wrong", [{"backend": "caffe"}, {"device": "tpu"}])
def test_python_is_refused_what_the_command_line_is_refused(tmp_path: Path, wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="must be one of"):
        labc.run(write_tiny(tmp_path), tmp_path / "runs", **wrong)  # type: ignore[arg-type]


def test_claims_are_judged_with_their_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_tiny(tmp_path)
    claims = (
        'expect {\n  params < 1000\n  "<b>surely</b>": val_loss > 0 and test_auc <= 1\n  "never": val_loss < 0\n}\n'
    )
    path.write_text(path.read_text() + claims)
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(cli.commands, ["run", "tiny.lab", "--quick"])
    assert "claim: never: does not hold (val_loss = " in said.stdout
    run = labc.run(path, "runs", quick=True)
    assert [claim["holds"] for claim in run.metrics["claims"]] == [True, True, False]
    figures = run.metrics["claims"][1]["figures"]
    assert figures == {"val_loss": run.metrics["validation"]["loss"], "test_auc": run.metrics["test"]["auc"]}
    page = (run.folder / "report.html").read_text()
    assert "Does not hold" in page
    assert "&lt;b&gt;surely" in page


def test_a_comparison_is_refused_at_its_place(tmp_path: Path) -> None:
    path = write_tiny(tmp_path)
    path.write_text(path.read_text() + "sweep { units = [4, 8] }\n")
    with pytest.raises(LabError) as raised:
        labc.run(path, tmp_path / "runs")
    (diagnostic,) = raised.value.diagnostics
    assert (diagnostic.code.value, diagnostic.span.text) == ("E0001", "sweep")


def test_plan_json_has_the_promised_keys(tmp_path: Path) -> None:
    path = write_tiny(tmp_path)
    data = json.loads(CliRunner().invoke(cli.commands, ["plan", str(path), "--json"]).stdout)
    assert list(data) == [
        "schema", "experiment", "input", "output", "parameters", "layers", "multiply_adds", "memory", "trainings",
    ]  # fmt: skip
    assert data["input"] == [16, 16, 1]
    assert data["layers"][0] == {
        "name": "conv_1", "kind": "conv", "output": [16, 16, 4], "parameters": 40, "multiply_adds": 9216,
        "line": 19, "column": 3,
    }  # fmt: skip
    assert sum(layer["parameters"] for layer in data["layers"]) == data["parameters"]["total"]


SKIN = Path(__file__).parents[3] / "shared" / "data" / "skin"


@pytest.mark.skipif(not SKIN.is_dir(), reason="the real skin images are not here")
def test_the_skin_example_runs_on_the_real_images(tmp_path: Path) -> None:
    path = Path(__file__).parents[2] / "examples" / "skin.lab"
    run = labc.run(path, tmp_path, quick=True, images=str(SKIN))
    assert set(run.info["data"]["parts"]) == {"train", "validation", "test"}
    assert all(row["file"].split("/")[0] == row["truth"] for row in rows(run.folder, "predictions.csv"))
