"""How well a segmentation model marks the classes: the facts, and their sentences are in `mask_prose.py`."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ..runs.mask_table import MaskTable
from ..runs.record import RunRecord
from .mean_interval import deviation, mean_interval


@dataclass(frozen=True)
class ClassOverlap:
    """How well one class is marked in one part: means and standard deviations over the images."""

    name: str
    dice: float
    dice_deviation: float
    iou: float
    iou_deviation: float
    images: int
    """The number of images that have the class."""
    share: float
    """The mean share of the pixels that have the class."""


@dataclass(frozen=True)
class MaskQuality:
    """How well the best weights mark the images of one part.

    The Dice index of an image is the mean over the classes. The intervals are 95% bootstrap intervals over the images.
    """

    part: str
    images: int
    dice: float
    """The mean over the images."""
    deviation: float
    interval: tuple[float, float] | None
    """Of the mean; None with too few images."""
    baseline: float
    """The mean Dice index if every pixel were marked with every class."""
    gain: tuple[float, float] | None
    """The interval of the mean difference between the Dice index and the baseline of the same image."""
    worst: tuple[str, float]
    """The image with the smallest Dice index."""
    empty: tuple[str, ...]
    """The classes that are marked in no image, although they are there: their index is 0 in all images that have it."""
    hardest: tuple[str, str] | None
    """The class with the smallest mean Dice index and the next one; None if the difference may be chance."""

    @property
    def verdict(self) -> Literal["better", "worse", "no difference"]:
        """Whether the Dice index is larger than the baseline, smaller, or neither."""
        if self.gain is None or self.gain[0] <= 0 <= self.gain[1]:
            return "no difference"
        return "better" if self.gain[0] > 0 else "worse"


def judge_masks(record: RunRecord) -> MaskQuality | None:
    """Return how well the test images are marked, or without a test part the validation images.

    None if the task is not segmentation.
    """
    if record.masks is None:
        return None
    shown = record.masks.main_part()
    if not len(shown):
        return None
    dice = shown.dice.mean(axis=1)
    everything = (2 * shown.share / (1 + shown.share)).mean(axis=1)
    worst = int(dice.argmin())
    return MaskQuality(
        part=shown.part[0],
        images=len(shown),
        dice=float(dice.mean()),
        deviation=deviation(dice),
        interval=mean_interval(dice),
        baseline=float(everything.mean()),
        gain=mean_interval(dice - everything),
        worst=(shown.file[worst], float(dice[worst])),
        empty=tuple(
            name
            for number, name in enumerate(record.classes)
            if (present := shown.share[:, number] > 0).any() and not shown.dice[present, number].any()
        ),
        hardest=_hardest(shown, record.classes),
    )


def class_overlaps(table: MaskTable, classes: tuple[str, ...]) -> tuple[ClassOverlap, ...]:
    """Return how well each class is marked in the images of a table, which has at least one image."""
    return tuple(
        ClassOverlap(
            name=name,
            dice=float(table.dice[:, number].mean()),
            dice_deviation=deviation(table.dice[:, number]),
            iou=float(table.iou[:, number].mean()),
            iou_deviation=deviation(table.iou[:, number]),
            images=int((table.share[:, number] > 0).sum()),
            share=float(table.share[:, number].mean()),
        )
        for number, name in enumerate(classes)
    )


def _hardest(table: MaskTable, classes: tuple[str, ...]) -> tuple[str, str] | None:
    if len(classes) < 2:
        return None
    first, second = (int(number) for number in np.argsort(table.dice.mean(axis=0), kind="stable")[:2])
    between = mean_interval(table.dice[:, second] - table.dice[:, first])
    return (classes[first], classes[second]) if between and between[0] > 0 else None
