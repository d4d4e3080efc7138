"""DICOM files: pictures, files of several frames, and folders of slices."""

import io
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from pydicom import dcmread
from pydicom.data import get_testdata_file
from pydicom.dataset import Dataset
from pydicom.pixels.processing import apply_color_lut, apply_modality_lut
from pydicom.pixels.utils import pixel_array
from pydicom.uid import DeflatedExplicitVRLittleEndian, JPEG2000Lossless, JPEGLSLossless, RLELossless

from labc.runtime.data.decoding import dicom as dicom_reader
from labc.runtime.data.decoding.decode import read_image
from labc.runtime.data.decoding.decode_options import DecodeOptions
from labc.runtime.data.decoding.dicom_series import read_series
from labc.runtime.data.decoding.image_limits import NotAnImage

from .medical_files import AXIAL, dicom, sequence, write_dicom, write_series

RANDOM = np.random.default_rng(0)
GREY = RANDOM.integers(0, 256, (5, 7), np.uint8)
DEEP = RANDOM.integers(0, 4096, (5, 7), np.uint16)
SIGNED = RANDOM.integers(-1024, 3072, (5, 7), np.int16)
COLOUR = RANDOM.integers(0, 256, (5, 7, 3), np.uint8)
VOLUME = RANDOM.integers(0, 4096, (6, 5, 7), np.uint16)

FLAT, DEPTH = DecodeOptions(), DecodeOptions(axes=3)


def read(path: Path, options: DecodeOptions = FLAT) -> NDArray[Any]:
    return np.asarray(read_image(path, options).pixels[:, :])


def read_folder(folder: Path, options: DecodeOptions = DEPTH) -> NDArray[Any]:
    return np.asarray(read_series(sorted(folder.iterdir()), options).pixels[:, :])


def same(found: NDArray[Any], expected: NDArray[Any]) -> None:
    assert found.dtype == expected.dtype
    np.testing.assert_array_equal(found, expected)


# ---- pictures


@pytest.mark.parametrize("pixels", [GREY, DEEP, SIGNED, RANDOM.integers(0, 2**32, (4, 4), np.uint32)])
def test_integers_that_nothing_rescales_keep_their_type(tmp_path: Path, pixels: NDArray[Any]) -> None:
    same(read(write_dicom(tmp_path / "x.dcm", dicom(pixels))), pixels)
    one = dicom(pixels, RescaleSlope=1, RescaleIntercept=0)
    same(read(write_dicom(tmp_path / "X.DCM", one)), pixels)


@pytest.mark.parametrize("pixels", [GREY, DEEP, SIGNED])
@pytest.mark.parametrize(("slope", "intercept"), [("1", "-1024"), ("0.5", "0"), ("0.0123", "4.5"), ("-2", "7")])
def test_slope_and_intercept_are_applied(tmp_path: Path, pixels: NDArray[Any], slope: str, intercept: str) -> None:
    dataset = dicom(pixels, RescaleSlope=slope, RescaleIntercept=intercept)
    found = read(write_dicom(tmp_path / "x.dcm", dataset))
    same(found, np.asarray(apply_modality_lut(pixels, dataset), np.float32))


def test_bits_that_are_not_stored_are_ignored(tmp_path: Path) -> None:
    """The upper four bits may hold an overlay; the sign of a value is that of its twelfth bit."""
    overlay = RANDOM.integers(0, 16, DEEP.shape).astype(np.uint16) << 12
    same(read(write_dicom(tmp_path / "x.dcm", dicom(DEEP | overlay, bits=12))), DEEP)
    signed = DEEP.astype(np.int16)
    same(
        read(write_dicom(tmp_path / "y.dcm", dicom((DEEP | overlay).view(np.int16), bits=12))),
        np.where(signed > 2047, signed - 4096, signed).astype(np.int16),
    )


def test_values_that_begin_at_another_bit_are_refused(tmp_path: Path) -> None:
    path = write_dicom(tmp_path / "x.dcm", dicom(DEEP << 4, bits=12, HighBit=15))
    with pytest.raises(NotAnImage, match="do not begin at the lowest bit"):
        read(path)


