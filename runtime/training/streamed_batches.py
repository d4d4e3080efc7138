"""The batches of images that are too many to be copied into the memory of the framework."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import keras

from .augmentation.parameters import draw_order
from .rows import Rows
from .tasks import Floats

Batch = tuple[Any, ...]
"""The images, their encoded targets, and the weights of the images if there are any."""


def streamed_batches(images: Rows, targets: Rows, weights: Floats | None, batch: int, seed: int) -> Iterator[Batch]:
    """Yield the batches of one epoch after the other, without an end; the last batch of an epoch may be smaller.

    The images have the order of `draw_order`, as in a training with augmentation.

    Input: stored values (image, ...), targets (image, ...) encoded for the loss, weights (image,).
    """
    for epoch in count():
        order = draw_order(seed, epoch, len(images))
        for start in range(0, len(order), batch):
            chosen = order[start : start + batch]
            weight = () if weights is None else (weights[chosen],)
            yield images[chosen], targets[chosen], *weight


class EvaluationBatches(keras.utils.PyDataset):  # type: ignore[misc]
    """The batches of an evaluation, in the order of the images."""

    def __init__(self, images: Rows, targets: Rows, batch: int) -> None:
        """Take stored values (image, ...) and targets (image, ...) that are encoded for the loss."""
        super().__init__()
        self._images, self._targets, self._batch = images, targets, batch

    def __len__(self) -> int:
        return -(-len(self._images) // self._batch)

    def __getitem__(self, index: int) -> Batch:
        rows = slice(index * self._batch, (index + 1) * self._batch)
        return self._images[rows], self._targets[rows]
