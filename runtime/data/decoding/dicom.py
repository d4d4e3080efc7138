"""Reads DICOM files with pydicom and its decoders of compressed pixels."""

import zlib
from pathlib import Path

import numpy as np
from pydicom import Dataset, dcmread
from pydicom.errors import InvalidDicomError
from pydicom.filereader import read_file_meta_info

from ..pixels import StoredImage
from .decode_options import DecodeOptions
from .dicom_frames import Frame, read_frames
from .dicom_order import order_slices
from .dicom_values import Array, frame_values
from .image_limits import MAX_BYTES, NotAnImage, a_picture, a_volume, check_bytes, check_size

PREAMBLE = 128 + 4 + 12  # bytes before the meta information: zeros, `DICM`, and the element with the length of the rest


def read_dicom(path: Path, options: DecodeOptions) -> StoredImage:
    """Read a picture (height, width), or a file with several frames as a volume (depth, height, width).

    Colours make a last axis of red, green and blue. The frames are sorted by their position, if they have one.

    Raises:
        NotAnImage: if the file has no pixels, is not one image, or is too large.
        Exception: anything that pydicom raises for a damaged file.
    """
    dataset = open_dicom(path)
    count = count_frames(dataset)
    if options.axes == 2 and count > 1:
        raise a_volume(f"{count} frames")
    if options.axes == 3 and count == 1:
        raise a_picture()
    check_dicom_size(dataset, count, options)
    frames, pixels = decode_frames(dataset)
    mode = str(dataset.PhotometricInterpretation).lower()
    if options.axes == 2:
        return StoredImage(pixels[0], mode)
    if any(frame.position for frame in frames):
        order, _ = order_slices(frames, [f"frame {number}" for number in range(1, count + 1)])
        pixels = [pixels[index] for index in order]
    return StoredImage(np.stack(pixels), mode)


def read_header(path: Path) -> Dataset:
    """Read the elements before the pixels."""
    _check_deflated(path)
    return dcmread(path, stop_before_pixels=True, specific_tags=["NumberOfFrames"])


def open_dicom(path: Path) -> Dataset:
    """Read a file without decoding its pixels.

    Raises:
        NotAnImage: if it is not a DICOM file with an image.
        Exception: anything that pydicom raises for a damaged file.
    """
    try:
        _check_deflated(path)
        dataset = dcmread(path)
    except InvalidDicomError:
        raise NotAnImage("not a DICOM file, or without its preamble") from None
    if "Rows" not in dataset or not any(f"{kind}PixelData" in dataset for kind in ("", "Float", "DoubleFloat")):
        raise NotAnImage("a DICOM file without an image")
    return dataset


def count_frames(dataset: Dataset) -> int:
    """Return the number of frames of a file.

    Raises:
        NotAnImage: if it is not above 0.
    """
    count = int(dataset.get("NumberOfFrames") or 1)
    if count < 1:
        raise NotAnImage(f"a damaged DICOM file: it has {count} frames")
    return count


def check_dicom_size(dataset: Dataset, depth: int, options: DecodeOptions) -> None:
    """Check the size of an image with the rows and columns of a file, which is not yet decoded.

    Raises:
        NotAnImage: if the image has no pixels or too many.
    """
    sides = (depth, int(dataset.Rows), int(dataset.Columns))
    check_size(sides[-options.axes :], options.max_pixels)
    samples, bits = int(dataset.get("SamplesPerPixel", 1)), int(dataset.get("BitsAllocated", 16))
    frame = sides[1] * sides[2] * samples * max(bits, 8) // 8
    check_bytes(frame * count_frames(dataset), "its pixels have")


def decode_frames(dataset: Dataset) -> tuple[list[Frame], list[Array]]:
    """Return the frames of a file with their values: (height, width) or (height, width, 3).

    Raises:
        NotAnImage: if the values cannot be read without loss.
        Exception: anything that pydicom raises for damaged pixels.
    """
    frames = read_frames(dataset, count_frames(dataset))
    return frames, frame_values(dataset, frames)


def _check_deflated(path: Path) -> None:
    """Check a file whose data set is compressed as a whole: pydicom expands it without a limit."""
    meta = read_file_meta_info(path)
    if not meta.TransferSyntaxUID.is_deflated:
        return
    with path.open("rb") as file:
        file.seek(PREAMBLE + int(meta.FileMetaInformationGroupLength))
        expanded = zlib.decompressobj(-zlib.MAX_WBITS).decompress(file.read(), MAX_BYTES + 1)
    check_bytes(len(expanded), "expanded, it has")
