"""Derives the findings of a finished run from its history, metrics and predictions.

A difference is only reported if it is larger than the noise. For shares of images, a 95% interval decides; for curves,
the rules in `trend.py` decide.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations

import numpy as np

from ...compiler.schema.task_kind import TaskKind
from ..evaluation.confusion_and_roc import Floats, Integers, confusion
from ..evaluation.statistics import newcombe_interval, wilson_interval
from ..runs.predictions_table import Predictions
from ..runs.record import RunRecord
from .findings import Accuracy, ConfusedPair, Findings, Gap, KeptEpoch, LevelReached
from .label_findings import judge_labels
from .mask_findings import judge_masks
from .number_findings import judge_numbers
from .trend import find_improving, find_overfitting

LEADING = {
    TaskKind.CLASSIFICATION: "accuracy",
    TaskKind.MULTI_LABEL: "auc",
    TaskKind.REGRESSION: "mae",
    TaskKind.SEGMENTATION: "dice",
}
"""The metric of each task that the findings are about, besides the loss."""

LEVELS = (0.7, 0.8, 0.9, 0.95, 0.99)
"""Accuracies or Dice indices. For each of them, the first epoch that reaches it is reported."""


def collect_findings(record: RunRecord) -> Findings:
    """Return all findings of a run."""
    history = record.history
    loss, val_loss = history.get("loss", np.empty(0)), history.get("val_loss", np.empty(0))
    shown = record.predictions.main_part()
    counts = confusion(shown.truth, shown.prediction, len(record.classes))
    return Findings(
        classes=record.classes,
        quick=record.info.quick,
        diverged=_first_undefined(record),
        best=_best(record),
        accuracy=_accuracy(shown, record.classes, counts) if len(shown) else None,
        labels=judge_labels(record),
        numbers=judge_numbers(record),
        masks=judge_masks(record),
        gaps=tuple(_gaps(record)),
        overfitting=find_overfitting(loss, val_loss),
        improving=find_improving(val_loss),
        training_improving=find_improving(loss),
        confused=_confused(record.classes, counts),
        errors=int(counts.sum() - counts.trace()),
        reached=tuple(_reached(record)),
        missing=tuple(_missing(record)),
    )


def as_number(value: float | None) -> float:
    """Return a value of `metrics.json` as a float; nan if the value is None, which means undefined."""
    return float("nan") if value is None else float(value)


def _best(record: RunRecord) -> KeptEpoch:
    best, final = record.metrics.best, record.metrics.final
    monitored = best.monitor.partition("(")[2].rstrip(")")
    return KeptEpoch(
        epoch=best.epoch,
        trained=final.epoch,
        planned=record.info.epochs,
        monitor=best.monitor,
        value=as_number(best.value),
        final=as_number(final.figures.get(monitored)),
    )


def _first_undefined(record: RunRecord) -> int | None:
    losses = [record.history[name] for name in ("loss", "val_loss") if name in record.history]
    undefined = np.flatnonzero(~np.isfinite(losses).all(axis=0)) if losses else np.empty(0, dtype=int)
    return int(record.history["epoch"][undefined[0]]) if undefined.size else None


def _accuracy(shown: Predictions, classes: tuple[str, ...], counts: Integers) -> Accuracy:
    images = counts.sum(axis=1)
    correct, total = int(counts.trace()), int(counts.sum())
    return Accuracy(
        part=shown.part[0],
        correct=correct,
        total=total,
        interval=wilson_interval(correct, total),
        majority=classes[int(images.argmax())],
        baseline=float(images.max() / total),
        constant=_constant(classes, counts),
    )


def _constant(classes: tuple[str, ...], counts: Integers) -> str | None:
    predicted = np.flatnonzero(counts.sum(axis=0))
    return classes[int(predicted[0])] if predicted.size == 1 and len(classes) > 1 else None


def _gaps(record: RunRecord) -> Iterator[Gap]:
    train, validation = record.metrics.train, record.metrics.validation
    shown = record.predictions.of("validation")
    images = record.info.data.count("train")
    for measure in (LEADING[record.info.task], "loss"):
        if measure not in train or measure not in validation:
            continue
        first, second = as_number(train[measure]), as_number(validation[measure])
        if measure == "accuracy" and images and len(shown) and np.isfinite(first):
            correct = int((shown.truth == shown.prediction).sum())
            between = newcombe_interval((round(first * images), images), (correct, len(shown)))
            yield Gap(measure, first, second, between)
        else:
            yield Gap(measure, first, second, None)


def _confused(classes: tuple[str, ...], counts: Integers) -> tuple[ConfusedPair, ...]:
    """Return the three most frequently confused pairs of classes; fewer if there are not three.

    Input: counts (truth, prediction).
    """
    both_ways, images = counts + counts.T, counts.sum(axis=1)
    pairs = [(i, j) for i, j in combinations(range(len(classes)), 2) if both_ways[i, j]]
    pairs.sort(key=lambda pair: -both_ways[pair])
    return tuple(
        ConfusedPair(
            classes=(classes[i], classes[j]),
            counts=(int(counts[i, j]), int(counts[j, i])),
            totals=(int(images[i]), int(images[j])),
            is_significant=rank == 0 and _is_significant([int(both_ways[pair]) for pair in pairs], counts),
        )
        for rank, (i, j) in enumerate(pairs[:3])
    )


def _is_significant(sizes: list[int], counts: Integers) -> bool:
    """Return whether the most frequent pair is significant: see `ConfusedPair.is_significant`.

    Input: `sizes`, the counts of all pairs, the largest first; counts (truth, prediction).
    """
    if len(counts) == 2:
        (first, second), wrong, back = counts.sum(axis=1).tolist(), int(counts[0, 1]), int(counts[1, 0])
        low, high = newcombe_interval((wrong, first), (back, second))
        return low > 0 or high < 0
    from scipy.stats import binomtest

    # The p-value under the hypothesis that a wrong prediction is equally likely in the first and the second pair.
    top, next_one = [*sizes, 0][:2]
    return bool(binomtest(top, top + next_one).pvalue < 0.05)


def _largest_majority(record: RunRecord) -> float:
    """Return the largest share of one class in any part; 0 without images.

    A model that always predicts the same class can reach this accuracy.
    """
    parts = record.info.data.parts.values()
    return max((max(images.values()) / sum(images.values()) for images in parts if sum(images.values())), default=0.0)


def _reached(record: RunRecord) -> Iterator[LevelReached]:
    """Yield the levels of the accuracy or the Dice index that were reached; other tasks have no levels."""
    measure = LEADING[record.info.task]
    if measure not in ("accuracy", "dice"):
        return
    least = _largest_majority(record) if measure == "accuracy" else 0
    for level in (level for level in LEVELS if level > least):
        train, validation = (_first_at(record.history, name, level) for name in (measure, f"val_{measure}"))
        if train or validation:
            yield LevelReached(level, train, validation)


def _first_at(history: Mapping[str, Floats], name: str, level: float) -> int | None:
    rows = np.flatnonzero(history.get(name, np.empty(0)) >= level)
    return int(history["epoch"][rows[0]]) if rows.size else None


def _missing(record: RunRecord) -> Iterator[tuple[str, str]]:
    for part, images in record.info.data.parts.items():
        yield from ((part, name) for name in record.classes if not images.get(name, 0))
