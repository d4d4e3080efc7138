"""Checks that images and masks have axes in the same directions, which DICOM and NIfTI files have not."""

from collections.abc import Iterable
from typing import NoReturn

from ....compiler.sections import Data
from ....grammar.diagnostics.codes import Code
from ....grammar.diagnostics.diagnostic import Diagnostic
from ....grammar.diagnostics.lab_error import LabError
from ..decoding.medical_files import DICOM, NIFTI, ending_of
from .file_source import FileSource
from .listed_images import ListedImages


def check_directions(data: Data, images: Iterable[ListedImages], masks: ListedImages) -> None:
    """Check that no masks are NIfTI files where images are DICOM files, and the other way round.

    DICOM slices stay as they are stored, an axial one from anterior to posterior and from right to left; NIfTI files
    are turned to RAS. A mask of the other kind would be turned against its image, although it has the same size.

    Raises:
        LabError: if both kinds occur.
    """
    of_images, of_masks = {kind for one in images for kind in _kinds(one)}, _kinds(masks)
    for image, mask in (("DICOM", "NIfTI"), ("NIfTI", "DICOM")):
        if image in of_images and mask in of_masks:
            _refuse(data, image, mask)


def _kinds(listed: ListedImages) -> set[str]:
    """Return which kinds of medical files there are: `DICOM`, `NIfTI`."""
    source = listed.source
    if not isinstance(source, FileSource):
        return set()
    endings = {DICOM if name in source.slices else ending_of(name) for name in source.names}
    return {kind for kind, taken in (("DICOM", {DICOM}), ("NIfTI", set(NIFTI))) if endings & taken}


def _refuse(data: Data, image: str, mask: str) -> NoReturn:
    message = f"the images are {image} files and the masks are {mask} files, whose axes have other directions"
    help = "convert one of them, for example all to NIfTI with `dcm2niix`, so that images and masks are of one kind"
    raise LabError([Diagnostic(Code.MASK_SIZE, message, data.place("masks"), help=help)])
