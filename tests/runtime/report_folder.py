"""Synthetic run folders, written as a training run writes them."""

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
from numpy.typing import NDArray

from labc.compiler.plan import Plan, PlanLayer, PlanMemory, PlanParameters, PlanTraining
from labc.runtime.runs.folder import RunFolder
from labc.runtime.runs.json_files import read_document, write_document
from labc.runtime.runs.manifest import REPORT
from labc.runtime.runs.run_info import DataInfo, DeviceInfo, MachineInfo, RunInfo
from labc.runtime.runs.run_metrics import BestEpoch, LastEpoch, RunMetrics

SOURCE = """\
# Does batch normalisation help?
experiment "Skin"
let base = 8
data {
  source  = phantom(skin, images = 400)
  classes = ["Mel", "Nev"]
  image   = 16x16x1
}
model {
  conv(base, 3x3) -> relu
  flatten
  dense(1, sigmoid)
}
train { loss = binary_crossentropy  epochs = 25 }
"""

LAYERS = (
    ("conv_1", "conv", (16, 16, 8), 80, 10),
    ("relu_1", "relu", (16, 16, 8), 0, 10),
    ("flatten_1", "flatten", (2048,), 0, 11),
    ("dense_1", "dense", (1,), 2049, 12),
)

Floats = NDArray[np.float64]


def overfitting_losses(epochs: int, turn: int, seed: int, noise: float = 0.015) -> tuple[Floats, Floats]:
    """Return training and validation losses whose validation loss falls until `turn` and rises from there."""
    random, epoch = np.random.default_rng(seed), np.arange(1, epochs + 1)
    fall = 0.4 * np.exp(-epoch / (turn / 3))
    loss = 0.25 + fall - 0.15 * epoch / epochs + random.normal(0, noise / 3, epochs)
    val_loss = 0.35 + fall + 0.02 * np.maximum(epoch - turn, 0) + random.normal(0, noise, epochs)
    return loss, val_loss


def write_folder(
    folder: Path,
    *,
    title: str = "Skin",
    source: str = SOURCE,
    classes: Sequence[str] = ("Mel", "Nev"),
    losses: tuple[Floats, Floats] | None = None,
    images: Mapping[str, int] = {"validation": 80, "test": 100},
    skill: float = 0.85,
    seed: int = 0,
    **info: Any,
) -> Path:
    """Write a whole run folder: `images` in each part, of which about the share `skill` is predicted correctly."""
    loss, val_loss = losses or overfitting_losses(25, 12, seed)
    accuracy, val_accuracy = (np.clip(1 - values / 2, 0, 1) for values in (loss, val_loss))
    columns = {
        "epoch": np.arange(1, len(loss) + 1),
        "seconds": np.full(len(loss), 1.5),
        "lr": np.full(len(loss), 1e-4),
        "loss": loss,
        "accuracy": accuracy,
        "val_loss": val_loss,
        "val_accuracy": val_accuracy,
    }
    rows = list(_predictions(np.random.default_rng(seed), classes, images, skill))
    kind = info.get("scores", "probability")
    _write_csv(folder / "history.csv", list(columns), list(zip(*columns.values(), strict=True)))
    header = ["file", "part", "truth", "prediction", *(f"{kind}_{name}" for name in classes)]
    _write_csv(folder / "predictions.csv", header, rows)
    (folder / "experiment.lab").write_text(source, encoding="utf-8")
    counts = {"train": _counts(classes, 300)} | {part: _counts(classes, images[part]) for part in images}
    write_document(folder / "run.json", _info(title, classes, len(loss), counts).model_copy(update=info))
    write_document(folder / "plan.json", _plan(title))
    write_document(folder / "metrics.json", _metrics(columns, rows, images))
    return folder


def write_finished(folder: Path) -> Path:
    """Write the whole folder of a finished run with a model and a report, which are only placeholders."""
    write_folder(folder, fingerprint=folder.name)
    with ZipFile(folder / "model.keras", "w") as model:
        model.writestr("config.json", "{}")
    for name in REPORT:
        (folder / name).write_text("drawn", encoding="utf-8")
    RunFolder(folder).finish(read_document(folder / "run.json", RunInfo))
    return folder


