"""From the file to the model: which stored values are read, and which of them become black and white."""

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

import labc
from labc.compiler.backends.keras import make
from labc.compiler.backends.scaling import PixelRange, scaling_calls
from labc.grammar.diagnostics.codes import Code
from labc.grammar.diagnostics.diagnostic import Diagnostic
from labc.grammar.diagnostics.lab_error import LabError
from labc.grammar.diagnostics.render import render_text
from labc.runtime.data.dataset import Dataset, load_dataset
from labc.runtime.data.decoding.decode import EXTENSIONS, read_image
from labc.runtime.data.decoding.decode_options import DecodeOptions
from labc.runtime.data.decoding.image_limits import NotAnImage
from labc.runtime.data.pixel_range import grey_levels
from labc.runtime.studies.display import Display

from ..golden import check_golden
from .tiny import selection_of

GOLDEN = Path(__file__).parent.parent / "bad" / "run"
GREY = np.random.default_rng(0).integers(0, 256, (5, 7), np.uint8)
COLOUR = np.random.default_rng(1).integers(0, 256, (5, 7, 3), np.uint8)
ALPHA = np.random.default_rng(2).integers(0, 256, (5, 7, 1), np.uint8)


def read(path: Path, upright: bool = True) -> NDArray[Any]:
    return np.asarray(read_image(path, DecodeOptions(upright=upright)).pixels[:, :])


def composed(colours: NDArray[np.uint8], alpha: NDArray[np.uint8]) -> NDArray[np.float64]:
    return np.asarray(colours * (alpha / 255))


# ---- the formats


@pytest.mark.parametrize("extension", sorted(EXTENSIONS - {".jpg", ".jpeg", ".jp2", ".j2k", ".webp", ".npy", ".gif"}))
def test_every_lossless_format_keeps_every_value(tmp_path: Path, extension: str) -> None:
    if extension == ".pbm":
        Image.fromarray(GREY > 99).save(tmp_path / "x.pbm")
        np.testing.assert_array_equal(read(tmp_path / "x.pbm"), (GREY > 99) * np.uint8(255))
        return
    Image.fromarray(GREY).save(tmp_path / f"grey{extension}")
    np.testing.assert_array_equal(read(tmp_path / f"grey{extension}"), GREY)
    if extension != ".pgm":
        Image.fromarray(COLOUR).save(tmp_path / f"colour{extension}")
        np.testing.assert_array_equal(read(tmp_path / f"colour{extension}"), COLOUR)


@pytest.mark.parametrize("options", [{"lossless": True}, {"irreversible": False}], ids=["webp", "jp2"])
def test_formats_that_can_be_lossless_keep_every_value(tmp_path: Path, options: dict[str, Any]) -> None:
    path = tmp_path / ("x.webp" if "lossless" in options else "x.jp2")
    Image.fromarray(COLOUR).save(path, **options)
    np.testing.assert_array_equal(read(path), COLOUR)


def test_a_gif_of_one_picture_and_an_array_are_read(tmp_path: Path) -> None:
    Image.fromarray(GREY).save(tmp_path / "x.gif")
    np.testing.assert_array_equal(read(tmp_path / "x.gif").reshape(5, 7, -1)[..., 0], GREY)
    for array in (GREY, COLOUR, GREY / 7, GREY.astype(np.int16) - 99):
        np.save(tmp_path / "x.npy", array)
        found = read(tmp_path / "x.npy")
        assert found.dtype == array.dtype
        np.testing.assert_array_equal(found, array)
    np.save(tmp_path / "x.npy", np.array([{}]), allow_pickle=True)
    with pytest.raises(NotAnImage):
        read(tmp_path / "x.npy")


@pytest.mark.parametrize("top", [255, 256, 4095, 65535])
def test_values_of_16_bits_are_read_as_they_are_stored(tmp_path: Path, top: int) -> None:
    values = np.array([[0, 100, 200, top]], np.uint16)
    Image.fromarray(values).save(tmp_path / "x.png")
    tifffile.imwrite(tmp_path / "x.tif", values)
    (tmp_path / "x.pgm").write_bytes(b"P5 4 1 65535\n" + values.astype(">u2").tobytes())
    for name in ("x.png", "x.tif", "x.pgm"):
        found = read(tmp_path / name)
        assert found.dtype == np.uint16
        assert found.tolist() == values.tolist()


