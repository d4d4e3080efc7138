"""Evaluates the best weights: the loss and the metrics of each part, and the prediction of each image."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import numpy as np

from ...compiler.metrics import Auc
from ..data.dataset import Dataset, Part
from ..runs.file_names import escape_name
from ..training.task import Floats, Task
from .confusion_and_roc import auc, confusion, score


def outputs_of(model: Any, dataset: Dataset, batch: int) -> dict[str, Floats]:
    """Compute the outputs of the model (image, unit) for each part."""
    return {
        name: np.asarray(model.predict(part.images, batch_size=max(batch, 32), verbose=0), np.float32)
        for name, part in dataset.parts.items()
    }


def figures(task: Task, part: Part, outputs: Floats, metrics: list[str]) -> dict[str, float]:
    """Compute the loss and all metrics of one part from all outputs at once. The AUC is exact."""
    values = {"loss": _loss(task, part, outputs)}
    matrix = confusion(part.labels, task.predict(outputs), task.classes)
    for word in metrics:
        values[word] = auc(part.labels, task.scores(outputs)) if word == Auc.word() else score(word, matrix)
    return values


def _loss(task: Task, part: Part, outputs: Floats) -> float:
    import keras

    return float(keras.ops.convert_to_numpy(task.keras_loss()(task.encode(part.labels), outputs)))


def predictions_csv(task: Task, dataset: Dataset, outputs: dict[str, Floats]) -> str:
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


def _rows(task: Task, dataset: Dataset, name: str, outputs: Floats) -> Iterator[list[str]]:
    part, classes = dataset.parts[name], dataset.classes
    rows = zip(part.files, part.labels, task.predict(outputs), task.scores(outputs), strict=True)
    for file, truth, prediction, values in rows:
        yield [escape_name(file), name, classes[truth], classes[prediction], *(f"{value:.6g}" for value in values)]
