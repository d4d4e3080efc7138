"""How well a multi-label classifier finds the labels, as plain data. The sentences are in `label_prose.py`."""

from dataclasses import dataclass

import numpy as np

from ...compiler.metrics import METRICS, RatioMetric
from ..evaluation.label_predictions import count_labels
from ..evaluation.label_scores import label_areas
from ..runs.label_table import LabelTable
from ..runs.record import RunRecord
from .mean_interval import FEWEST, Interval

SCORES = ("precision", "recall", "specificity", "f1")
DRAWS = 500  # of all images, for the interval of the mean AUC


@dataclass(frozen=True)
class LabelScores:
    """How well one label is found in one part."""

    name: str
    images: int
    """The number of images that have the label."""
    auc: float
    """nan if all images have the label, or none."""
    scores: dict[str, float]
    """Precision, recall, specificity and F1 by name."""


@dataclass(frozen=True)
class LabelQuality:
    """How well the best weights find the labels of the images of one part."""

    part: str
    images: int
    auc: float
    """The mean over the labels for which it is defined; nan if there is none."""
    interval: Interval | None
    """95% bootstrap interval of the mean AUC over the images; None if it is not known."""
    exact: int
    """The number of images all of whose labels are right."""
    hardest: tuple[str, float] | None
    """The label with the smallest AUC; None with fewer than two labels that have an AUC."""
    never: tuple[str, ...]
    """The labels that are predicted for no image, although images have them."""
    unknown: tuple[str, ...]
    """The labels without an AUC."""


def judge_labels(record: RunRecord) -> LabelQuality | None:
    """Return how well the labels of the test images are found, or without a test part those of the validation images.

    None if the task is not multi-label classification.
    """
    if record.labels is None:
        return None
    shown = record.labels.main_part()
    if not len(shown):
        return None
    areas, names = label_areas(shown.truth, shown.scores), record.classes
    known = np.flatnonzero(np.isfinite(areas))
    lowest = int(known[areas[known].argmin()]) if len(known) > 1 else None
    present, found = shown.truth.sum(axis=0), shown.prediction.sum(axis=0)
    return LabelQuality(
        part=shown.part[0],
        images=len(shown),
        auc=float(areas[known].mean()) if len(known) else float("nan"),
        interval=_interval(shown) if len(known) else None,
        exact=int((shown.truth == shown.prediction).all(axis=1).sum()),
        hardest=None if lowest is None else (names[lowest], float(areas[lowest])),
        never=tuple(name for number, name in enumerate(names) if present[number] and not found[number]),
        unknown=tuple(name for number, name in enumerate(names) if number not in known),
    )


def label_scores(table: LabelTable, names: tuple[str, ...]) -> tuple[LabelScores, ...]:
    """Return how well each label is found in the images of a table, which has at least one image."""
    areas, counts = label_areas(table.truth, table.scores), count_labels(table.truth, table.prediction)
    values = {}
    for word in SCORES:
        metric = METRICS[word]
        assert issubclass(metric, RatioMetric)
        values[word] = metric.per_class(counts, np)
    return tuple(
        LabelScores(
            name=name,
            images=int(table.truth[:, number].sum()),
            auc=float(areas[number]),
            scores={word: float(each[number]) for word, each in values.items()},
        )
        for number, name in enumerate(names)
    )


def _interval(table: LabelTable) -> Interval | None:
    """Return percentiles of the mean AUC of drawn images; None with too few images. Source: see `mean_interval`."""
    random, count = np.random.default_rng(0), len(table)
    if count < FEWEST:
        return None
    means = []
    for _ in range(DRAWS):
        rows = random.integers(0, count, count)
        areas = label_areas(table.truth[rows], table.scores[rows])
        if np.isfinite(areas).any():
            means.append(float(np.nanmean(areas)))
    if len(means) < DRAWS // 2:
        return None
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)