@pytest.mark.parametrize("dtype", [np.int8, np.int16, np.int32, np.uint32, np.float16, np.float32, np.float64])
def test_signed_and_decimal_values_are_read_as_they_are_stored(tmp_path: Path, dtype: type[np.generic]) -> None:
    values = np.array([[0, 1, 100, 127], [3, 5, 2, 64]]).astype(dtype)
    if values.dtype.kind != "u":
        values[1] *= -1
    tifffile.imwrite(tmp_path / "x.tif", values)
    found = read(tmp_path / "x.tif")
    assert found.dtype == dtype
    assert found.tolist() == values.tolist()


def test_colours_of_16_bits_are_refused_where_pillow_would_cut_them(tmp_path: Path) -> None:
    deep = COLOUR.astype(np.uint16) * 200
    tifffile.imwrite(tmp_path / "x.tif", deep, photometric="rgb")
    np.testing.assert_array_equal(read(tmp_path / "x.tif"), deep)
    (tmp_path / "x.ppm").write_bytes(b"P6 7 5 65535\n" + deep.astype(">u2").tobytes())
    (tmp_path / "x.png").write_bytes(png_of_16_bits(deep))
    for name in ("x.ppm", "x.png"):
        with pytest.raises(NotAnImage, match="16 bits for each of its colours, which labc reads only from TIFF"):
            read(tmp_path / name)


def png_of_16_bits(colours: NDArray[np.uint16]) -> bytes:
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    height, width, _ = colours.shape
    header = struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0)
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in colours)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


# ---- colours and transparency


def test_transparent_pixels_are_composed_on_black(tmp_path: Path) -> None:
    Image.fromarray(np.dstack([COLOUR, ALPHA])).save(tmp_path / "rgba.png")
    Image.fromarray(np.dstack([GREY, ALPHA]), "LA").save(tmp_path / "la.png")
    tifffile.imwrite(tmp_path / "rgba.tif", np.dstack([COLOUR, ALPHA]), photometric="rgb", extrasamples=["unassalpha"])
    tifffile.imwrite(tmp_path / "la.tif", np.dstack([GREY, ALPHA]), extrasamples=["unassalpha"])
    for name, colours in (("rgba.png", COLOUR), ("rgba.tif", COLOUR), ("la.png", GREY), ("la.tif", GREY)):
        alpha = ALPHA if colours.ndim == 3 else ALPHA[..., 0]
        found = read(tmp_path / name)
        assert found.shape == colours.shape
        assert np.abs(found - composed(colours, alpha)).max() <= 0.5 + 1e-9


def test_a_palette_with_transparent_colours(tmp_path: Path) -> None:
    image = Image.fromarray(COLOUR).convert("P")
    image.save(tmp_path / "x.png", transparency=bytes([0, 128] + [255] * 254))
    with Image.open(tmp_path / "x.png") as again:
        rgba = np.asarray(again.convert("RGBA"))
    assert np.abs(read(tmp_path / "x.png") - composed(rgba[..., :3], rgba[..., 3:])).max() <= 0.5 + 1e-9


def test_premultiplied_alpha_is_already_on_black(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "x.tif", np.dstack([COLOUR, ALPHA]), photometric="rgb", extrasamples=["assocalpha"])
    np.testing.assert_array_equal(read(tmp_path / "x.tif"), COLOUR)


def test_cmyk_is_converted(tmp_path: Path) -> None:
    ink = np.dstack([COLOUR, ALPHA])
    Image.fromarray(ink, "CMYK").save(tmp_path / "x.jpg", quality=100, subsampling=0)
    tifffile.imwrite(tmp_path / "x.tif", ink, photometric="separated")
    with Image.open(tmp_path / "x.jpg") as image:
        np.testing.assert_array_equal(read(tmp_path / "x.jpg"), np.asarray(image.convert("RGB")))
    np.testing.assert_array_equal(read(tmp_path / "x.tif"), np.asarray(Image.fromarray(ink, "CMYK").convert("RGB")))


