"""Evaluates a trained model on all parts of its data, for any task."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..data.dataset import Dataset
from ..training.tasks import Classification, MultiLabel, Regression, Segmentation, Task
from .class_predictions import class_figures, class_predictions
from .label_predictions import label_figures, label_predictions
from .mask_predictions import evaluate_masks, mask_predictions, pack_masks
from .number_predictions import number_figures, number_predictions
from .outputs import outputs_of


@dataclass(frozen=True)
class Evaluation:
    """What a model achieves with its best weights."""

    figures: Mapping[str, Mapping[str, float]]
    """The loss and the metrics by name, for each part."""
    predictions: str
    """The text of `predictions.csv`."""
    masks: bytes | None = None
    """The content of `predicted_masks.npz`; None if the task is not segmentation."""


def evaluate(model: Any, task: Task, dataset: Dataset, batch: int, metrics: Sequence[str]) -> Evaluation:
    """Compute the figures of each part, and the predictions for the validation and test images."""
    match task:
        case Classification():
            outputs = {name: outputs_of(model, part, batch) for name, part in dataset.parts.items()}
            figures = {name: class_figures(task, part, outputs[name], metrics) for name, part in dataset.parts.items()}
            return Evaluation(figures, class_predictions(task, dataset, outputs))
        case MultiLabel():
            outputs = {name: outputs_of(model, part, batch) for name, part in dataset.parts.items()}
            figures = {name: label_figures(task, part, outputs[name], metrics) for name, part in dataset.parts.items()}
            return Evaluation(figures, label_predictions(task, dataset, outputs))
        case Regression():
            outputs = {name: outputs_of(model, part, batch) for name, part in dataset.parts.items()}
            figures = {name: number_figures(task, part, outputs[name], metrics) for name, part in dataset.parts.items()}
            return Evaluation(figures, number_predictions(dataset, outputs))
        case Segmentation():
            parts = {
                name: evaluate_masks(model, task, part, batch, keep=name != "train")
                for name, part in dataset.parts.items()
            }
            figures = {name: part.figures(metrics) for name, part in parts.items()}
            return Evaluation(figures, mask_predictions(task, dataset, parts), pack_masks(parts))
        case other:
            raise AssertionError(f"{other!r} is no task")
