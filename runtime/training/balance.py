"""Balances classes of unequal size in training: by weights of the loss, or by showing images more often."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.int64]


@dataclass(frozen=True)
class Balance:
    """What the setting `balance` does with the images of a training part."""

    images: int
    """The number of images that are shown in an epoch."""
    weights: dict[str, float]
    """The weight of an image of each class in the training loss; an empty dictionary without `class_weight`."""


def describe_balance(balance: str, labels: Labels, names: Sequence[str]) -> Balance:
    """Return what the setting `balance` does with the images of a training part.

    Input: `labels`, class numbers (image,), which are not used for `none`; `names`, the names of the classes.
    """
    if balance == "none":
        return Balance(len(labels), {})
    weights = class_weights(labels, len(names)) if balance == "class_weight" else ()
    named = {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=False)}
    return Balance(images_of_epoch(labels, balance), named)


def class_weights(labels: Labels, classes: int) -> NDArray[np.float32]:
    """Return the weight of each class in the loss: images / (classes * images of the class).

    The mean weight of all images is 1, and all classes together have the same weight. A class without images has the
    weight 0. Source of the formula: King and Zeng (2001), "Logistic regression in rare events data"; scikit-learn's
    `class_weight="balanced"` is the same.

    Input: class numbers (image,). Output: (class,).
    """
    counts = np.bincount(labels, minlength=classes)
    present = counts > 0
    weights = np.zeros(classes)
    weights[present] = len(labels) / (present.sum() * counts[present])
    return weights.astype(np.float32)


def images_of_epoch(labels: Labels, balance: str) -> int:
    """Return the number of images that are shown in an epoch, for the setting `balance` of the section `data`.

    Input: class numbers (image,); without `oversample` any targets.
    """
    if balance != "oversample":
        return len(labels)
    counts = np.bincount(labels)
    return int(counts.max() * (counts > 0).sum())


def oversampled(labels: Labels, seed: int) -> Labels:
    """Return indices of images such that every class has as many as the largest.

    Each image of a class is taken equally often; the rest is drawn from its images without repetition.

    Input: class numbers (image,). Output: sorted indices (image,), of which rare classes have some several times.
    """
    random = np.random.default_rng(seed)
    largest = int(np.bincount(labels).max())
    chosen = []
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        times, rest = divmod(largest, len(members))
        chosen += [np.repeat(members, times), random.choice(members, rest, replace=False)]
    return np.sort(np.concatenate(chosen))
