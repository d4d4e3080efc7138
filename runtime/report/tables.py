"""The tables of a report, as plain data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from ..evaluation.confusion_and_roc import auc, confusion, score
from ..evaluation.statistics import wilson_interval
from ..runs.predictions_table import Predictions
from ..runs.record import RunRecord
from ..runs.run_info import MachineInfo
from .collect_findings import as_number
from .number_format import duration, number, percent_range

PARTS = ("train", "validation", "test")

SCORES = {"precision": "precision", "recall": "recall", "specificity": "specificity", "f1": "F1"}
"""The metrics below a confusion matrix, with their headings."""


@dataclass(frozen=True)
class Figures:
    """The table of measured values: one row for the loss and one for each metric."""

    parts: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...], tuple[str, str]], ...]
    """In each row: the name; the value on each part; the training value and the validation value of the last epoch."""


@dataclass(frozen=True)
class Matrix:
    """The confusion matrix of one part, with the metrics of the same predictions."""

    part: str
    counts: tuple[tuple[int, ...], ...]
    """The numbers of images. Axes: (truth, prediction)."""
    shares: tuple[tuple[float, ...], ...]
    """The shares of the images of each true class; 0 for a class without images. Axes: (truth, prediction)."""
    scores: Mapping[str, str]


def figures_table(record: RunRecord) -> Figures:
    """Return the table of the values in `metrics.json`."""
    parts, final = record.metrics.parts, record.metrics.final.figures
    return Figures(
        tuple(parts),
        tuple(
            (
                measure,
                tuple(_figure(figures.get(measure)) for figures in parts.values()),
                (_figure(final.get(measure)), _figure(final.get(f"val_{measure}"))),
            )
            for measure in record.measures
        ),
    )


def matrices(record: RunRecord) -> tuple[Matrix, ...]:
    """Return the confusion matrices of the test part and of the validation part; a part without images has none."""
    parts = {part: record.predictions.of(part) for part in ("test", "validation")}
    return tuple(_matrix(part, images, len(record.classes)) for part, images in parts.items() if len(images))


def _matrix(part: str, images: Predictions, classes: int) -> Matrix:
    counts = confusion(images.truth, images.prediction, classes)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    area = auc(images.truth, images.scores)
    right = int(counts.trace()), int(counts.sum())
    return Matrix(
        part,
        tuple(map(tuple, counts.tolist())),
        tuple(map(tuple, shares.tolist())),
        {"accuracy": f"{number(right[0] / right[1])} (95% {percent_range(wilson_interval(*right))})"}
        | {heading: number(score(word, counts)) for word, heading in SCORES.items()}
        | {"AUC": number(area) if np.isfinite(area) else "undefined"},
    )


def image_counts(record: RunRecord) -> dict[str, tuple[int, ...]]:
    """Return the number of images of each class, by part."""
    parts = record.info.data.parts
    return {part: tuple(parts[part].get(name, 0) for name in record.classes) for part in PARTS if part in parts}


def environment(record: RunRecord) -> dict[str, str]:
    """Return the facts about how and where the run was made: heading and value."""
    info = record.info
    return {
        "Fingerprint": info.fingerprint,
        "Started": info.created,
        "Seed": str(info.seed),
        "Loss": info.loss,
        "Parameters": ", ".join(f"{name} = {value}" for name, value in info.lets.items()),
        "Data": info.data.source,
        "Device": f"{info.device.name} ({info.device.kind})",
        "Backend": info.backend,
        "Versions": ", ".join(f"{name} {version}" for name, version in info.versions.items()),
        "Machine": ", ".join(_machine(info.machine)),
        "Time": ", ".join(f"{phase} {duration(seconds)}" for phase, seconds in info.seconds.items()),
    }


def _machine(machine: MachineInfo) -> Iterator[str]:
    yield machine.system
    yield machine.processor
    if machine.cpus:
        yield f"{machine.cpus} processors"
    if machine.memory_gib:
        yield f"{machine.memory_gib} GiB"


def _figure(value: float | None) -> str:
    return "—" if value is None else number(as_number(value))