def rewrite(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the content of a JSON file."""
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content), encoding="utf-8")


def pictures(folder: Path, channels: int = 1) -> dict[str, NDArray[np.uint8]]:
    """Return an image of noise for each prediction."""
    random = np.random.default_rng(0)
    with (folder / "predictions.csv").open(encoding="utf-8", newline="") as lines:
        files = [row["file"] for row in csv.DictReader(lines)]
    return {file: random.integers(0, 256, (16, 16, channels), dtype=np.uint8) for file in files}


def _predictions(random: np.random.Generator, classes: Sequence[str], images: Mapping[str, int], skill: float) -> Any:
    for part, total in images.items():
        for number in range(total):
            truth = number % len(classes)
            scores = random.dirichlet(np.ones(len(classes)))
            named = truth if random.random() < skill else (truth + 1) % len(classes)
            # The highest score goes to the class that is named.
            scores = np.roll(np.sort(scores), named + 1)
            yield [f"{part}/{classes[truth]}_{number:03}.png", part, classes[truth], classes[named], *scores]


def _counts(classes: Sequence[str], total: int) -> dict[str, int]:
    return {name: len(range(number, total, len(classes))) for number, name in enumerate(classes)}


def _info(title: str, classes: Sequence[str], epochs: int, parts: dict[str, dict[str, int]]) -> RunInfo:
    return RunInfo(
        status="finished",
        fingerprint="3f9a1c7e",
        experiment=title,
        file="skin.lab",
        created="2025-11-21T09:10:00+00:00",
        command="labc run skin.lab",
        quick=False,
        seed=1,
        backend="tensorflow",
        device=DeviceInfo(kind="cpu", name="CPU"),
        versions={"labc": "0.1.0", "python": "3.12.3", "keras": "3.11.0"},
        machine=MachineInfo(system="Linux", processor="x86_64", cpus=8, memory_gib=32),
        classes=tuple(classes),
        loss="binary_crossentropy",
        monitor="min(val_loss)",
        epochs=epochs,
        lets={"base": "8", "batchnorm": "true"},
        scores="probability",
        data=DataInfo(source="phantom(skin, images = 400)", parts=parts),
        seconds={"start": 3.1, "data": 0.8, "build": 0.4, "train": 92.3, "evaluate": 1.1, "report": 2.0},
    )


def _plan(title: str) -> Plan:
    layers = (
        PlanLayer(name=name, kind=kind, output=output, parameters=parameters, multiply_adds=0, line=line, column=3)
        for name, kind, output, parameters, line in LAYERS
    )
    return Plan(
        experiment=title,
        input=(16, 16, 1),
        output=(1,),
        parameters=PlanParameters(total=2129, trainable=2129, frozen=0),
        layers=tuple(layers),
        multiply_adds=0,
        memory=PlanMemory(weights=8516, activations=0, training=0),
        trainings=(PlanTraining(label="", parameters=2129, repeats=1, folds=1),),
    )


def _metrics(columns: Mapping[str, Floats], rows: list[Any], images: Mapping[str, int]) -> RunMetrics:
    measured = [name for name in columns if name not in ("epoch", "seconds", "lr")]
    finite = np.where(np.isfinite(columns["val_loss"]), columns["val_loss"], np.inf)
    best = int(finite.argmin())
    parts = {
        part: {
            "loss": float(columns["val_loss"][best]),
            "accuracy": float(np.mean([row[2] == row[3] for row in rows if row[1] == part])),
        }
        for part in images
    }
    final = {"epoch": len(finite)} | {name: float(columns[name][-1]) for name in measured}
    return RunMetrics(
        best=BestEpoch(epoch=best + 1, monitor="min(val_loss)", value=float(columns["val_loss"][best])),
        final=LastEpoch.model_validate(final),
        train={name: float(columns[name][best]) for name in ("loss", "accuracy")},
        validation=parts["validation"],
        test=parts.get("test"),
        claims=(),
    )


def _write_csv(path: Path, header: Sequence[str], rows: Sequence[Any]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([header, *rows])
