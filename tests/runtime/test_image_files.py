"""Reading image files: the pixels of a sound file, the reason for any other, and a bound of the memory."""

import io
import os
import socket
import struct
import subprocess
import sys
import tracemalloc
import warnings
import zlib
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
from skimage.color import rgb2gray
from skimage.transform import resize_local_mean

import labc
from labc.grammar.diagnostics.lab_error import LabError
from labc.runtime.data import resize
from labc.runtime.data.dataset import load_dataset
from labc.runtime.data.decoding import image_limits, tiff_image
from labc.runtime.data.decoding.decode import read_image
from labc.runtime.data.decoding.decode_options import DecodeOptions
from labc.runtime.data.decoding.image_limits import NotAnImage
from labc.runtime.data.pixels import Bytes
from labc.runtime.data.resize import prepare
from labc.runtime.data.sources.file_source import FileSource
from labc.runtime.studies.display import Display

from ..golden import check_golden
from .tiny import selection_of, write_images, write_tiny

GOLDEN = Path(__file__).parent.parent / "bad" / "run"
GREY = np.random.default_rng(0).integers(0, 256, (20, 24), np.uint8)
COLOUR = np.random.default_rng(1).integers(0, 256, (20, 24, 3), np.uint8)

OPTIONS = DecodeOptions()

Writer = Callable[[NDArray[np.uint8], Path], object]


def pillow(mode: str, **options: object) -> Writer:
    return lambda colour, path: Image.fromarray(colour).convert(mode).save(path, **options)  # type: ignore[arg-type]


def tiff(change: Callable[[NDArray[np.uint8]], np.ndarray], **options: object) -> Writer:
    return lambda colour, path: tifffile.imwrite(path, change(colour), **options)  # type: ignore[arg-type]


def deep_png(colour: NDArray[np.uint8], path: Path) -> None:
    Image.fromarray(colour[:, :, 0].astype(np.uint16) * 257).save(path)


WRITERS: dict[str, Writer] = {
    "rgb.png": pillow("RGB"),
    "rgba.png": pillow("RGBA"),
    "grey_alpha.png": pillow("LA"),
    "palette.png": pillow("P"),
    "transparent.png": pillow("P", transparency=bytes(range(0, 256, 2))),
    "one_bit.png": pillow("1"),
    "deep.png": deep_png,
    "rgb.jpg": pillow("RGB"),
    "progressive.jpeg": pillow("L", progressive=True),
    "cmyk.jpg": pillow("CMYK"),
    "rgb.bmp": pillow("RGB"),
    "one_bit.bmp": pillow("1"),
    "lossless.webp": pillow("RGB", lossless=True),
    "lossy.webp": pillow("RGBA"),
    "rgb.tif": tiff(lambda colour: colour, photometric="rgb"),
    "grey.tiff": tiff(lambda colour: colour[:, :, 0]),
    "deep.tif": tiff(lambda colour: colour.astype(np.uint16) * 257, photometric="rgb"),
    "dark.tif": tiff(lambda colour: colour[:, :, 0].astype(np.uint16)),
    "signed.tif": tiff(lambda colour: colour[:, :, 0].astype(np.int16) * 99),
    "floats.tif": tiff(lambda colour: colour / 255, photometric="rgb"),
    "planes.tif": tiff(lambda colour: np.moveaxis(colour, 2, 0), photometric="rgb", planarconfig="separate"),
    "strips.tif": tiff(lambda colour: colour, photometric="rgb", rowsperstrip=4, metadata=None),
    "deflate_strips.tif": tiff(lambda colour: colour, photometric="rgb", rowsperstrip=4, compression="zlib"),
    "tiles.tif": tiff(lambda colour: colour[:, :, 0], tile=(16, 16)),
    "deflate.tif": tiff(lambda colour: colour, photometric="rgb", compression="zlib"),
}
# The same content under a name of another format.
RENAMED = {"jpeg.png": "rgb.jpg", "png.jpg": "deep.png", "tiff.png": "rgb.tif", "deep_tiff.png": "signed.tif"}