def test_a_fourth_channel_that_is_no_alpha_is_refused(tmp_path: Path) -> None:
    channels = np.dstack([COLOUR, ALPHA])
    tifffile.imwrite(tmp_path / "x.tif", channels, photometric="rgb", extrasamples=["unspecified"])
    with pytest.raises(NotAnImage, match="4 channels, and its tags do not say that the last one is alpha"):
        read(tmp_path / "x.tif")
    tifffile.imwrite(tmp_path / "x.tif", np.dstack([channels, GREY]), photometric="minisblack", planarconfig="contig")
    with pytest.raises(NotAnImage, match="5 channels, and its tags do not say which of them are colours"):
        read(tmp_path / "x.tif")


@pytest.mark.parametrize(("pages", "metadata"), [(3, None), (4, {"axes": "ZYX"}), (3, {"axes": "QYX"})])
def test_pages_are_no_colours(tmp_path: Path, pages: int, metadata: dict[str, str] | None) -> None:
    tifffile.imwrite(tmp_path / "x.tif", np.stack([GREY] * pages), photometric="minisblack", metadata=metadata)
    with pytest.raises(NotAnImage, match=f"it has {pages} pages, but an image must have one"):
        read(tmp_path / "x.tif")


def test_planes_and_named_channels_are_colours(tmp_path: Path) -> None:
    planes = np.moveaxis(COLOUR, 2, 0)
    tifffile.imwrite(tmp_path / "planes.tif", planes, photometric="rgb", planarconfig="separate")
    tifffile.imwrite(tmp_path / "imagej.tif", planes, imagej=True, metadata={"axes": "CYX"})
    tifffile.imwrite(tmp_path / "ome.tif", planes, ome=True, photometric="minisblack", metadata={"axes": "CYX"})
    for name in ("planes.tif", "imagej.tif", "ome.tif"):
        np.testing.assert_array_equal(read(tmp_path / name), COLOUR)


