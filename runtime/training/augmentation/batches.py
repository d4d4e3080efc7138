"""The batches of a training with augmentation: images, their random parameters, and the encoded labels."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from ....compiler.sections.data.augment import Augment
from ...data.pixels import Values
from ..rows import Rows
from ..tasks import Floats
from .parameters import Numbers, draw_order, draw_parameters

Batch = tuple[Any, ...]
"""The images with their random parameters by name, the labels, and the weights of the images if there are any."""


def epoch_batches(
    images: Values | Rows,
    labels: Floats | Rows,
    augment: Augment,
    batch: int,
    seed: int,
    epoch: int,
    weights: Floats | None = None,
) -> Iterator[Batch]:
    """Yield the batches of an epoch; the epochs are counted from 0. The last batch may be smaller.

    Input: stored values (image, height, width, channel), labels (image, unit) encoded for the loss,
    weights (image,).
    """
    order = draw_order(seed, epoch, len(images))
    drawn = draw_parameters(augment, seed, epoch, len(images), (images.shape[1], images.shape[2]))
    for start in range(0, len(order), batch):
        chosen = order[start : start + batch]
        parameters: dict[str, Values | Numbers] = {name: values[chosen] for name, values in drawn.items()}
        weight = () if weights is None else (weights[chosen],)
        yield {"images": images[chosen], **parameters}, labels[chosen], *weight


def all_batches(
    images: Values | Rows, labels: Floats | Rows, augment: Augment, batch: int, seed: int, weights: Floats | None = None
) -> Iterator[Batch]:
    """Yield the batches of one epoch after the other, without an end."""
    for epoch in count():
        yield from epoch_batches(images, labels, augment, batch, seed, epoch, weights)