@pytest.mark.parametrize(
    ("pixels", "bits", "expected"),
    [
        (GREY, 8, 255 - GREY),
        (DEEP, 12, 4095 - DEEP),
        (DEEP, 16, 65535 - DEEP),
        (SIGNED, 16, -1 - SIGNED),
    ],
)
def test_white_as_the_smallest_value_is_inverted_within_the_stored_bits(
    tmp_path: Path, pixels: NDArray[Any], bits: int, expected: NDArray[Any]
) -> None:
    same(read(write_dicom(tmp_path / "x.dcm", dicom(pixels, "MONOCHROME1", bits))), expected)
    rescaled = dicom(pixels, "MONOCHROME1", bits, RescaleSlope=2, RescaleIntercept=-1000)
    same(read(write_dicom(tmp_path / "y.dcm", rescaled)), (2.0 * expected - 1000).astype(np.float32))


def test_colours_are_read_as_rgb(tmp_path: Path) -> None:
    same(read(write_dicom(tmp_path / "rgb.dcm", dicom(COLOUR, "RGB"))), COLOUR)
    planes = dicom(COLOUR, "RGB", PlanarConfiguration=1, PixelData=np.moveaxis(COLOUR, 2, 0).tobytes() + b"\0")
    same(read(write_dicom(tmp_path / "planes.dcm", planes)), COLOUR)
    ybr = dicom(COLOUR, "YBR_FULL")
    same(read(write_dicom(tmp_path / "ybr.dcm", ybr)), pixel_array(ybr))
    # Rec. 601, as DICOM PS3.3 C.7.6.3.1.2 has it: pixels without colour stay as they are.
    neutral = np.dstack([GREY, np.full_like(GREY, 128), np.full_like(GREY, 128)])
    same(read(write_dicom(tmp_path / "neutral.dcm", dicom(neutral, "YBR_FULL"))), np.dstack([GREY] * 3))


def test_a_palette_gives_its_colours(tmp_path: Path) -> None:
    table = RANDOM.integers(0, 256, (3, 256), np.uint8)
    dataset = dicom(GREY, "PALETTE COLOR")
    for colour, values in zip(("Red", "Green", "Blue"), table, strict=True):
        setattr(dataset, f"{colour}PaletteColorLookupTableDescriptor", [256, 0, 8])
        setattr(dataset, f"{colour}PaletteColorLookupTableData", values.tobytes())
    path = write_dicom(tmp_path / "x.dcm", dataset)
    found = read(path)
    np.testing.assert_array_equal(found, np.moveaxis(table[:, GREY], 0, 2))
    np.testing.assert_array_equal(found, apply_color_lut(GREY, dcmread(path)))


def test_other_colours_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NotAnImage, match="its colours are HSV, which labc cannot read"):
        read(write_dicom(tmp_path / "x.dcm", dicom(COLOUR, "HSV")))


def test_a_modality_table_is_applied(tmp_path: Path) -> None:
    table = RANDOM.integers(0, 65536, 256).astype(np.uint16)
    lut = sequence(LUTDescriptor=[256, 0, 16], ModalityLUTType="US")
    lut[0].add_new("LUTData", "OW", table.tobytes())
    same(read(write_dicom(tmp_path / "x.dcm", dicom(GREY, ModalityLUTSequence=lut))), table[GREY])


@pytest.mark.parametrize("syntax", [RLELossless, JPEG2000Lossless, JPEGLSLossless])
def test_compressed_pixels_are_decoded(tmp_path: Path, syntax: str) -> None:
    if syntax == JPEGLSLossless:
        name = get_testdata_file("MR_small_jpeg_ls_lossless.dcm")
        assert isinstance(name, str)
        expected = dcmread(str(get_testdata_file("MR_small.dcm"))).pixel_array
        same(read(Path(name)), expected)
        return
    if syntax == JPEG2000Lossless:
        same(
            read(Path(str(get_testdata_file("MR_small_jp2klossless.dcm")))),
            dcmread(str(get_testdata_file("MR_small.dcm"))).pixel_array,
        )
        return
    dataset = dicom(DEEP, bits=12)
    dataset.compress(syntax)
    same(read(write_dicom(tmp_path / "x.dcm", dataset)), DEEP)


