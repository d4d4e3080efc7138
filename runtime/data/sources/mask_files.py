"""Tells masks from images where one source takes both."""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from ....compiler.sections import Data
from ....grammar.diagnostics.codes import Code
from ....grammar.diagnostics.diagnostic import Diagnostic
from ....grammar.diagnostics.lab_error import LabError
from .file_source import FileSource
from .listed_images import ListedImages
from .mask_naming import MaskNaming, mask_naming


def images_apart(images: ListedImages, masks: ListedImages, data: Data, setting: str) -> ListedImages:
    """Return the images without the files that are masks: those that `masks` takes too, if they have a mask's name.

    Input: `setting`, the name of the setting that gives the images.

    Raises:
        LabError: if no image is left.
    """
    naming, taken = mask_naming(data), set(file_paths(masks))
    apart = _kept(images, [not _is_mask(path, taken, naming) for path in file_paths(images)])
    if not apart.names:
        message = f"`{setting}` has no images left, because `masks` takes all of its files"
        help = 'say what tells a mask from an image, for example `mask_name = "{stem}_mask"`'
        raise LabError([Diagnostic(Code.NO_IMAGES, message, data.place("masks"), help=help)])
    return apart


def masks_apart(masks: ListedImages, listed: Mapping[str, ListedImages]) -> ListedImages:
    """Return the masks without the files that are images: those that a source takes too, after `images_apart`."""
    images = {path for one in listed.values() for path in file_paths(one)}
    return _kept(masks, [path not in images for path in file_paths(masks)])


def file_paths(images: ListedImages) -> list[PurePosixPath]:
    """Return the absolute paths of the images, which must be files."""
    source = images.source
    assert isinstance(source, FileSource), "the checks refuse masks for other sources"
    root = PurePosixPath(os.path.realpath(source.root))
    return [root / name for name in source.names]


def _is_mask(path: PurePosixPath, taken: set[PurePosixPath], naming: MaskNaming) -> bool:
    return path in taken and naming.is_mask_name(path.name)


def _kept(images: ListedImages, kept: list[bool]) -> ListedImages:
    """Return some of the images, with their rows."""
    source = images.source
    assert isinstance(source, FileSource)
    names = tuple(name for name, is_kept in zip(source.names, kept, strict=True) if is_kept)
    if len(names) == len(kept):
        return images
    rows = images.rows and tuple(row for row, is_kept in zip(images.rows, kept, strict=True) if is_kept)
    return replace(images, source=replace(source, names=names, _digests={}), rows=rows)
