"""The batches of a training with augmentation: images, their random parameters, and the targets."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ....compiler.sections.data.augment import Augment
from ...data.pixels import Values
from ...data.targets import Targets
from ..rows import Rows
from ..tasks import Floats
from .augmentation import IMAGES, MIXUP
from .mixup import blend
from .parameters import draw_order, draw_pairs, draw_parameters

Batch = tuple[Any, ...]
"""The images with their random parameters by name, the targets, and the weights of the images if there are any."""


def epoch_batches(
    images: Values | Rows,
    targets: Targets | Rows,
    augment: Augment,
    batch: int,
    seed: int,
    epoch: int,
    weights: Floats | None = None,
) -> Iterator[Batch]:
    """Yield the batches of an epoch; the epochs are counted from 0. The last batch may be smaller.

    Input: stored values (image, [depth,] height, width, channel), targets (image, …): labels encoded for the loss, or
    masks as class numbers; weights (image,).
    """
    drawn = DrawnEpoch(images, targets, augment, seed, epoch, weights)
    order = draw_order(seed, epoch, len(targets))
    for start in range(0, len(order), batch):
        yield drawn.batch(order[start : start + batch])


def all_batches(
    images: Values | Rows,
    targets: Targets | Rows,
    augment: Augment,
    batch: int,
    seed: int,
    weights: Floats | None = None,
) -> Iterator[Batch]:
    """Yield the batches of one epoch after the other, without an end."""
    for epoch in count():
        yield from epoch_batches(images, targets, augment, batch, seed, epoch, weights)


class DrawnEpoch:
    """An epoch whose random numbers are drawn: it makes batches of any of its images."""

    def __init__(
        self,
        images: Values | Rows,
        targets: Targets | Rows,
        augment: Augment,
        seed: int,
        epoch: int,
        weights: Floats | None = None,
    ) -> None:
        """Draw the random numbers of the images. The arguments are those of `epoch_batches`."""
        self.images, self.targets, self.weights = images, targets, weights
        height, width = images.shape[-3:-1]
        self.parameters = draw_parameters(augment, seed, epoch, len(targets), (height, width))
        self.pairs = draw_pairs(augment, seed, epoch, len(targets)) if augment.mixup else None

    def batch(self, chosen: NDArray[np.int64]) -> Batch:
        """Return a batch of the images with these indices. With mixup, see `Augmentation.images` for its axes.

        The labels and the weights of blended images are blended here.
        """
        rows, shares = chosen, None
        if self.pairs:
            partners, all_shares = self.pairs
            rows, shares = np.stack([chosen, partners[chosen]], axis=1), all_shares[chosen]
        inputs = {IMAGES: self.images[rows], **{name: values[rows] for name, values in self.parameters.items()}}
        others = [values[rows] for values in (self.targets, self.weights) if values is not None]
        if shares is None:
            return inputs, *others
        return inputs | {MIXUP: shares}, *(blend(pairs, shares) for pairs in others)
