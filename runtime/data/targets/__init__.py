"""What a model learns from each image: its class, labels, number or mask. One file for each kind of target."""

from collections.abc import Mapping

from ....compiler.schema.task_kind import TaskKind
from ....compiler.sections import Data
from ..sources import ListedImages
from .class_targets import ClassTargets
from .image_targets import ImageTargets, Strata, Targets
from .label_targets import find_labels
from .labels import label_images
from .mask_targets import find_masks
from .number_targets import find_numbers

__all__ = ["ImageTargets", "Strata", "Targets", "find_targets"]


def find_targets(data: Data, listed: Mapping[str, ListedImages]) -> ImageTargets:
    """Find the target of each image, in the order of the sources.

    Raises:
        LabError: if an image has no target, or more than one, or one that cannot be used.
    """
    match data.task:
        case TaskKind.SEGMENTATION:
            return find_masks(data, listed)
        case TaskKind.MULTI_LABEL:
            return find_labels(data, listed)
        case TaskKind.REGRESSION:
            return find_numbers(data, listed)
    numbers = [number for images in listed.values() for number in label_images(data, images)]
    return ClassTargets(numbers, data.class_names)