# ---- frames


def test_frames_are_a_volume(tmp_path: Path) -> None:
    path = write_dicom(tmp_path / "x.dcm", dicom(VOLUME, frames=6))
    same(read(path, DEPTH), VOLUME)
    with pytest.raises(NotAnImage, match="it has 6 frames, but `image` in `data` has no depth"):
        read(path)
    with pytest.raises(NotAnImage, match="one picture without depth, but `image` in `data` has a depth"):
        read(write_dicom(tmp_path / "y.dcm", dicom(DEEP)), DEPTH)
    colours = np.stack([COLOUR, 255 - COLOUR])
    same(read(write_dicom(tmp_path / "z.dcm", dicom(colours, "RGB", frames=2)), DEPTH), colours)


def enhanced(order: list[int], **shared: Any) -> Dataset:
    """A file with several frames, each with a position and a slope of its own. `order` gives the place of each."""
    groups = []
    for frame, place in enumerate(order):
        position = sequence(ImagePositionPatient=[0, 0, 3 * place])
        values = sequence(RescaleSlope=frame + 2, RescaleIntercept=-10)
        groups += sequence(PlanePositionSequence=position, PixelValueTransformationSequence=values)
    orientation = sequence(ImageOrientationPatient=list(AXIAL))
    common = sequence(PlaneOrientationSequence=orientation, **shared)
    elements: dict[str, Any] = {"PerFrameFunctionalGroupsSequence": groups, "SharedFunctionalGroupsSequence": common}
    return dicom(VOLUME[: len(order)], frames=len(order), **elements)


def test_enhanced_frames_are_sorted_and_rescaled_each(tmp_path: Path) -> None:
    order = [2, 0, 3, 1]
    found = read(write_dicom(tmp_path / "x.dcm", enhanced(order)), DEPTH)
    each = np.stack([VOLUME[frame] * (frame + 2.0) - 10 for frame in range(4)])
    same(found, each[np.argsort(order)].astype(np.float32))
    with pytest.raises(NotAnImage, match="two slices are at the same position: frame 1 and frame 3"):
        read(write_dicom(tmp_path / "y.dcm", enhanced([2, 0, 2, 1])), DEPTH)


def test_a_slope_for_all_frames(tmp_path: Path) -> None:
    shared = sequence(PixelValueTransformationSequence=sequence(RescaleSlope=3, RescaleIntercept=1))
    dataset = dicom(VOLUME, frames=6, SharedFunctionalGroupsSequence=shared)
    same(read(write_dicom(tmp_path / "x.dcm", dataset), DEPTH), (VOLUME * 3.0 + 1).astype(np.float32))
    outside = dicom(VOLUME, frames=6, RescaleSlope=3, RescaleIntercept=1)
    same(read(write_dicom(tmp_path / "y.dcm", outside), DEPTH), (VOLUME * 3.0 + 1).astype(np.float32))


# ---- folders of slices

OBLIQUE = (0.8, 0.6, 0.0, 0.0, 0.0, -1.0)
DIRECTIONS = [AXIAL, (-1, 0, 0, 0, 1, 0), (0, 1, 0, 0, 0, -1), (1, 0, 0, 0, 0, -1), OBLIQUE]


@given(order=st.permutations(range(6)), orientation=st.sampled_from(DIRECTIONS))
def test_slices_are_sorted_by_position_whatever_their_names(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], orientation: tuple[float, ...]
) -> None:
    folder = tmp_path_factory.mktemp("series")
    write_series(folder, VOLUME, order, orientation=orientation)
    same(read_folder(folder), VOLUME)


def test_an_axial_volume_begins_at_the_feet(tmp_path: Path) -> None:
    for number, height in enumerate((30.0, 10.0, 20.0)):
        place: dict[str, Any] = {"ImagePositionPatient": [0, 0, height], "ImageOrientationPatient": list(AXIAL)}
        write_dicom(tmp_path / f"{number}.dcm", dicom(np.full((4, 4), height, np.uint8), **place))
    assert read_folder(tmp_path)[:, 0, 0].tolist() == [10, 20, 30]


