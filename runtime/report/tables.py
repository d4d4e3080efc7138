"""The tables of a report, as plain data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from ..evaluation.array_metrics import auc, confusion, score
from ..evaluation.statistics import wilson_interval
from ..runs.run_record import Predictions, Record
from .findings import as_number
from .number_format import duration, number, percent_range

PARTS = ("train", "validation", "test")

SCORES = {"precision": "precision", "recall": "recall", "specificity": "specificity", "f1": "F1"}
"""Metrics that stand below a confusion matrix, with their headings."""


@dataclass(frozen=True)
class Figures:
    """What was measured, one row a measure."""

    parts: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...], tuple[str, str]], ...]
    """Measure; its value on each part; its training and validation value in the last epoch."""


@dataclass(frozen=True)
class Matrix:
    """One part's confusion matrix, with the exact scores that follow from the same predictions."""

    part: str
    counts: tuple[tuple[int, ...], ...]
    """Axes (truth, prediction)."""
    shares: tuple[tuple[float, ...], ...]
    """Of the images of each true class; 0 where there is none."""
    scores: Mapping[str, str]


def figures_table(record: Record) -> Figures:
    """Set out `metrics.json`."""
    parts = tuple(part for part in PARTS if record.metrics.get(part))
    final = record.metrics["final"]
    return Figures(
        parts,
        tuple(
            (
                measure,
                tuple(_figure(record.metrics[part].get(measure)) for part in parts),
                (_figure(final.get(measure)), _figure(final.get(f"val_{measure}"))),
            )
            for measure in record.measures
        ),
    )


def matrices(record: Record) -> tuple[Matrix, ...]:
    """Count the predictions: the test part's first, if there is one, then the validation part's."""
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


def image_counts(record: Record) -> dict[str, tuple[int, ...]]:
    """Return the images of each class in each part, by part."""
    parts = record.run.get("data", {}).get("parts", {})
    return {part: tuple(parts[part].get(name, 0) for name in record.classes) for part in PARTS if part in parts}


def environment(record: Record) -> dict[str, str]:
    """Say where and how the run was made, one fact a line."""
    run = record.run
    machine, device = run.get("machine", {}), run.get("device", {})
    return {
        "Fingerprint": run["fingerprint"],
        "Made": run["created"],
        "Seed": str(run["seed"]),
        "Loss": run["loss"],
        "Parameters": _listed(run.get("lets", {})),
        "Data": run.get("data", {}).get("source", ""),
        "Device": f"{device.get('name', '')} ({device.get('kind', '')})",
        "Backend": run["backend"],
        "Versions": _listed(run.get("versions", {}), " "),
        "Machine": ", ".join(_machine(machine)),
        "Time": ", ".join(f"{stage} {duration(taken)}" for stage, taken in run.get("seconds", {}).items()),
    }


def _machine(machine: Mapping[str, object]) -> Iterable[str]:
    units = {"system": "{}", "processor": "{}", "cpus": "{} processors", "memory_gib": "{} GiB"}
    return (unit.format(machine[key]) for key, unit in units.items() if machine.get(key))


def _listed(values: Mapping[str, object], between: str = " = ") -> str:
    return ", ".join(f"{name}{between}{_literal(value)}" for name, value in values.items())


def _literal(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _figure(value: object) -> str:
    return "—" if value is None else number(as_number(value))
