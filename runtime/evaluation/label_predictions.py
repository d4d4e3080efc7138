"""Evaluates the best weights of a multi-label classifier: the figures of each part, and each image's predictions."""

import csv
import io
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ...compiler.metrics import METRICS, Auc, RatioMetric
from ...compiler.metrics.confusion import Counts
from ..data.dataset import Dataset, Part
from ..runs.file_names import escape_name
from ..training.tasks import Floats, MultiLabel
from .label_scores import label_areas
from .outputs import loss_of


def label_figures(task: MultiLabel, part: Part, outputs: Floats, metrics: Sequence[str]) -> dict[str, float]:
    """Compute the loss and all metrics of one part from all outputs at once, the metrics as means over the labels.

    The AUC is exact. It leaves out a label that all images have, or none; it is nan if no label is left.

    Input: outputs (image, label).
    """
    truth = np.asarray(part.targets, bool)
    counts = count_labels(truth, np.asarray(task.predict(outputs)))
    values = {"loss": loss_of(task, part, outputs)}
    for word in metrics:
        metric = METRICS[word]
        if metric is Auc:
            areas = label_areas(truth, outputs)
            values[word] = float(np.nanmean(areas)) if np.isfinite(areas).any() else Auc.undefined
        else:
            assert issubclass(metric, RatioMetric), f"{word} is not for labels"
            values[word] = float(metric.per_class(counts, np).mean())
    return values


def count_labels(truth: NDArray[np.bool_], prediction: NDArray[np.bool_]) -> Counts:
    """Count the outcomes for each label (label,), from True and False (image, label)."""
    both, found, true = (one.sum(axis=0) for one in (truth & prediction, prediction, truth))
    return Counts.between(both, found, true, len(truth))


def label_predictions(task: MultiLabel, dataset: Dataset, outputs: dict[str, Floats]) -> str:
    """Return the text of `predictions.csv`.

    It has a row for each validation and test image, and for each label: 0 or 1 as its truth, and its score. The scores
    have nine digits, so that they are read as the same float32.
    """
    kind = "probability" if task.gives_probabilities else "score"
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["file", "part", *(f"{what}_{name}" for name in dataset.classes for what in ("truth", kind))])
    for name in ("validation", "test"):
        if name in dataset.parts:
            part = dataset.parts[name]
            for file, truth, scores in zip(part.files, part.targets, outputs[name], strict=True):
                cells = (
                    cell for pair in zip(truth, scores, strict=True) for cell in (f"{pair[0]:d}", f"{pair[1]:.9g}")
                )
                writer.writerow([escape_name(file), name, *cells])
    return text.getvalue()
