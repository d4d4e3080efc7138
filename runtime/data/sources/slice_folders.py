"""Finds the folders whose DICOM files are the slices of one volume."""

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from ..decoding.image_limits import NotAnImage
from ..decoding.medical_files import DICOM, ending_of


def find_slices(root: Path, files: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the files of each volume that is a folder of DICOM slices, by the name of the folder.

    All DICOM files of a folder are one volume. Only if the first of them has several frames, each is a volume.

    Input: `files`, names relative to `root`. The folder `root` itself has the name `.`.
    """
    members: dict[str, list[str]] = defaultdict(list)
    for name in files:
        if ending_of(PurePosixPath(name).name) == DICOM:
            members[PurePosixPath(name).parent.as_posix()].append(name)
    return {folder: tuple(names) for folder, names in members.items() if not _has_frames(root / names[0])}


def with_volumes(files: Sequence[str], slices: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the names of the images, sorted by their bytes: the files, and the folders in place of their slices."""
    folder_of = {name: folder for folder, names in slices.items() for name in names}
    return tuple(sorted({folder_of.get(name, name) for name in files}, key=os.fsencode))


def _has_frames(path: Path) -> bool:
    """Return whether a file has several frames; False if it cannot be read, which is reported later."""
    from ..decoding.decode import decoding
    from ..decoding.dicom import count_frames, read_header  # its package may be missing

    try:
        with decoding(path):
            return count_frames(read_header(path)) > 1
    except NotAnImage:
        return False
