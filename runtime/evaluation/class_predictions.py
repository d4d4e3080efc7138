"""Evaluates the best weights of a classifier: the loss and the metrics of each part, and each image's prediction."""

import csv
import io
from collections.abc import Iterator, Sequence

import numpy as np

from ...compiler.metrics import Auc
from ..data.dataset import Dataset, Part
from ..runs.file_names import escape_name
from ..training.tasks import Classification, Floats
from .confusion_and_roc import auc, confusion, score
from .outputs import loss_of


def class_figures(task: Classification, part: Part, outputs: Floats, metrics: Sequence[str]) -> dict[str, float]:
    """Compute the loss and all metrics of one part from all outputs at once. The AUC is exact.

    Input: outputs (image, unit).
    """
    values = {"loss": loss_of(task, part, outputs)}
    matrix = confusion(part.targets, task.predict(outputs), task.classes)
    for word in metrics:
        values[word] = auc(part.targets, task.scores(outputs)) if word == Auc.word() else score(word, matrix)
    return values


def class_predictions(task: Classification, dataset: Dataset, outputs: dict[str, Floats]) -> str:
    """Return the text of `predictions.csv`.

    It has a row for each validation and test image: the true class, the predicted class, and a score for each class.
    """
    kind = "probability" if task.gives_probabilities else "score"
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["file", "part", "truth", "prediction", *(f"{kind}_{name}" for name in dataset.classes)])
    for name in ("validation", "test"):
        if name in dataset.parts:
            writer.writerows(_rows(task, dataset, name, outputs[name]))
    return text.getvalue()


def _rows(task: Classification, dataset: Dataset, name: str, outputs: Floats) -> Iterator[list[str]]:
    part, classes = dataset.parts[name], dataset.classes
    truths = np.asarray(part.targets, np.int64)
    rows = zip(part.files, truths, task.predict(outputs), task.scores(outputs), strict=True)
    for file, truth, prediction, values in rows:
        yield [escape_name(file), name, classes[truth], classes[prediction], *(f"{value:.6g}" for value in values)]