def test_each_slice_has_its_own_slope(tmp_path: Path) -> None:
    for index, pixels in enumerate(VOLUME):
        place: dict[str, Any] = {"ImagePositionPatient": [0, 0, index], "ImageOrientationPatient": list(AXIAL)}
        dataset = dicom(pixels, RescaleSlope=index + 1, RescaleIntercept=0, **place)
        write_dicom(tmp_path / f"{index}.dcm", dataset)
    same(read_folder(tmp_path), np.stack([(index + 1.0) * one for index, one in enumerate(VOLUME)]).astype(np.float32))


def test_without_positions_the_number_of_the_instance_sorts(tmp_path: Path) -> None:
    for index, pixels in enumerate(VOLUME):
        write_dicom(tmp_path / f"{9 - index}.dcm", dicom(pixels, InstanceNumber=index + 1))
    found = read_series(sorted(tmp_path.iterdir()), DEPTH)
    same(np.asarray(found.pixels[:, :]), VOLUME)
    assert found.note == "the slices have no position and are sorted by `InstanceNumber`"
    write_series(tmp_path, VOLUME[:2])
    refused(tmp_path, "6 slices of 8 without a position")


def refused(folder: Path, reason: str) -> None:
    with pytest.raises(NotAnImage) as raised:
        read_folder(folder)
    assert reason in str(raised.value)


def test_two_series_in_a_folder_are_refused_by_their_names(tmp_path: Path) -> None:
    write_series(tmp_path, VOLUME[:4], SeriesDescription="lung")
    write_series(tmp_path, VOLUME[:2], [7, 8], series="1.2.9")
    refused(tmp_path, 'the folder has 2 series, but a volume is one: "lung" 1.2.3 (4 files), 1.2.9 (2 files)')


def test_slices_of_different_sizes_are_refused(tmp_path: Path) -> None:
    write_series(tmp_path, VOLUME[:3])
    write_series(tmp_path, VOLUME[:1, :, :4], [5])
    refused(tmp_path, "its slices have different sizes: 5x7 in 000.dcm, 5x4 in 005.dcm")


def test_missing_and_doubled_slices_are_refused(tmp_path: Path) -> None:
    write_series(tmp_path, VOLUME)
    (tmp_path / "002.dcm").unlink()
    refused(tmp_path, "slices are missing between 001.dcm and 003.dcm: the distance is 5 mm, elsewhere 2.5 mm")
    write_series(tmp_path, VOLUME)
    (tmp_path / "zzz.dcm").write_bytes((tmp_path / "003.dcm").read_bytes())
    refused(tmp_path, "two slices are at the same position: 003.dcm and zzz.dcm")


def test_missing_and_doubled_numbers_are_refused(tmp_path: Path) -> None:
    for index in (1, 2, 4, 5):
        write_dicom(tmp_path / f"{index}.dcm", dicom(DEEP, InstanceNumber=index))
    refused(tmp_path, "slices are missing between 2.dcm and 4.dcm")
    write_dicom(tmp_path / "3.dcm", dicom(DEEP, InstanceNumber=2))
    refused(tmp_path, "two slices are at the same position: 2.dcm and 3.dcm")
    write_dicom(tmp_path / "3.dcm", dicom(DEEP))
    refused(tmp_path, "3.dcm has neither a position nor an `InstanceNumber`")


def test_slices_that_are_not_parallel_are_refused(tmp_path: Path) -> None:
    write_series(tmp_path, VOLUME[:3])
    write_series(tmp_path, VOLUME[:1], [9], orientation=(0, 1, 0, 0, 0, -1))
    refused(tmp_path, "its slices are not parallel: 000.dcm and 009.dcm")


