"""Images with a depth: resizing, scaling, and the files and arrays that hold them."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image
from skimage.transform import resize as skimage_resize
from skimage.transform import resize_local_mean

from labc.compiler.backends.keras import make
from labc.compiler.backends.scaling import PixelRange, scaling_calls
from labc.grammar.diagnostics.lab_error import LabError
from labc.runtime.data.dataset import load_dataset
from labc.runtime.data.decoding.decode import read_image
from labc.runtime.data.decoding.decode_options import DecodeOptions
from labc.runtime.data.decoding.image_limits import NotAnImage
from labc.runtime.data.resize import prepare
from labc.runtime.studies.display import Display
from labc.runtime.training.channel_statistics import channel_statistics

from .selecting import select

RANDOM = np.random.default_rng(0)
VOLUME = RANDOM.integers(0, 256, (6, 5, 7), np.uint8)
COLOURS = RANDOM.integers(0, 256, (6, 5, 7, 3), np.uint8)
FLAT, DEPTH = DecodeOptions(), DecodeOptions(axes=3)

SIDES = st.integers(1, 9)
TYPES = st.sampled_from([np.uint8, np.uint16, np.int16, np.float32])


def volume(sides: tuple[int, ...], channels: int, dtype: type[np.generic], seed: int) -> NDArray[Any]:
    shape = sides if channels == 1 and seed % 2 else (*sides, channels)
    return np.random.default_rng(seed).integers(0, 256, shape).astype(dtype)


# ---- resizing


@given(st.tuples(SIDES, SIDES, SIDES), SIDES, SIDES, st.sampled_from([1, 3]), st.sampled_from([1, 3]), TYPES, SIDES)
def test_with_the_same_depth_each_slice_is_resized_as_an_image(
    sides: tuple[int, int, int], height: int, width: int, stored: int, channels: int, dtype: type[np.generic], seed: int
) -> None:
    image = volume(sides, stored, dtype, seed)
    found = prepare(image, (sides[0], height, width, channels), "stretch")
    expected = [prepare(one, (height, width, channels), "stretch") for one in image]
    assert found.dtype == expected[0].dtype
    np.testing.assert_array_equal(found, np.stack(expected))


@given(st.tuples(SIDES, SIDES, SIDES), st.tuples(SIDES, SIDES, SIDES), st.integers(0, 99))
def test_shrinking_averages_over_volumes_and_enlarging_is_linear(
    first: tuple[int, ...], second: tuple[int, ...], seed: int
) -> None:
    """Where no axis grows, or none shrinks, as scikit-image does it for three axes at a time."""
    large, small = (tuple(choose(pair) for pair in zip(first, second, strict=True)) for choose in (max, min))
    image = volume((*large,), 1, np.float32, 2 * seed)[..., 0]
    shrunk = resize_local_mean(image.astype(np.float64), small, preserve_range=True)
    np.testing.assert_allclose(prepare(image, (*small, 1), "stretch")[..., 0], shrunk, rtol=1e-4, atol=1e-3)
    image = volume((*small,), 1, np.float32, 2 * seed)[..., 0]
    grown = skimage_resize(image.astype(np.float64), large, order=1, preserve_range=True)
    np.testing.assert_allclose(prepare(image, (*large, 1), "stretch")[..., 0], grown, rtol=1e-4, atol=1e-3)


@given(st.permutations([0, 1, 2]), st.tuples(SIDES, SIDES, SIDES), st.tuples(SIDES, SIDES, SIDES))
def test_pad_and_crop_treat_all_axes_alike(order: list[int], sides: tuple[int, ...], size: tuple[int, ...]) -> None:
    """Where no axis grows: then the order in which the axes are averaged does not matter."""
    size = tuple(min(pair) for pair in zip(sides, size, strict=True))
    image = volume(sides, 1, np.float32, 2)[..., 0]
    turned_size = tuple(size[axis] for axis in order)
    for resize in ("pad", "crop"):
        found = prepare(image, (*size, 1), resize, margin=-7)
        turned = prepare(image.transpose(order), (*turned_size, 1), resize, margin=-7)
        np.testing.assert_allclose(found.transpose(*order, 3), turned, rtol=1e-4, atol=1e-2)


def test_pad_keeps_the_proportions_and_crop_the_middle() -> None:
    image = np.full((4, 8, 8), 200, np.uint8)
    padded = prepare(image, (8, 8, 8, 1), "pad", margin=3)
    assert (padded[2:6] == 200).all() and (padded[:2] == 3).all() and (padded[6:] == 3).all()
    image[:, 2:6, 2:6] = 50
    assert (prepare(image, (4, 4, 4, 1), "crop") == 50).all()


def test_a_picture_is_no_volume() -> None:
    for shape in ((5, 5), (2, 3, 4, 5), (5, 5, 5, 5, 1)):
        with pytest.raises(NotAnImage):
            prepare(np.zeros(shape, np.uint8), (4, 4, 4, 1), "stretch")


# ---- scaling


def test_each_volume_is_scaled_over_all_its_axes() -> None:
    images = RANDOM.integers(0, 256, (3, 4, 5, 6, 2)).astype(np.float32)
    tensor: Any = images
    for call in scaling_calls("sample", (4, 5, 6, 2), PixelRange()):
        tensor = make(call)(tensor)
    spread = np.sqrt(images.var(axis=(1, 2, 3, 4), keepdims=True) + 1e-3)
    expected = (images - images.mean(axis=(1, 2, 3, 4), keepdims=True)) / spread
    assert np.allclose(np.asarray(tensor), expected, atol=2e-4)


@pytest.mark.parametrize("most", [2**25, 500])
def test_the_statistics_of_channels_are_those_of_all_voxels(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("labc.runtime.training.channel_statistics.VALUES", most)
    images = RANDOM.integers(0, 256, (7, 4, 5, 6, 3), np.uint8)
    found = channel_statistics(images, PixelRange())
    assert np.allclose(found.mean, images.mean(axis=(0, 1, 2, 3)))
    assert np.allclose(found.deviation, images.std(axis=(0, 1, 2, 3)))


# ---- files


def read(path: Path, options: DecodeOptions = DEPTH) -> NDArray[Any]:
    return np.asarray(read_image(path, options).pixels[:, :])


@pytest.mark.parametrize("array", [VOLUME, COLOURS, VOLUME.astype(np.int16) - 99, VOLUME / 7], ids=str)
@pytest.mark.parametrize(
    "options",
    [
        {}, {"metadata": None}, {"imagej": True, "metadata": {"axes": "Z"}}, {"ome": True, "metadata": {"axes": "Z"}},
        {"compression": "zlib"}, {"tile": (16, 16)},
    ],
    ids=str,
)  # fmt: skip
def test_the_pages_of_a_tiff_file_are_the_depth(tmp_path: Path, array: NDArray[Any], options: dict[str, Any]) -> None:
    colour = array.ndim == 4
    if options.get("metadata"):
        options = options | {"metadata": {"axes": "ZYXS" if colour else "ZYX"}}
    if options.get("imagej") and array.dtype in (np.float64, np.int16):
        array = array.astype(np.float32)  # ImageJ has no such values
    tifffile.imwrite(tmp_path / "x.tif", array, photometric="rgb" if colour else "minisblack", **options)
    found = read(tmp_path / "x.tif")
    assert found.dtype == array.dtype
    np.testing.assert_array_equal(found, array)


def test_pages_written_by_pillow_are_the_depth(tmp_path: Path) -> None:
    first, *others = [Image.fromarray(one) for one in VOLUME]
    first.save(tmp_path / "x.tif", save_all=True, append_images=others)
    np.testing.assert_array_equal(read(tmp_path / "x.tif"), VOLUME)
    first.save(tmp_path / "y.tif", save_all=True, append_images=[Image.fromarray(VOLUME[0, :3])])
    with pytest.raises(NotAnImage, match="its pages have different sizes or types"):
        read(tmp_path / "y.tif")


def test_named_channels_of_volumes_are_colours(tmp_path: Path) -> None:
    planes = np.moveaxis(COLOURS, 3, 1)
    tifffile.imwrite(tmp_path / "imagej.tif", planes, imagej=True, metadata={"axes": "ZCYX"})
    tifffile.imwrite(tmp_path / "ome.tif", planes, ome=True, photometric="minisblack", metadata={"axes": "ZCYX"})
    for name in ("imagej.tif", "ome.tif"):
        np.testing.assert_array_equal(read(tmp_path / name), COLOURS)


def test_tags_decide_for_each_page(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "white.tif", VOLUME, photometric="miniswhite")
    np.testing.assert_array_equal(read(tmp_path / "white.tif"), 255 - VOLUME)
    tifffile.imwrite(tmp_path / "turned.tif", VOLUME, photometric="minisblack", extratags=[(274, "H", 1, 6, True)])
    np.testing.assert_array_equal(read(tmp_path / "turned.tif"), np.rot90(VOLUME, -1, axes=(1, 2)))


def test_other_pages_are_no_depth(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "x.tif", VOLUME, imagej=True, metadata={"axes": "TYX"})
    with pytest.raises(NotAnImage, match="it has 6 points in time, but an image is one volume"):
        read(tmp_path / "x.tif")
    tifffile.imwrite(tmp_path / "x.tif", VOLUME[0])
    with pytest.raises(NotAnImage, match="one picture without depth, but `image` in `data` has a depth"):
        read(tmp_path / "x.tif")
    tifffile.imwrite(tmp_path / "x.tif", np.stack([VOLUME, VOLUME]), photometric="minisblack")
    with pytest.raises(NotAnImage, match=r"its pages are not the slices of one volume: it has the axes .*, 2x6x5x7"):
        read(tmp_path / "x.tif")


def test_the_axes_of_an_array_are_those_of_the_experiment(tmp_path: Path) -> None:
    """The same array is a volume of grey voxels or a picture in colour; no size decides."""
    array = RANDOM.integers(0, 256, (5, 7, 3), np.uint8)
    np.save(tmp_path / "x.npy", array)
    for options in (DEPTH, FLAT):
        np.testing.assert_array_equal(read(tmp_path / "x.npy", options), array)
    assert prepare(read(tmp_path / "x.npy"), (5, 7, 3, 1), "stretch").shape == (5, 7, 3, 1)
    np.save(tmp_path / "x.npy", VOLUME)
    with pytest.raises(NotAnImage, match=r"it has 7 channels.*; for volumes, `image` in `data` has a depth"):
        read(tmp_path / "x.npy", FLAT)
    np.save(tmp_path / "x.npy", VOLUME[0])
    with pytest.raises(
        NotAnImage, match=r"must have a depth, a height, a width and 1 or 3 channels, but .* 5x7 values"
    ):
        read(tmp_path / "x.npy")


@pytest.mark.parametrize("name", ["x.png", "x.jpg", "x.bmp", "x.gif", "x.webp"])
def test_other_formats_have_no_depth(tmp_path: Path, name: str) -> None:
    Image.fromarray(VOLUME[0]).convert("RGB").save(tmp_path / name)
    with pytest.raises(NotAnImage, match="one picture without depth, but `image` in `data` has a depth"):
        read(tmp_path / name)
    (tmp_path / name).write_bytes(b"not an image")
    with pytest.raises(NotAnImage, match="not an image"):
        read(tmp_path / name)


def test_the_limit_counts_all_voxels(tmp_path: Path) -> None:
    np.save(tmp_path / "x.npy", VOLUME)
    tifffile.imwrite(tmp_path / "x.tif", VOLUME, photometric="minisblack")
    for name in ("x.npy", "x.tif"):
        assert read(tmp_path / name, DecodeOptions(axes=3, max_pixels=210)).shape == VOLUME.shape
        with pytest.raises(NotAnImage, match=r"it has 6x5x7 pixels, more than `max_pixels` in `data` allows \(209\)"):
            read(tmp_path / name, DecodeOptions(axes=3, max_pixels=209))


def test_the_help_for_volumes_names_the_axes_of_image(tmp_path: Path) -> None:
    for name in ("a", "b"):
        for number in range(20):
            write = tmp_path / "images" / name / f"{number}.tif"
            write.parent.mkdir(parents=True, exist_ok=True)
            tifffile.imwrite(write, np.zeros((5, 16, 16), np.uint8))
    selection = select(tmp_path, 'source = folder("images")', classes=("a", "b"), image="16x16x1")
    with pytest.raises(LabError) as caught:
        load_dataset(selection, tmp_path / "cache", Display())
    assert caught.value.diagnostics[0].help == "for volumes, write `image` as depth x height x width x channels"
