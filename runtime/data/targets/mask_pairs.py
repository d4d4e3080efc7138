"""Pairs images with their masks by the names of the files, never by their order."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from ..sources.mask_naming import MaskNaming

Paths = Sequence[PurePosixPath]


@dataclass
class Pairing:
    """The masks of each image, and what does not fit. All numbers are indices of the images and of the masks."""

    masks: list[list[int]]
    without_mask: list[int] = field(default_factory=list)
    without_image: list[int] = field(default_factory=list)
    several: list[tuple[int, list[int]]] = field(default_factory=list)
    """Images with several masks that are not joined."""
    shared: list[tuple[list[int], list[int]]] = field(default_factory=list)
    """Several images with the same masks."""
    folders_differ: bool = False
    """Whether images and masks with the same names lie in folders that do not agree."""

    @property
    def faults(self) -> int:
        """The number of images and masks that do not fit."""
        several = sum(len(masks) for _, masks in self.several)
        shared = sum(len(images) for images, _ in self.shared)
        return len(self.without_mask) + len(self.without_image) + several + shared


def pair(images: Paths, masks: Paths, naming: MaskNaming) -> Pairing:
    """Pair images with masks by the keys of a naming.

    Where several images or masks in different folders have the same key, the folders decide. Of the folders on the way
    to a file count those that tell images or masks apart: the ones that are not on the way to all images or to all
    masks. So `train/images/1.png` belongs to `train/masks/1.png`.

    Input: the absolute paths of the images and the masks.
    """
    result = Pairing([[] for _ in images])
    telling = _telling_folders(images) | _telling_folders(masks)
    by_key = _grouped(naming.image_key(path.name) for path in images)
    known = {key for key in by_key if key is not None}
    masks_by_key = _grouped(naming.mask_key(path.name, known) for path in masks)
    result.without_mask += by_key.pop(None, [])
    for key, group in by_key.items():
        placed = _by_folder(images, group, telling)
        _pair_group(result, placed, _by_folder(masks, masks_by_key.pop(key, []), telling), naming.joins)
    result.without_image += [index for group in masks_by_key.values() for index in group]
    return result


ByFolder = dict[tuple[str, ...], list[int]]
"""The indices of files, by the folders that count on the way to them."""


def _pair_group(result: Pairing, images: ByFolder, masks: ByFolder, joins: bool) -> None:
    """Pair the images of a key with its masks."""
    numbers = [index for group in images.values() for index in group]
    if len(numbers) == len(masks) == 1:
        masks = dict(zip(images, masks.values(), strict=True))
    lonely = [index for folder, group in images.items() if folder not in masks for index in group]
    left = [index for folder, group in masks.items() if folder not in images for index in group]
    for folder in images.keys() & masks.keys():
        group, here = images[folder], masks[folder]
        if len(group) > 1:
            result.shared.append((group, here))
        elif len(here) > 1 and not joins:
            result.several.append((group[0], here))
        else:
            result.masks[group[0]] = here
    if lonely and left and len(numbers) == 1:
        result.several.append((numbers[0], left))
        return
    result.folders_differ |= bool(lonely and left)
    result.without_mask += lonely
    result.without_image += left


def _grouped(keys: Iterable[str | None]) -> dict[str | None, list[int]]:
    groups = defaultdict[str | None, list[int]](list)
    for index, key in enumerate(keys):
        groups[key].append(index)
    return dict(groups)


def _telling_folders(paths: Paths) -> set[str]:
    """Return the names of the folders that are on the way to some of the files, but not to all."""
    folders = [frozenset(folder.parts) for folder in {path.parent for path in paths}]
    return set(frozenset[str]().union(*folders)) - set(frozenset.intersection(*folders)) if folders else set()


def _by_folder(paths: Paths, group: list[int], telling: set[str]) -> ByFolder:
    placed = defaultdict[tuple[str, ...], list[int]](list)
    for index in group:
        placed[tuple(name for name in paths[index].parent.parts if name in telling)].append(index)
    return dict(placed)
