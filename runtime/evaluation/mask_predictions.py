"""Evaluates the best weights of a segmentation model: figures, predicted masks, and the scores of each image."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..data.dataset import Dataset, Part
from ..data.targets import Targets
from ..runs.file_names import escape_name
from ..training.tasks import Segmentation
from .mask_scores import MaskScores

SCORES = ("dice", "iou")
"""The metrics of each image and class in `predictions.csv`."""


@dataclass(frozen=True)
class PartMasks:
    """The evaluation of the images of a part."""

    loss: float
    """The mean of the losses of the images."""
    scores: MaskScores
    masks: Targets
    """The predicted masks: class numbers (image, …), uint8; without images where they were not kept."""

    def figures(self, metrics: Sequence[str]) -> dict[str, float]:
        """Return the loss and the metrics by name."""
        return {"loss": self.loss} | {word: self.scores.value(word) for word in metrics}


def evaluate_masks(model: Any, task: Segmentation, part: Part, batch: int, keep: bool) -> PartMasks:
    """Evaluate the model on a part. `keep` is whether the predicted masks are kept."""
    from keras import ops

    loss = task.keras_loss()
    losses, scores, masks = [], [], []
    for start in range(0, len(part.files), batch):
        chosen = slice(start, start + batch)
        truth, outputs = part.targets[chosen], model.predict_on_batch(part.images[chosen])
        losses.append(ops.convert_to_numpy(loss.call(truth, ops.convert_to_tensor(outputs, "float32"))))
        channels = ops.convert_to_numpy(task.scored_channels_of(truth)) > 0
        scores.append(MaskScores.of(channels, ops.convert_to_numpy(task.marked(outputs)) > 0))
        masks.append(task.predict(np.asarray(outputs)) if keep else np.empty((0, *truth.shape[1:]), np.uint8))
    mean = float(np.concatenate(losses).astype(np.float64).mean())
    return PartMasks(mean, MaskScores.joined(scores), np.concatenate(masks))


def mask_predictions(task: Segmentation, dataset: Dataset, parts: Mapping[str, PartMasks]) -> str:
    """Return the text of `predictions.csv`.

    It has a row for each validation and test image, and for each class but the background: its share of the pixels, and
    the Dice and the Jaccard index of the predicted mask.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    names = [dataset.classes[number] for number in task.scored]
    columns = [f"{what}_{name}" for name in names for what in ("share", *SCORES)]
    writer.writerow(["file", "part", *columns])
    for name in ("validation", "test"):
        if name in parts:
            writer.writerows(_rows(dataset.parts[name].files, name, parts[name].scores))
    return text.getvalue()


def _rows(files: Sequence[str], name: str, scores: MaskScores) -> Iterator[list[str]]:
    values = np.stack([scores.true / scores.pixels, *map(scores.of_images, SCORES)], axis=-1)  # (image, class, value)
    for file, row in zip(files, values.reshape(len(files), -1), strict=True):
        yield [escape_name(file), name, *(f"{value:.6g}" for value in row)]


def pack_masks(parts: Mapping[str, PartMasks]) -> bytes:
    """Return the content of `predicted_masks.npz`: the predicted masks of the validation and the test part.

    Each is an array of class numbers (image, …), uint8, in the order of `predictions.csv`. The number after the last
    class is the background.
    """
    content = io.BytesIO()
    masks: dict[str, Any] = {name: parts[name].masks for name in ("validation", "test") if name in parts}
    np.savez_compressed(content, **masks)
    return content.getvalue()