def write(name: str, colour: NDArray[np.uint8], folder: Path) -> Path:
    path = folder / name
    original = RENAMED.get(name, name)
    WRITERS[original](colour, folder / original)
    return path if original == name else (folder / original).rename(path)


def values(path: Path) -> NDArray[Any]:
    """The stored pixels of a file, as labc reads them."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        pixels = read_image(path, OPTIONS).pixels
        array = np.asarray(pixels[:, :])
        assert array.dtype == pixels.dtype
        assert array.shape == pixels.shape
        return array


def libraries_read(path: Path) -> NDArray[Any]:
    """The pixels of a file, as Pillow and tifffile read them, on a black background."""
    if path.read_bytes()[:4] in (b"II*\0", b"MM\0*"):
        stored = tifffile.imread(path)
        return (
            np.moveaxis(stored, 0, 2) if stored.ndim == 3 and stored.shape[0] == 3 and stored.shape[2] != 3 else stored
        )
    with Image.open(path) as image:
        image.load()
        if image.mode.startswith("I;16"):
            return np.asarray(image)
        if image.has_transparency_data:
            rgba = image.convert("RGBA")
            composed = Image.alpha_composite(Image.new("RGBA", image.size, "black"), rgba).convert("RGB")
            return np.asarray(composed.convert("L") if image.mode == "LA" else composed)
        return np.asarray(image.convert("L" if image.mode in ("1", "L") else "RGB"))


def reason(path: Path) -> str:
    with pytest.raises(NotAnImage) as raised:
        prepare(read_image(path, OPTIONS).pixels, (8, 8, 1), "stretch")
    return str(raised.value)


@given(st.sampled_from([*WRITERS, *RENAMED]), st.integers(5, 40), st.integers(5, 40), st.integers(0, 99))
def test_pixels_are_those_of_the_libraries(
    tmp_path_factory: pytest.TempPathFactory, name: str, height: int, width: int, seed: int
) -> None:
    colour = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    path = write(name, colour, tmp_path_factory.getbasetemp())
    found, expected = values(path), libraries_read(path)
    assert found.shape == expected.shape
    assert found.dtype == expected.dtype
    assert np.abs(found.astype(np.float64) - expected.astype(np.float64)).max() <= 1  # of the rounding of transparency
    if "alpha" not in name and "transparent" not in name and "rgba" not in name:
        np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("mode", ["L", "P", "RGB"])
def test_a_gif_of_one_picture_is_an_image(tmp_path: Path, mode: str) -> None:
    image = Image.fromarray(COLOUR).convert(mode)
    image.save(tmp_path / "x.gif")
    with Image.open(tmp_path / "x.gif") as again:
        np.testing.assert_array_equal(
            np.dstack([values(tmp_path / "x.gif")] * 3)[..., :3], np.asarray(again.convert("RGB"))
        )


def test_animations_are_refused_except_those_whose_first_picture_was_always_read(tmp_path: Path) -> None:
    first, second = Image.fromarray(COLOUR), Image.fromarray(COLOUR[::-1])
    for name in ("x.gif", "x.png", "x.webp"):
        first.save(tmp_path / name, save_all=True, append_images=[second], lossless=True)
    assert reason(tmp_path / "x.gif") == "an animation, but an image must be a single picture"
    assert reason(tmp_path / "x.png") == "an animation, but an image must be a single picture"
    np.testing.assert_array_equal(values(tmp_path / "x.webp"), COLOUR)


@given(st.sampled_from([*WRITERS, *RENAMED]), st.floats(0, 1, exclude_max=True))
def test_a_file_that_ends_too_early_is_refused_or_has_all_its_pixels(
    tmp_path_factory: pytest.TempPathFactory, name: str, share: float
) -> None:
    path = write(name, COLOUR, tmp_path_factory.getbasetemp())
    expected, content = values(path), path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    try:
        found = values(path)
    except NotAnImage:
        return
    np.testing.assert_array_equal(found, expected)


@given(st.sampled_from([*WRITERS, *RENAMED]), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=4)), max_size=4))
def test_any_content_is_read_or_refused_in_silence(
    tmp_path_factory: pytest.TempPathFactory, name: str, changes: list[tuple[float, bytes]]
) -> None:
    path = write(name, COLOUR, tmp_path_factory.getbasetemp())
    content = bytearray(path.read_bytes())
    for share, new in changes:
        place = int(share * len(content))
        content[place : place + len(new)] = new
    path.write_bytes(content)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            prepare(read_image(path, OPTIONS).pixels, (8, 8, 1), "pad")
        except NotAnImage as problem:
            reason = str(problem)
        else:
            reason = "none"
    assert 0 < len(reason) < 250


def test_libraries_print_nothing_about_a_damaged_file(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "x.tif", GREY)
    content = bytearray((tmp_path / "x.tif").read_bytes())
    content[4:8] = b"\xff\xff\x00\x00"  # the place of the first page
    (tmp_path / "x.tif").write_bytes(content)
    code = """
