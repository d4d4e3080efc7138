"""What a model learns from each image: its class or its mask. One file for each kind of target."""

from collections.abc import Mapping

from ....compiler.schema.task_kind import TaskKind
from ....compiler.sections import Data
from ..sources import ListedImages
from .class_targets import ClassTargets
from .image_targets import ImageTargets, Targets
from .labels import label_images
from .mask_targets import find_masks

__all__ = ["ImageTargets", "Targets", "find_targets"]


def find_targets(data: Data, listed: Mapping[str, ListedImages]) -> ImageTargets:
    """Find the target of each image, in the order of the sources.

    Raises:
        LabError: if an image has no target, or more than one.
    """
    if data.task is TaskKind.SEGMENTATION:
        return find_masks(data, listed)
    numbers = [number for images in listed.values() for number in label_images(data, images)]
    return ClassTargets(numbers, data.class_names)
