"""Returns the values of the frames of a DICOM file: grey after the rescale slope and intercept, or RGB."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom import Dataset
from pydicom.pixels.processing import apply_color_lut, apply_modality_lut
from pydicom.pixels.utils import pixel_array

from .dicom_frames import Frame
from .image_limits import NotAnImage
from .rescale import rescale

Array = NDArray[Any]

GREY = ("MONOCHROME1", "MONOCHROME2")
COLOURS = ("RGB", "YBR_FULL", "YBR_FULL_422", "YBR_ICT", "YBR_RCT")  # pydicom converts all of them to RGB


def frame_values(dataset: Dataset, frames: list[Frame]) -> list[Array]:
    """Return the values of each frame: (height, width), or (height, width, 3) with red, green and blue.

    Bits that are allocated but not stored are ignored. Unsigned integers keep their type if nothing rescales them.

    Raises:
        NotAnImage: if the values cannot be read without loss.
        Exception: anything that pydicom raises for damaged pixels.
    """
    kind = dataset.PhotometricInterpretation
    if kind not in (*GREY, *COLOURS, "PALETTE COLOR"):
        raise NotAnImage(f"its colours are {kind}, which labc cannot read")
    bits = int(dataset.get("BitsStored") or 0)
    if "PixelData" in dataset and int(dataset.get("HighBit", bits - 1)) != bits - 1:
        raise NotAnImage("its values do not begin at the lowest bit, which labc cannot read")
    stored = _decoded(dataset)
    if kind == "PALETTE COLOR":
        stored = _without_alpha(apply_color_lut(stored, dataset))
    each = list(stored) if len(frames) > 1 else [stored]
    if kind not in GREY:
        return each
    if kind == "MONOCHROME1":
        each = [_inverted(one, dataset) for one in each]
    if dataset.get("ModalityLUTSequence"):
        return [np.asarray(apply_modality_lut(one, dataset)) for one in each]
    return [rescale(one, frame.slope, frame.intercept) for one, frame in zip(each, frames, strict=True)]


def _decoded(dataset: Dataset) -> Array:
    """Return the stored values, colours converted to RGB.

    Raises:
        NotAnImage: if no installed package decodes them.
        Exception: anything that pydicom raises for damaged pixels.
    """
    try:
        return np.asarray(pixel_array(dataset))
    except RuntimeError as error:
        if "missing dependencies" not in str(error):
            first, *of_decoders = str(error).splitlines()  # the first line is only a heading, if there are others
            raise RuntimeError((of_decoders or [first])[0].strip()) from None
        name = dataset.file_meta.TransferSyntaxUID.name
        raise NotAnImage(f"compressed in a way for which no decoder is installed ({name})") from None


def _inverted(stored: Array, dataset: Dataset) -> Array:
    """Return values whose smallest number is white with a smallest number that is black, before they are rescaled.

    Formula: smallest + largest number that the stored bits can hold - value.
    """
    if stored.dtype.kind not in "ui":
        raise NotAnImage("labc reads white as the smallest value (MONOCHROME1) only in integers")
    bits = int(dataset.BitsStored)
    return np.asarray(~stored if stored.dtype.kind == "i" else stored.dtype.type(2**bits - 1) - stored)


def _without_alpha(colours: Array) -> Array:
    if colours.shape[-1] != 3:
        raise NotAnImage("it has a palette with transparency, which labc cannot read")
    return colours
