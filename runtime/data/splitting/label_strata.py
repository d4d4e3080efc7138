"""Divides images with several labels so that each part has nearly the same proportions of the labels."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int64]


def stratify_labels(shuffled: Indices, labels: Indices, sizes: Sequence[int]) -> Indices:
    """Return the number of the part of each image (image,), by iterative stratification.

    Sechidis, Tsoumakas and Vlahavas, "On the stratification of multi-label data" (2011): the label that the fewest
    images still have is taken first, because later it could not be divided well. Each of its images goes to the part
    that lacks most images of this label; if several lack equally many, to the one that lacks most images. Unlike there,
    a part never gets more images than its size, so that the sizes are exact. The images without a label come last.

    Input: `shuffled`, the indices of the images in random order (image,); `labels`, 0 and 1 (image, label); `sizes`,
    the number of images in each part, in all as many as there are images.
    """
    room, total = np.array(sizes, np.int64), len(labels)
    # What each part lacks of each label, times the number of images, so that it is an integer (part, label).
    lacking = np.outer(room, labels.sum(axis=0))
    part_of = np.full(total, -1)
    while (counts := labels[part_of < 0].sum(axis=0)).any():
        label = int(np.argmin(np.where(counts > 0, counts, total + 1)))
        for index in shuffled[(labels[shuffled, label] == 1) & (part_of[shuffled] < 0)]:
            fullest_need = np.where(room > 0, lacking[:, label] * (total + 1) + room, np.iinfo(np.int64).min)
            part = int(np.argmax(fullest_need))
            part_of[index] = part
            room[part] -= 1
            lacking[part] -= total * labels[index]
    part_of[shuffled[part_of[shuffled] < 0]] = np.repeat(np.arange(len(room)), room)
    return part_of


def rarest_labels(labels: Indices) -> Indices:
    """Return the number of the rarest label of each image (image,); the number of labels for images without one.

    Input: `labels`, 0 and 1 (image, label).
    """
    counts = labels.sum(axis=0)
    costs = np.where(labels == 1, counts, len(labels) + 1)
    rarest: Indices = np.where(labels.any(axis=1), costs.argmin(axis=1), labels.shape[1])
    return rarest


def alternate_labels(indices: Indices, labels: Indices) -> Indices:
    """Return indices of images in an order in which the labels alternate: the first image of each, then the second …

    Each image counts for its rarest label. Input: `labels`, 0 and 1 of all images (image, label).
    """
    rarest = rarest_labels(labels[indices])
    ranks = np.empty(len(indices), np.int64)
    for label in np.unique(rarest):
        ranks[rarest == label] = np.arange(np.count_nonzero(rarest == label))
    return indices[np.argsort(ranks, kind="stable")]
