"""NIfTI files: volumes and pictures in the orientation RAS."""

import itertools
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import nibabel
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from labc.runtime.data.decoding.decode import read_image
from labc.runtime.data.decoding.decode_options import DecodeOptions
from labc.runtime.data.decoding.image_limits import NotAnImage

RANDOM = np.random.default_rng(0)
VOLUME = RANDOM.integers(0, 1000, (4, 5, 6), np.uint16)  # x, y, z
RAS = np.diag([2.0, 3.0, 4.0, 1.0])
FLAT, DEPTH = DecodeOptions(), DecodeOptions(axes=3)
RGB = np.dtype([("R", "u1"), ("G", "u1"), ("B", "u1")])


def read(path: Path, options: DecodeOptions = DEPTH) -> NDArray[Any]:
    return np.asarray(read_image(path, options).pixels[:, :])


def write(path: Path, voxels: NDArray[Any], affine: NDArray[Any] = RAS, kind: Any = nibabel.Nifti1Image) -> Path:
    kind(voxels, affine, dtype=voxels.dtype).to_filename(path)
    return path


def same(found: NDArray[Any], expected: NDArray[Any]) -> None:
    assert found.dtype == expected.dtype
    np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("name", ["x.nii", "x.nii.gz", "X.NII.GZ"])
@pytest.mark.parametrize("kind", [nibabel.Nifti1Image, nibabel.Nifti2Image])
def test_depth_height_and_width_are_z_y_and_x(tmp_path: Path, name: str, kind: Any) -> None:
    found = read(write(tmp_path / name, VOLUME, kind=kind))
    assert found.shape == (6, 5, 4)
    assert found[5, 1, 3] == VOLUME[3, 1, 5]
    same(found, VOLUME.transpose(2, 1, 0))


def test_a_stored_axis_that_goes_to_the_left_is_flipped(tmp_path: Path) -> None:
    """LPS, as DICOM has it: x goes to the left, y to posterior, z to superior."""
    found = read(write(tmp_path / "x.nii", VOLUME, np.diag([-1.0, -1.0, 1.0, 1.0])))
    same(found, VOLUME[::-1, ::-1].transpose(2, 1, 0))


AXES = [(order, signs) for order in itertools.permutations(range(3)) for signs in itertools.product((1, -1), repeat=3)]


@given(st.sampled_from(AXES), st.floats(-0.3, 0.3), st.sampled_from([np.uint8, np.int16, np.float32]))
def test_every_orientation_becomes_that_of_nibabel(
    tmp_path_factory: pytest.TempPathFactory,
    axes: tuple[tuple[int, ...], tuple[int, ...]],
    oblique: float,
    dtype: type[np.generic],
) -> None:
    affine = np.eye(4)
    affine[:3, :3] = np.eye(3)[:, axes[0]] * axes[1] + oblique * np.array([[0, 1, 0], [-1, 0, 0], [0, 0, 0]])
    voxels = VOLUME.astype(dtype)
    path = write(tmp_path_factory.mktemp("nifti") / "x.nii.gz", voxels, affine)
    canonical = nibabel.as_closest_canonical(nibabel.load(path))
    same(read(path), np.asarray(canonical.dataobj, dtype).transpose(2, 1, 0))


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.float32])
def test_slope_and_intercept_are_applied(tmp_path: Path, dtype: type[np.generic]) -> None:
    image = nibabel.Nifti1Image(VOLUME.astype(dtype), RAS)
    image.header.set_slope_inter(0.25, -100)
    nibabel.save(image, tmp_path / "x.nii")
    loaded: Any = nibabel.load(tmp_path / "x.nii")
    assert (loaded.dataobj.slope, loaded.dataobj.inter) == (0.25, -100)
    same(read(tmp_path / "x.nii"), loaded.get_fdata(dtype=np.float64).astype(np.float32).transpose(2, 1, 0))


def test_integers_that_nothing_rescales_keep_their_type(tmp_path: Path) -> None:
    for dtype in (np.uint8, np.uint16, np.int16, np.int32, np.float32, np.float64):
        same(read(write(tmp_path / "x.nii", VOLUME.astype(dtype))), VOLUME.astype(dtype).transpose(2, 1, 0))


def test_the_order_of_bytes_does_not_matter(tmp_path: Path) -> None:
    header = nibabel.Nifti1Header(endianness=">")
    header.set_data_dtype(np.uint16)
    nibabel.Nifti1Image(VOLUME, RAS, header).to_filename(tmp_path / "x.nii")
    assert (tmp_path / "x.nii").read_bytes()[:4] == b"\0\0\1\x5c"
    same(read(tmp_path / "x.nii"), VOLUME.transpose(2, 1, 0))


