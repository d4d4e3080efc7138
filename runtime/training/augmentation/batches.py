"""The batches of a training with augmentation: images, their random parameters, and the encoded labels."""

from collections.abc import Iterator
from itertools import count

from ....compiler.sections.data.augment import Augment
from ...data.pixels import Values
from ..task import Floats
from .parameters import Numbers, draw_order, draw_parameters

Batch = tuple[dict[str, Values | Numbers], Floats]


def epoch_batches(
    images: Values, labels: Floats, augment: Augment, batch: int, seed: int, epoch: int
) -> Iterator[Batch]:
    """Yield the batches of an epoch; the epochs are counted from 0. The last batch may be smaller.

    Input: stored values (image, height, width, channel), labels (image, unit) encoded for the loss.
    """
    order = draw_order(seed, epoch, len(images))
    drawn = draw_parameters(augment, seed, epoch, len(images), images.shape[1:3])
    for start in range(0, len(order), batch):
        chosen = order[start : start + batch]
        yield {"images": images[chosen], **{name: values[chosen] for name, values in drawn.items()}}, labels[chosen]


def all_batches(images: Values, labels: Floats, augment: Augment, batch: int, seed: int) -> Iterator[Batch]:
    """Yield the batches of one epoch after the other, without an end."""
    for epoch in count():
        yield from epoch_batches(images, labels, augment, batch, seed, epoch)