def test_white_as_zero_and_palettes_of_tiff_files(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "white.tif", GREY, photometric="miniswhite")
    np.testing.assert_array_equal(read(tmp_path / "white.tif"), 255 - GREY)
    palette = np.random.default_rng(3).integers(0, 256, (3, 256)).astype(np.uint16) * 257
    tifffile.imwrite(tmp_path / "palette.tif", GREY, photometric="palette", colormap=palette)
    np.testing.assert_array_equal(read(tmp_path / "palette.tif"), np.moveaxis(palette[:, GREY] // 257, 0, 2))


def test_compressed_tiff_files_are_read(tmp_path: Path) -> None:
    for compression in ("tiff_lzw", "packbits", "tiff_adobe_deflate"):
        for array in (GREY, COLOUR, GREY.astype(np.uint16) * 99):
            Image.fromarray(array).save(tmp_path / "x.tif", compression=compression)
            np.testing.assert_array_equal(read(tmp_path / "x.tif"), array)


# ---- orientation

TURNED: dict[int, Callable[[NDArray[np.uint8]], NDArray[np.uint8]]] = {
    1: lambda stored: stored,
    2: np.fliplr,
    3: lambda stored: np.rot90(stored, 2),
    4: np.flipud,
    5: np.transpose,
    6: lambda stored: np.rot90(stored, -1),
    7: lambda stored: np.rot90(stored, 2).T,
    8: np.rot90,
    9: lambda stored: stored,  # no orientation
}


@pytest.mark.parametrize("orientation", TURNED)
@pytest.mark.parametrize("kind", ["png", "tif", "lzw.tif"])
def test_an_image_is_turned_as_its_tag_says(tmp_path: Path, orientation: int, kind: str) -> None:
    path = tmp_path / f"x.{kind}"
    if kind == "lzw.tif" and orientation == 9:
        pytest.skip("Pillow does not write it")
    if kind == "tif":
        tifffile.imwrite(path, GREY, extratags=[(274, "H", 1, orientation, True)])
    else:
        exif = Image.Exif()
        exif[274] = orientation
        options = {"compression": "tiff_lzw"} if kind == "lzw.tif" else {}
        Image.fromarray(GREY).save(path, exif=exif, **options)
    np.testing.assert_array_equal(read(path), TURNED[orientation](GREY))
    if kind == "lzw.tif" and orientation != 1:
        return
    np.testing.assert_array_equal(read(path, upright=False), GREY)


def test_damaged_tags_do_not_make_an_image_unreadable(tmp_path: Path) -> None:
    Image.fromarray(GREY).save(tmp_path / "x.png", exif=b"Exif\0\0II*\0\xff\xff\xff\x7f")
    np.testing.assert_array_equal(read(tmp_path / "x.png"), GREY)


# ---- from the set to the model

LAB = """data {{
  source  = folder("images")
  label   = filename
  classes = ["Mel", "Nev"]
  image   = 4x4x1
  {settings}
  split {{ train = 50%  validation = 50% }}
}}

model {{ flatten -> dense(1, sigmoid) }}

train {{
  loss   = binary_crossentropy
  epochs = 1
}}
"""


class Warnings(Display):
    """Keeps the warnings."""

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []

    def warn(self, warning: Diagnostic) -> None:
        self.found.append(warning)


def load(folder: Path, settings: str = "", display: Display | None = None) -> Dataset:
    path = folder / "x.lab"
    path.write_text(LAB.format(settings=settings), encoding="utf-8")
    return load_dataset(selection_of(labc.load(path).experiment), folder / "cache", display or Warnings())


def write_set(folder: Path, images: list[np.ndarray]) -> None:
    (folder / "images").mkdir(exist_ok=True)
    for number, image in enumerate(images):
        tifffile.imwrite(folder / "images" / f"{('Mel', 'Nev')[number % 2]}_{number}.tif", image)


def flat(value: float, dtype: type[np.generic]) -> NDArray[Any]:
    return np.full((4, 4), value, dtype)


@given(low=st.integers(0, 300), high=st.integers(301, 65535))
def test_one_rule_for_all_images_of_16_bits(tmp_path_factory: pytest.TempPathFactory, low: int, high: int) -> None:
    folder = tmp_path_factory.mktemp("set")
    write_set(folder, [flat(value, np.uint16) for value in (low, low, low, high)])
    dataset = load(folder)
    assert dataset.pixels == PixelRange(0, 65535)
    values = {int(image.max()) for part in dataset.parts.values() for image in part.images}
    assert values == {low, high}


def test_the_second_load_is_the_first_one(tmp_path: Path) -> None:
    for dtype in (np.uint8, np.uint16, np.float32, np.int16):
        write_set(tmp_path, [flat(value, dtype) for value in (1, 2, 3, 100)])
        first, second = (load(tmp_path, "window = (0, 100)") for _ in range(2))
        assert first.pixels == second.pixels == PixelRange(0, 100, clips=True)
        for name, part in first.parts.items():
            assert part.images.dtype == second.parts[name].images.dtype
            np.testing.assert_array_equal(part.images, second.parts[name].images)


@pytest.mark.parametrize(
    ("values", "window"),
    [((0, 4095), "(0, 4095)"), ((0, 4000), "(0, 4095)"), ((5, 16380), "(0, 16383)"), ((0, 60000), None)],
)
def test_a_narrow_range_is_a_warning(tmp_path: Path, values: tuple[int, int], window: str | None) -> None:
    write_set(tmp_path, [flat(value, np.uint16) for value in values * 2])
    for _ in range(2):  # the second time from the cache
        display = Warnings()
        load(tmp_path, display=display)
        assert [warning.code for warning in display.found] == [Code.NARROW_RANGE] * bool(window)
        if window:
            assert f"`window = {window}`" in (display.found[0].help or "")
            assert f"{values[0]} to {values[1]} of 0 to 65535" in display.found[0].message
        if values == (0, 4095):
            text = render_text(display.found[0]).replace(str(tmp_path), "FOLDER") + "\n"
            check_golden(GOLDEN / "narrow_range.txt", text)
    for settings in ("window = (0, 4095)", "scale = sample", "scale = standard"):
        load(tmp_path, settings, display := Warnings())
        assert display.found == []


def refused(folder: Path, settings: str = "") -> str:
    with pytest.raises(LabError) as raised:
        load(folder, settings)
    return str(raised.value).replace(str(folder), "FOLDER") + "\n"


def test_values_without_a_range_are_refused(tmp_path: Path) -> None:
    write_set(tmp_path, [flat(value, np.int16) for value in (-1024, -500, 0, 3071)])
    check_golden(GOLDEN / "needs_window.txt", refused(tmp_path))
    check_golden(GOLDEN / "needs_window_to_pad.txt", refused(tmp_path, "resize = pad\n  scale = sample"))
    write_set(tmp_path, [flat(value, np.float32) for value in (0, 0.5, 0.25, 1)])
    assert "have decimal values, from 0 to 1" in refused(tmp_path)
    write_set(tmp_path, [flat(4, np.uint8), flat(4, np.uint16), flat(5, np.uint16), flat(6, np.uint16)])
    check_golden(GOLDEN / "mixed_values.txt", refused(tmp_path))
    for settings in ("window = (0, 9)", "scale = sample", "scale = standard"):
        load(tmp_path, settings)


@given(
    st.sampled_from(["unit", "none", "standard", "sample"]),
    st.sampled_from([np.uint8, np.uint16, np.int16, np.float32]),
    st.integers(-50, 50),
    st.integers(1, 200),
    st.integers(0, 99),
)
def test_the_first_layers_do_what_the_window_says(
    scale: str, dtype: type[np.generic], low: int, width: int, seed: int
) -> None:
    pixels = PixelRange(low, low + width, clips=True)
    images = np.random.default_rng(seed).integers(-100 if dtype in (np.int16, np.float32) else 0, 200, (3, 4, 4, 2))
    stored = images.astype(dtype)
    unit = np.clip((images - low) / width, 0, 1)
    tensor: Any = stored.astype(np.float32)
    for call in scaling_calls(scale, (4, 4, 2), pixels):
        tensor = make(call)(tensor)
    expected = unit if scale == "unit" else unit * 255
    if scale == "sample":
        spread = np.sqrt(expected.var(axis=(1, 2, 3), keepdims=True) + 1e-3)
        expected = (expected - expected.mean(axis=(1, 2, 3), keepdims=True)) / spread
    assert np.allclose(np.asarray(tensor), expected, atol=2e-4 if scale == "sample" else 1e-3)
    assert np.allclose(grey_levels(stored, pixels), unit * 255, atol=1e-3)


def test_a_trained_model_takes_stored_values(tmp_path: Path) -> None:
    import keras

    write_set(tmp_path, [flat(value, np.int16) for value in (-1000, 300, -900, 400)])
    (tmp_path / "x.lab").write_text(LAB.format(settings="window = (-1000, 400)"), encoding="utf-8")
    run = labc.run(tmp_path / "x.lab", tmp_path / "runs")
    model = keras.models.load_model(run.folder / "model.keras")
    weights, bias = model.layers[-1].get_weights()
    stored = np.random.default_rng(0).integers(-2000, 2000, (6, 4, 4, 1)).astype(np.int16)
    unit = np.clip((stored.reshape(6, 16) + 1000) / 1400, 0, 1)
    expected = 1 / (1 + np.exp(-(unit @ weights + bias)))
    assert np.allclose(model.predict(stored, verbose=0), expected, atol=1e-5)


def test_a_larger_image_needs_a_larger_max_pixels(tmp_path: Path) -> None:
    write_set(tmp_path, [flat(9, np.uint8)] * 4)
    check_golden(GOLDEN / "max_pixels.txt", refused(tmp_path, "max_pixels = 15"))
    load(tmp_path, "max_pixels = 16")
