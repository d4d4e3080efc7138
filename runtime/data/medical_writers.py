"""Writes pictures as DICOM and NIfTI files. The same picture always gives the same bytes."""

from pathlib import Path

import nibabel
import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, SecondaryCaptureImageStorage, generate_uid

from .pixels import Bytes


def write_dicom(picture: Bytes, path: Path) -> None:
    """Write a picture (height, width), or in RGB (height, width, 3), as a secondary capture.

    The identifiers of the study, the series and the image are computed from the name of the file and its pixels.

    Raises:
        OSError: if the file cannot be written.
    """
    colour = picture.ndim == 3
    study, series, image = (
        generate_uid(entropy_srcs=[what, path.name, picture.tobytes().hex()]) for what in ("study", "series", "image")
    )
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.SOPClassUID = SecondaryCaptureImageStorage
    dataset.StudyInstanceUID, dataset.SeriesInstanceUID, dataset.SOPInstanceUID = study, series, image
    dataset.Modality, dataset.ConversionType = "OT", "SYN"  # other; drawn by a computer
    dataset.PatientName = dataset.PatientID = path.stem
    dataset.InstanceNumber = 1
    dataset.Rows, dataset.Columns = picture.shape[:2]
    dataset.SamplesPerPixel = 3 if colour else 1
    dataset.PhotometricInterpretation = "RGB" if colour else "MONOCHROME2"
    if colour:
        dataset.PlanarConfiguration = 0
    dataset.BitsAllocated = dataset.BitsStored = 8
    dataset.HighBit, dataset.PixelRepresentation = 7, 0
    dataset.add_new("PixelData", "OB", picture.tobytes() + b"\0" * (picture.nbytes % 2))
    dataset.save_as(path, enforce_file_format=True)


def write_nifti(picture: Bytes, path: Path) -> None:
    """Write a picture (height, width), or in RGB (height, width, 3), as one slice in the orientation RAS.

    Raises:
        OSError: if the file cannot be written.
    """
    turned = np.ascontiguousarray(picture.swapaxes(0, 1))
    if turned.ndim == 3:
        turned = turned.view([("R", "u1"), ("G", "u1"), ("B", "u1")])[..., 0]
    nibabel.Nifti1Image(turned[:, :, None], np.eye(4)).to_filename(path)
