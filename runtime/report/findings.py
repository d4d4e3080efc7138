"""What a finished run taught, as plain data. `prose.py` says it; nothing here makes a sentence.

Nothing counts as a difference unless it is larger than the noise: for shares of images, unless a 95% interval
says so; for curves, by the rules of `trend.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from ..evaluation.array_metrics import Floats, Integers, confusion
from ..evaluation.statistics import newcombe_interval, wilson_interval
from ..runs.run_record import Predictions, Record
from .trend import Improving, Overfitting, find_improving, find_overfitting

LEVELS = (0.7, 0.8, 0.9, 0.95, 0.99)
"""Accuracies whose first epoch is looked up."""


@dataclass(frozen=True)
class Best:
    """The epoch that was kept."""

    epoch: int
    of: int
    """Epochs trained."""
    planned: int
    """Epochs asked for."""
    monitor: str
    """What "best" means, as written: `min(val_loss)`."""
    value: float
    final: float
    """The monitored value in the last epoch."""


@dataclass(frozen=True)
class Standing:
    """How often the best weights are right on one part, against always naming that part's most frequent
    class."""

    part: str
    correct: int
    total: int
    interval: tuple[float, float]
    """95%, Wilson."""
    common: str
    """The most frequent class among these images."""
    baseline: float
    """The share of images that always naming it gets right."""
    only: str | None = None
    """The class that every image was named, if it was one."""

    @property
    def verdict(self) -> Literal["better", "worse", "no difference"]:
        """Whether the interval lies above or below the baseline, or holds it."""
        low, high = self.interval
        return "better" if low > self.baseline else "worse" if high < self.baseline else "no difference"


@dataclass(frozen=True)
class Gap:
    """A figure on the training images less the same on the validation images, with the best weights."""

    measure: str
    train: float
    validation: float
    interval: tuple[float, float] | None
    """95%, Newcombe, of the difference; None for what is not a share of images, whose noise is not known."""

    @property
    def difference(self) -> float:
        """Train less validation."""
        return self.train - self.validation

    @property
    def stands_out(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.interval is not None and (self.interval[0] > 0 or self.interval[1] < 0)


@dataclass(frozen=True)
class Mistakes:
    """Two classes that are taken for each other, counted over one part."""

    classes: tuple[str, str]
    counts: tuple[int, int]
    """Images of the first named as the second, and the other way round."""
    of: tuple[int, int]
    """Images of each."""
    stands_out: bool
    """Larger than noise: with two classes, one is missed more often than the other; with more, this pair is
    confused more often than any other pair."""


@dataclass(frozen=True)
class Reached:
    """The first epochs in which an accuracy was measured; None where it never was."""

    level: float
    train: int | None
    validation: int | None


@dataclass(frozen=True)
class Learned:
    """What one run taught."""

    classes: tuple[str, ...]
    quick: bool
    broken: int | None
    """The first epoch with a loss that is not a finite number."""
    best: Best
    standing: Standing | None
    """On the test part, else the validation part; None where no image was given a class."""
    gaps: tuple[Gap, ...]
    overfitting: Overfitting
    improving: Improving
    """Of the validation loss."""
    training_improving: Improving
    mistakes: tuple[Mistakes, ...]
    """On the same part as `standing`, most frequent first."""
    errors: int
    """All mistakes on that part."""
    reached: tuple[Reached, ...]
    missing: tuple[tuple[str, str], ...]
    """(part, class) of every class that has no image in a part."""


def learn(record: Record) -> Learned:
    """Compute what a run taught from its history, metrics and predictions."""
    history = record.history
    loss, val_loss = history.get("loss", np.empty(0)), history.get("val_loss", np.empty(0))
    shown = main_part(record.predictions)
    counts = confusion(shown.truth, shown.prediction, len(record.classes))
    return Learned(
        classes=record.classes,
        quick=bool(record.run.get("quick", False)),
        broken=_first_broken(record),
        best=_best(record),
        standing=_standing(shown, record.classes, counts) if len(shown) else None,
        gaps=tuple(_gaps(record)),
        overfitting=find_overfitting(loss, val_loss),
        improving=find_improving(val_loss),
        training_improving=find_improving(loss),
        mistakes=_mistakes(record.classes, counts),
        errors=int(counts.sum() - counts.trace()),
        reached=tuple(_reached(history, _majority(record))),
        missing=tuple(_missing(record)),
    )


def main_part(predictions: Predictions) -> Predictions:
    """Return the images that a run is judged by: the test part, else the validation part."""
    test = predictions.of("test")
    return test if len(test) else predictions.of("validation")


def _best(record: Record) -> Best:
    best, final = record.metrics["best"], record.metrics["final"]
    monitored = best["monitor"].partition("(")[2].rstrip(")") or best["monitor"]
    return Best(
        epoch=int(best["epoch"]),
        of=int(final["epoch"]),
        planned=int(record.run["epochs"]),
        monitor=best["monitor"],
        value=as_number(best["value"]),
        final=as_number(final.get(monitored)),
    )


def as_number(value: object) -> float:
    """Return a figure from a JSON file as a float; nan where it is absent or null."""
    return float(value) if isinstance(value, int | float) else float("nan")


def _first_broken(record: Record) -> int | None:
    losses = [record.history[name] for name in ("loss", "val_loss") if name in record.history]
    broken = np.flatnonzero(~np.isfinite(losses).all(axis=0)) if losses else np.empty(0, dtype=int)
    return int(record.history["epoch"][broken[0]]) if broken.size else None


def _standing(shown: Predictions, classes: tuple[str, ...], counts: Integers) -> Standing:
    images = counts.sum(axis=1)
    correct, total = int(counts.trace()), int(counts.sum())
    return Standing(
        part=shown.part[0],
        correct=correct,
        total=total,
        interval=wilson_interval(correct, total),
        common=classes[int(images.argmax())],
        baseline=float(images.max() / total),
        only=_only(classes, counts),
    )


def _only(classes: tuple[str, ...], counts: Integers) -> str | None:
    named = np.flatnonzero(counts.sum(axis=0))
    return classes[int(named[0])] if named.size == 1 and len(classes) > 1 else None


def _gaps(record: Record) -> Iterable[Gap]:
    train, validation = record.metrics.get("train", {}), record.metrics.get("validation", {})
    shown = record.predictions.of("validation")
    images = sum(record.run.get("data", {}).get("parts", {}).get("train", {}).values())
    for measure in ("accuracy", "loss"):
        if measure not in train or measure not in validation:
            continue
        first, second = as_number(train[measure]), as_number(validation[measure])
        # Where nothing was named, an accuracy counts pixels, and those hang together.
        if measure == "accuracy" and images and len(shown) and np.isfinite(first):
            correct = int((shown.truth == shown.prediction).sum())
            between = newcombe_interval((round(first * images), images), (correct, len(shown)))
            yield Gap(measure, first, second, between)
        else:
            yield Gap(measure, first, second, None)


def _mistakes(classes: tuple[str, ...], counts: Integers) -> tuple[Mistakes, ...]:
    either_way, images = counts + counts.T, counts.sum(axis=1)
    pairs = [(i, j) for i, j in combinations(range(len(classes)), 2) if either_way[i, j]]
    pairs.sort(key=lambda pair: -either_way[pair])
    return tuple(
        Mistakes(
            classes=(classes[i], classes[j]),
            counts=(int(counts[i, j]), int(counts[j, i])),
            of=(int(images[i]), int(images[j])),
            stands_out=rank == 0 and _stands_out([int(either_way[pair]) for pair in pairs], counts),
        )
        for rank, (i, j) in enumerate(pairs[:3])
    )


def _stands_out(sizes: list[int], counts: Integers) -> bool:
    if len(counts) == 2:
        (first, second), wrong, back = counts.sum(axis=1).tolist(), int(counts[0, 1]), int(counts[1, 0])
        low, high = newcombe_interval((wrong, first), (back, second))
        return low > 0 or high < 0
    from scipy.stats import binomtest

    # The sizes are sorted: if chance alone chose between the first two, how often would they be this unequal?
    top, next_one = [*sizes, 0][:2]
    return bool(binomtest(top, top + next_one).pvalue < 0.05)


def _majority(record: Record) -> float:
    """The share of the most frequent class, in the part where it is largest: up to there nothing need be learned."""
    parts = record.run.get("data", {}).get("parts", {}).values()
    return max((max(images.values()) / sum(images.values()) for images in parts if sum(images.values())), default=0.0)


def _reached(history: Mapping[str, Floats], majority: float) -> Iterable[Reached]:
    for level in (level for level in LEVELS if level > majority):
        train, validation = (_first_at(history, name, level) for name in ("accuracy", "val_accuracy"))
        if train or validation:
            yield Reached(level, train, validation)


def _first_at(history: Mapping[str, Floats], name: str, level: float) -> int | None:
    there = np.flatnonzero(history.get(name, np.empty(0)) >= level)
    return int(history["epoch"][there[0]]) if there.size else None


def _missing(record: Record) -> Iterable[tuple[str, str]]:
    for part, images in record.run.get("data", {}).get("parts", {}).items():
        yield from ((part, name) for name in record.classes if not images.get(name, 0))
