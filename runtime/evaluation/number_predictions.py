"""Evaluates the best weights of a regression: the figures of each part, and the prediction of each image."""

import csv
import io
from collections.abc import Sequence

import numpy as np

from ...compiler.metrics import METRICS, ErrorSums, NumberMetric
from ..data.dataset import Dataset, Part
from ..runs.file_names import escape_name
from ..training.tasks import Floats, Regression
from .outputs import loss_of


def number_figures(task: Regression, part: Part, outputs: Floats, metrics: Sequence[str]) -> dict[str, float]:
    """Compute the loss and all metrics of one part from all outputs (image, 1) at once."""
    truth, prediction = (np.asarray(one, np.float64).reshape(-1) for one in (part.targets, outputs))
    sums = ErrorSums.of(truth, prediction, np)
    values = {"loss": loss_of(task, part, outputs)}
    for word in metrics:
        metric = METRICS[word]
        assert issubclass(metric, NumberMetric), f"{word} is not for numbers"
        values[word] = float(metric.of(sums, np))
    return values


def number_predictions(dataset: Dataset, outputs: dict[str, Floats]) -> str:
    """Return the text of `predictions.csv`: a row for each validation and test image, its number and its prediction."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["file", "part", "truth", "prediction"])
    for name in ("validation", "test"):
        if name in dataset.parts:
            part = dataset.parts[name]
            for file, truth, output in zip(part.files, part.targets, outputs[name][:, 0], strict=True):
                writer.writerow([escape_name(file), name, f"{truth:.9g}", f"{output:.9g}"])
    return text.getvalue()