def test_a_single_slice_and_a_file_of_frames_are_no_slices(tmp_path: Path) -> None:
    write_series(tmp_path, VOLUME[:1])
    refused(tmp_path, "000.dcm: it is one picture without depth")
    write_series(tmp_path, VOLUME[:3])
    write_dicom(tmp_path / "frames.dcm", dicom(VOLUME, frames=6))
    refused(tmp_path, "frames.dcm: it has 6 frames, but other files beside it have one")


# ---- limits and damage


def test_the_limits_are_those_of_the_whole_volume(tmp_path: Path) -> None:
    write_series(tmp_path / "series", VOLUME)
    path = write_dicom(tmp_path / "x.dcm", dicom(VOLUME, frames=6))
    largest, smaller = DecodeOptions(axes=3, max_pixels=6 * 5 * 7), DecodeOptions(axes=3, max_pixels=6 * 5 * 7 - 1)
    same(read(path, largest), VOLUME)
    same(read_folder(tmp_path / "series", largest), VOLUME)
    reason = r"it has 6x5x7 pixels, more than `max_pixels` in `data` allows \(209\)"
    with pytest.raises(NotAnImage, match=reason):
        read(path, smaller)
    with pytest.raises(NotAnImage, match=f"000.dcm: {reason}"):
        read_folder(tmp_path / "series", smaller)
    with pytest.raises(NotAnImage, match="it has 7x5 pixels, more than"):
        read(write_dicom(tmp_path / "y.dcm", dicom(DEEP)), DecodeOptions(max_pixels=34))


def test_a_file_that_expands_too_much_is_not_expanded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_dicom(tmp_path / "x.dcm", dicom(np.zeros((99, 99), np.uint8), syntax=DeflatedExplicitVRLittleEndian))
    assert path.stat().st_size < 2000
    same(read(path), np.zeros((99, 99), np.uint8))
    monkeypatch.setattr(dicom_reader, "MAX_BYTES", 5000)
    monkeypatch.setattr("labc.runtime.data.decoding.image_limits.MAX_BYTES", 5000)
    with pytest.raises(NotAnImage, match=r"expanded, it has 1.0 GiB, but labc reads at most 1 GiB"):
        read(path)


def test_other_content_is_described(tmp_path: Path) -> None:
    path = tmp_path / "x.dcm"
    for content, reason in (
        (b"", "the file is empty"),
        (b"no dicom", "not a DICOM file, or without its preamble"),
        (b"\x89PNG" + bytes(900), "not a DICOM file, or without its preamble"),
    ):
        path.write_bytes(content)
        with pytest.raises(NotAnImage, match=reason):
            read(path)
    dataset = dicom(GREY)
    del dataset.PixelData
    with pytest.raises(NotAnImage, match="a DICOM file without an image"):
        read(write_dicom(path, dataset))


def test_the_reason_of_the_decoder_is_given() -> None:
    path = Path(str(get_testdata_file("JPEG-lossy.dcm")))
    with pytest.raises(NotAnImage, match=r"\(gdcm: GDCM does not support 'JPEG Extended'"):
        read(path)


VALID = io.BytesIO()
dicom(DEEP, bits=12, RescaleSlope=2, RescaleIntercept=-3).save_as(VALID, enforce_file_format=True)


@given(st.integers(0, len(VALID.getvalue()) - 1), st.integers(0, 255), st.integers(0, len(VALID.getvalue())))
def test_damage_gives_a_reason_or_an_image(
    tmp_path_factory: pytest.TempPathFactory, place: int, byte: int, length: int
) -> None:
    path = tmp_path_factory.mktemp("damage") / "x.dcm"
    content = bytearray(VALID.getvalue())
    content[place] = byte
    path.write_bytes(bytes(content) if place % 2 else bytes(content)[:length])
    for options in (FLAT, DEPTH):
        with suppress(NotAnImage):
            assert read_image(path, options).pixels.shape


def test_a_damaged_deflated_file_gives_a_reason(tmp_path: Path) -> None:
    path = write_dicom(tmp_path / "x.dcm", dicom(GREY, syntax=DeflatedExplicitVRLittleEndian))
    content = path.read_bytes()
    path.write_bytes(content[: -len(content) // 4] + zlib.compress(b"other"))
    with pytest.raises(NotAnImage):
        read(path)
