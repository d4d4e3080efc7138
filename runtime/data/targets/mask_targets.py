"""The mask of each image, for segmentation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ....compiler.sections import Data
from ..events import DataEvents
from ..sources import ListedImages, Source, join, list_masks
from ..sources.file_source import FileSource
from ..sources.mask_files import file_paths
from ..sources.mask_naming import mask_naming
from .image_targets import ImageTargets, Strata, Targets
from .mask_cache import load_masks
from .mask_pair_faults import check_pairs
from .mask_pairs import pair
from .mask_source import MaskFiles, MaskSource, drawn_masks


@dataclass(frozen=True)
class MaskTargets(ImageTargets):
    """A mask of each image of `images`.

    Class number n below the number of classes is class n of `data.class_names`; `data.background` is the background,
    which is the number of the classes if no class is the background.
    """

    masks: MaskSource
    images: Source
    data: Data

    @property
    def strata(self) -> Strata:
        return np.zeros(len(self.images.names), np.int64)

    def describe(self, index: int) -> str:
        """Return the name of the mask file; the names, separated by commas, if several masks are joined."""
        return self.masks.describe(index)

    def key(self, index: int) -> object:
        return self.masks.digest(index)

    def load(self, indices: Sequence[int], cache: Path, events: DataEvents) -> Targets:
        """Return class numbers (image, height, width), for volumes (image, depth, height, width), as bytes."""
        return load_masks(self.masks, self.images, indices, self.data, cache, events)

    def count(self, indices: Sequence[int]) -> dict[str, int]:
        """Return an empty dict, because no mask is read: `count_loaded` counts."""
        del indices
        return {}

    def count_loaded(self, indices: Sequence[int], targets: Targets) -> dict[str, int]:
        """Return the number of images in which each class occurs, by its name."""
        del indices
        flat = targets.reshape(len(targets), -1)
        return {name: int(np.any(flat == number, axis=1).sum()) for number, name in enumerate(self.data.class_names)}


def find_masks(data: Data, listed: Mapping[str, ListedImages]) -> MaskTargets:
    """Find the mask of each image, in the order of the sources.

    Raises:
        LabError: if the masks cannot be listed, or if images and masks do not belong together.
    """
    images = join(dict(listed))
    if data.masks is None:
        return MaskTargets(drawn_masks([one.source for one in listed.values()]), images, data)
    masks = list_masks(data, listed)
    assert isinstance(masks.source, FileSource)
    paths = [path for one in listed.values() for path in file_paths(one)], file_paths(masks)
    found = pair(*paths, mask_naming(data))
    check_pairs(found, (images.names, masks.names), paths, data)
    return MaskTargets(MaskFiles(masks.source, found.masks, len(data.image) - 1), images, data)