def test_colours_have_a_last_axis(tmp_path: Path) -> None:
    colours = RANDOM.integers(0, 256, (4, 5, 6, 3), np.uint8)
    stored = np.ascontiguousarray(colours).view(RGB)[..., 0]
    same(read(write(tmp_path / "x.nii", stored, np.diag([-1.0, 1, 1, 1]))), colours[::-1].transpose(2, 1, 0, 3))
    alpha = np.zeros((4, 5, 6), np.dtype([*RGB.descr, ("A", "u1")]))
    with pytest.raises(NotAnImage, match="its values have the parts R, G, B, A, which labc cannot read"):
        read(write(tmp_path / "y.nii", alpha))


def test_a_file_of_one_slice_is_a_picture(tmp_path: Path) -> None:
    axial, coronal, sagittal = VOLUME[:, :, :1], VOLUME[:, :1], VOLUME[:1]
    for picture, expected in (
        (axial, axial[:, :, 0].T), (axial[:, :, 0], axial[:, :, 0].T), (coronal, coronal[:, 0].T),
        (sagittal, sagittal[0].T), (axial[..., None], axial[:, :, 0].T),
    ):  # fmt: skip
        path = write(tmp_path / "x.nii", picture)
        same(read(path, FLAT), expected)
        with pytest.raises(NotAnImage, match="one picture without depth, but `image` in `data` has a depth"):
            read(path)


def test_a_volume_is_no_picture(tmp_path: Path) -> None:
    with pytest.raises(NotAnImage, match="it has a depth, 6x5x4, but `image` in `data` has no depth"):
        read(write(tmp_path / "x.nii", VOLUME), FLAT)
    same(read(write(tmp_path / "x.nii", VOLUME[..., None])), VOLUME.transpose(2, 1, 0))


@pytest.mark.parametrize("options", [FLAT, DEPTH])
def test_a_series_of_volumes_is_refused(tmp_path: Path, options: DecodeOptions) -> None:
    path = write(tmp_path / "x.nii", np.zeros((4, 5, 6, 2), np.uint8))
    with pytest.raises(NotAnImage, match="4 axes, 4x5x6x2: a series of volumes or of values, but an image is one"):
        read(path, options)


def test_the_limits_are_those_of_the_whole_volume(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "x.nii.gz", VOLUME)
    assert read(path, DecodeOptions(axes=3, max_pixels=120)).size == 120
    with pytest.raises(NotAnImage, match=r"it has 6x5x4 pixels, more than `max_pixels` in `data` allows \(119\)"):
        read(path, DecodeOptions(axes=3, max_pixels=119))
    monkeypatch.setattr("labc.runtime.data.decoding.image_limits.MAX_BYTES", 239)
    with pytest.raises(NotAnImage, match=r"its pixels have 1.0 GiB, but labc reads at most 1 GiB"):
        read(write(tmp_path / "x.nii.gz", np.zeros_like(VOLUME)))


def test_an_affine_without_directions_is_refused(tmp_path: Path) -> None:
    image = nibabel.Nifti1Image(VOLUME, RAS)
    image.header["sform_code"], image.header["srow_x"] = 1, 0
    image.to_filename(tmp_path / "x.nii")
    content = bytearray((tmp_path / "x.nii").read_bytes())
    content[280:296] = bytes(16)  # srow_x
    (tmp_path / "x.nii").write_bytes(content)
    with pytest.raises(NotAnImage, match="its affine matrix does not tell the directions of its axes"):
        read(tmp_path / "x.nii")


def test_nibabel_prints_nothing_about_a_header(tmp_path: Path) -> None:
    path = write(tmp_path / "x.nii", VOLUME)
    content = bytearray(path.read_bytes())
    content[80:92] = bytes(12)  # the sizes of the voxels
    path.write_bytes(content)
    code = (
        "import sys, pathlib\nfrom labc.runtime.data.decoding.decode import *\nfrom "
        "labc.runtime.data.decoding.decode_options import *\n"
        "print(read_image(pathlib.Path(sys.argv[1]), DecodeOptions(axes=3)).pixels.shape)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("(6, 5, 4)\n", "")


def test_other_content_is_described(tmp_path: Path) -> None:
    for name in ("x.nii", "x.nii.gz"):
        for content, reason in ((b"", "the file is empty"), (b"text", "not a NIfTI file, or damaged")):
            (tmp_path / name).write_bytes(content)
            with pytest.raises(NotAnImage, match=reason):
                read(tmp_path / name)
    whole = write(tmp_path / "x.nii.gz", VOLUME).read_bytes()
    (tmp_path / "y.nii.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(NotAnImage):
        read(tmp_path / "y.nii.gz")


VALID = nibabel.Nifti1Image(VOLUME, RAS).to_bytes()


@given(st.integers(0, 360), st.integers(0, 255), st.integers(0, len(VALID)))
def test_damage_gives_a_reason_or_an_image(
    tmp_path_factory: pytest.TempPathFactory, place: int, byte: int, length: int
) -> None:
    path = tmp_path_factory.mktemp("damage") / "x.nii"
    content = bytearray(VALID)
    content[place] = byte
    path.write_bytes(bytes(content) if place % 4 else bytes(content)[:length])
    for options in (FLAT, DEPTH):
        with suppress(NotAnImage):
            assert read_image(path, options).pixels.shape