from pathlib import Path
from labc.runtime.data.decoding.decode import read_image
from labc.runtime.data.decoding.decode_options import DecodeOptions
from labc.runtime.data.decoding.image_limits import NotAnImage
try:
    read_image(Path("x.tif"), DecodeOptions())
except NotAnImage as reason:
    print(reason)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("a damaged image")
    assert done.stderr == ""


def png_of_size(width: int, height: int) -> bytes:
    """A PNG file whose header gives this size; it has a few pixels only."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(9))) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (50_000, 50_000, "it has 50000x50000 pixels, more than `max_pixels` in `data` allows (200,000,000)"),
        (20_000, 10_001, "it has 20000x10001 pixels, more than `max_pixels` in `data` allows (200,000,000)"),
        (1000, 100_001, "it has 1000x100001 pixels, but a side may have at most 100,000 pixels"),
        (14_000, 13_000, "a damaged image, or of a kind that labc cannot read (image file is truncated "),
    ],
)
def test_the_size_is_checked_before_decoding(tmp_path: Path, width: int, height: int, expected: str) -> None:
    (tmp_path / "x.png").write_bytes(png_of_size(width, height))
    assert reason(tmp_path / "x.png").startswith(expected)


def test_the_size_of_a_tiff_is_checked_before_decoding(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "x.tif", GREY)
    original = bytearray((tmp_path / "x.tif").read_bytes())
    with tifffile.TiffFile(tmp_path / "x.tif") as file:
        tags = file.pages[0].tags  # type: ignore[union-attr]
        wide, high = tags["ImageWidth"].valueoffset, tags["ImageLength"].valueoffset
    for width, height, expected in (
        (50_000, 50_000, "it has 50000x50000 pixels, more than `max_pixels` in `data` allows (200,000,000)"),
        (4_000_000_000, 1, "it has 4000000000x1 pixels, more than"),
        (24, 21, "a damaged image, or of a kind that labc cannot read (failed to read 504 bytes, got 480)"),
    ):
        content = bytearray(original)
        content[wide : wide + 4], content[high : high + 4] = struct.pack("<I", width), struct.pack("<I", height)
        (tmp_path / "x.tif").write_bytes(content)
        assert reason(tmp_path / "x.tif").startswith(expected)


@pytest.mark.parametrize("options", [{"compression": "zlib"}, {"rowsperstrip": 8}, {"tile": (16, 16)}])
def test_missing_strips_and_tiles_are_not_black_pixels(tmp_path: Path, options: dict[str, object]) -> None:
    tifffile.imwrite(tmp_path / "x.tif", GREY, metadata=None, **options)  # type: ignore[arg-type]
    content = bytearray((tmp_path / "x.tif").read_bytes())
    with tifffile.TiffFile(tmp_path / "x.tif") as file:
        place = file.pages[0].tags["ImageLength"].valueoffset  # type: ignore[union-attr]
    content[place : place + 4] = struct.pack("<I", 2 * len(GREY))
    (tmp_path / "x.tif").write_bytes(content)
    assert reason(tmp_path / "x.tif") == "a damaged TIFF file: strips or tiles of the image are missing"


def test_a_tile_that_ends_too_early_is_refused(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "x.tif", np.ones((40, 24), np.uint8), metadata=None, tile=(16, 16))
    content = (tmp_path / "x.tif").read_bytes()
    (tmp_path / "x.tif").write_bytes(content[:-192])  # tifffile takes the rest of the tile for a tile of 4x16 pixels
    assert reason(tmp_path / "x.tif") == "a damaged TIFF file: it ends before the last pixel"


def test_values_of_no_bits_are_no_pixels(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "x.tif", GREY, metadata=None)
    content = bytearray((tmp_path / "x.tif").read_bytes())
    with tifffile.TiffFile(tmp_path / "x.tif") as file:
        place = file.pages[0].tags["BitsPerSample"].valueoffset  # type: ignore[union-attr]
    content[place] = 0
    (tmp_path / "x.tif").write_bytes(content)
    assert reason(tmp_path / "x.tif") == "a damaged TIFF file: it has not all pixels of the image"


def test_pages_in_a_circle_end(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "x.tif", np.stack([GREY] * 3), photometric="minisblack", metadata=None)
    with tifffile.TiffFile(tmp_path / "x.tif") as file:
        first, second, third = (page.offset for page in file.pages)
    content = (tmp_path / "x.tif").read_bytes()
    assert content.count(struct.pack("<I", third)) == 1
    (tmp_path / "x.tif").write_bytes(content.replace(struct.pack("<I", third), struct.pack("<I", first)))
    assert second
    assert reason(tmp_path / "x.tif") == "a TIFF file with more than 1,000 pages, or a damaged one"


def test_a_strip_that_expands_beyond_the_image_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiff_image, "SMALL", 100)
    tifffile.imwrite(tmp_path / "x.tif", GREY, compression="zlib")
    assert (values(tmp_path / "x.tif") == GREY).all()
    with tifffile.TiffFile(tmp_path / "x.tif") as file:
        page = file.pages[0]
        start, count = page.dataoffsets[0], page.databytecounts[0]
    bomb = zlib.compress(bytes(100_000))
    content = bytearray((tmp_path / "x.tif").read_bytes())
    assert 100 < len(bomb) <= count
    content[start : start + len(bomb)] = bomb
    (tmp_path / "x.tif").write_bytes(content)
    assert reason(tmp_path / "x.tif") == "a damaged TIFF file: it has more pixels than the image"


def test_large_files_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "x.png").open("wb") as file:
        file.truncate(3 * 2**30)  # takes no place on the disk
    assert reason(tmp_path / "x.png") == "the file has 3.0 GiB, but labc reads at most 1 GiB"
    tifffile.imwrite(tmp_path / "x.tif", np.zeros((99, 99, 3)), photometric="rgb", compression="zlib")
    monkeypatch.setattr(image_limits, "MAX_BYTES", 99 * 99 * 3)
    assert reason(tmp_path / "x.tif") == "its pixels have 8.0 GiB, but labc reads at most 1 GiB"


def test_values_that_are_no_bytes_have_a_reason(tmp_path: Path) -> None:
    for name, array, expected in (
        ("nan", np.where(GREY < 9, np.nan, GREY), f"{(GREY < 9).sum()} of its 480 values are not finite numbers"),
        ("infinite", np.full((9, 9), np.inf), "81 of its 81 values are not finite numbers (nan or infinite)"),
        ("double", np.full((9, 9), 1e300), "it has values that are too large for float32"),
        ("complex", GREY.astype(np.complex64), "pixel values must be real numbers, but are complex64"),
        ("pages", np.stack([GREY] * 5), "it has 5 pages, but an image must have one: its pages are no colours"),
    ):
        tifffile.imwrite(tmp_path / f"{name}.tif", array)
        assert reason(tmp_path / f"{name}.tif").startswith(expected)


def test_a_missing_package_is_named(tmp_path: Path) -> None:
    Image.fromarray(COLOUR).save(tmp_path / "x.tif", compression="tiff_lzw")
    try:
        values(tmp_path / "x.tif")
    except NotAnImage as problem:
        text = str(problem)
    else:
        pytest.skip("imagecodecs is installed")
    assert text == "compressed in a way that needs the Python package imagecodecs"


def whole(pixels: Bytes, size: tuple[int, int, int]) -> Bytes:
    """An image resized with scikit-image at once."""
    image = np.asarray(rgb2gray(pixels) * 255, np.float32)[:, :, None] if size[2] == 1 else pixels.astype(np.float32)
    resized: NDArray[np.float32] = resize_local_mean(image, size[:2], channel_axis=2, preserve_range=True)
    return np.clip(np.rint(resized), 0, 255).astype(np.uint8)


@given(st.integers(8, 90), st.integers(8, 90), st.sampled_from([1, 3]), st.integers(0, 99))
def test_an_image_shrinks_as_scikit_image_does_it(height: int, width: int, channels: int, seed: int) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    np.testing.assert_array_equal(prepare(pixels, (7, 8, channels), "stretch"), whole(pixels, (7, 8, channels)))


@pytest.mark.parametrize("channels", [1, 3])
def test_a_large_image_shrinks_as_scikit_image_does_it(channels: int) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (4100, 4200, 3), np.uint8)
    assert pixels.shape[0] * pixels.shape[1] > resize.BLOCK
    size = (100, 120, channels)
    difference = np.abs(prepare(pixels, size, "stretch").astype(int) - whole(pixels, size))
    assert difference.max() <= 1  # a mean that ends in .5 may be rounded down or up; it depends on the processor
    assert (difference > 0).mean() < 0.001


@given(st.integers(20, 400), st.integers(20, 800), st.sampled_from([1, 3]), st.sampled_from(["pad", "crop", "stretch"]))
def test_blocks_give_what_the_whole_image_gives(height: int, width: int, channels: int, fit: str) -> None:
    pixels = np.random.default_rng(height).integers(0, 256, (height, width, 3), np.uint8)
    size = (14, 17, channels)
    expected = prepare(pixels, size, fit).astype(int)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(resize, "BLOCK", 1000)
        assert np.abs(prepare(pixels, size, fit) - expected).max() <= 1


def test_a_large_image_is_not_in_memory_as_floats(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resize, "BLOCK", 2**18)
    Image.new("RGB", (2000, 2000)).save(tmp_path / "x.png")
    pixels = read_image(tmp_path / "x.png", OPTIONS).pixels
    prepare(pixels, (64, 64, 3), "stretch")
    tracemalloc.start()  # counts the arrays of NumPy, not the memory of Pillow
    prepare(pixels, (64, 64, 3), "stretch")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2000 * 2000 * 3 * 4 / 2


def bytes_of(image: Image.Image, kind: str) -> bytes:
    file = io.BytesIO()
    image.save(file, kind)
    return file.getvalue()


def test_files_that_are_no_images(tmp_path: Path) -> None:
    names = [f"{label}_{index}.png" for label in ("Mel", "Nev") for index in range(20)]
    folder = tmp_path / "images"
    write_images(folder, names[8:])
    for index, content in enumerate(
        (
            b"",
            b"\x89PN",
            b"<!DOCTYPE html>\n<title>404</title>\n",
            png_of_size(50_000, 50_000),
            bytes(range(256)),
            bytes_of(Image.fromarray(COLOUR), "PNG")[:-300],
        )
    ):
        (folder / names[index]).write_bytes(content)
    (folder / names[6]).mkdir()  # a folder with the name of an image is a folder
    write_images(folder / names[6], ["Mel_inside.png"])
    (folder / "Mel_7.tif").write_bytes(bytes_of(Image.fromarray(COLOUR), "PNG"))
    check_golden(GOLDEN / "no_images_inside.txt", unreadable(tmp_path))


def test_special_files_are_refused_and_never_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "images"
    write_images(folder, [f"{label}_{index}.png" for label in ("Mel", "Nev") for index in range(5, 20)])
    monkeypatch.chdir(folder)  # the path of a socket must be short
    os.mkfifo("Mel_0.png")
    with socket.socket(socket.AF_UNIX) as waiting:
        waiting.bind("Mel_1.png")
        Path("Mel_2.png").symlink_to("/dev/zero")
        Path("Mel_3.png").symlink_to("Mel_3.png")
        Path("Mel_4.png").symlink_to("missing.png")
        Path("Nev_0.png").symlink_to("Nev_5.png")
        Path("Nev_1.png").symlink_to(folder)
        text = unreadable(tmp_path)
    check_golden(GOLDEN / "special_files.txt", text)


def unreadable(folder: Path) -> str:
    """The diagnostic about the images in the folder `images` of a folder."""
    path = write_tiny(folder, {"phantom(skin, images = 40)": 'folder("images")'} | SMALL_SPLIT)
    with pytest.raises(LabError) as raised:
        load_dataset(selection_of(labc.load(path).experiment), folder / "cache", Display())
    return str(raised.value).replace(str(folder), "FOLDER") + "\n"


SMALL_SPLIT = {"train      = 24": "train = 40%", "validation = 8": "validation = 30%", "test       = 8": "test = 30%"}
STRANGE = [
    b"Mel_\xe9t\xe9.png", b"Mel_\n1.png", b"Mel_'\"2.png", b"Mel_" + b"x" * 247 + b".png", "Mel_😀.png".encode(),
    b"Mel_\x1b[31m.png", b"Mel_*?[a].tif", b"Nev_\xff\xfe.PNG", "Nev_\ufffd.png".encode(), b"Nev_ .png",
]  # fmt: skip


def test_any_file_name_is_read_and_kept(tmp_path: Path) -> None:
    folder = tmp_path / "images"
    folder.mkdir()
    for name in STRANGE:
        (folder / os.fsdecode(name)).write_bytes(bytes_of(Image.fromarray(COLOUR), "TIFF" if b"tif" in name else "PNG"))
    path = write_tiny(tmp_path, {"phantom(skin, images = 40)": 'folder("images")'} | SMALL_SPLIT)
    selection = selection_of(labc.load(path).experiment)
    assert [os.fsencode(name) for name in selection.source.names] == sorted(STRANGE)
    for _ in range(2):
        dataset = load_dataset(selection, tmp_path / "cache", Display())
        files = [name for part in dataset.parts.values() for name in part.files]
        assert sorted(map(os.fsencode, files)) == sorted(STRANGE)
    for name in STRANGE:
        (folder / os.fsdecode(name)).write_bytes(b"")
    text = unreadable(tmp_path)
    assert text.encode()
    assert r"Mel_\xe9t\xe9.png: the file is empty" in text
    for name in STRANGE:
        (folder / os.fsdecode(name)).rename(folder / os.fsdecode(name[1:]))
    with pytest.raises(LabError) as raised:
        selection_of(labc.load(path).experiment)
    assert str(raised.value).encode()


def test_a_folder_that_cannot_be_read_is_not_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_images(tmp_path / "images", [f"{label}/{index}.png" for label in ("Mel", "Nev") for index in range(4)])
    scan = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("Nev"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    path = write_tiny(tmp_path, {"phantom(skin, images = 40)": 'folder("images")', "filename": "folder"})
    with pytest.raises(LabError) as raised:
        selection_of(labc.load(path).experiment)
    (diagnostic,) = raised.value.diagnostics
    assert diagnostic.code.value == "E0501"
    assert diagnostic.message == 'the folder "images/Nev" cannot be read: Permission denied'


def test_what_cannot_be_read_has_no_place_in_the_cache(tmp_path: Path) -> None:
    write_images(tmp_path / "images", ["Mel_0.png", "Nev_0.png"])
    folder = FileSource(tmp_path / "images", ("Mel_0.png", "missing.png"), DecodeOptions())
    assert folder.digest(0) == folder.digest(0)
    assert folder.digest(1) != folder.digest(1)


def test_a_path_that_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe")
    for name, expected in (("loop", "is a link that leads nowhere"), ("pipe", "is not a folder")):
        path = write_tiny(tmp_path, {"phantom(skin, images = 40)": f'folder("{name}")'})
        with pytest.raises(LabError) as raised:
            selection_of(labc.load(path).experiment)
        (diagnostic,) = raised.value.diagnostics
        assert (diagnostic.code.value, diagnostic.message) == ("E0501", f'the folder "{name}" {expected}')
