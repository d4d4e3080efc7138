"""Labels, splits, reading and the cache."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from skimage.io import imsave
from skimage.transform import resize

import labc
from labc.compiler.analysis.part_sizes import SplitError, part_sizes
from labc.compiler.backends.scaling import PixelRange
from labc.compiler.expressions.values import Percent
from labc.compiler.sections import Split
from labc.grammar.diagnostics.lab_error import LabError
from labc.runtime.data.dataset import Dataset, load_dataset
from labc.runtime.data.resize import prepare
from labc.runtime.data.splitting.controlled_rounding import round_table
from labc.runtime.data.splitting.partition import split_images
from labc.runtime.data.targets.labels import has_token
from labc.runtime.studies.display import Display
from labc.runtime.training.channel_statistics import channel_statistics

from .tiny import selection_of, write_images, write_tiny


def load(path: Path, cache: Path) -> Dataset:
    return load_dataset(selection_of(labc.load(path).experiment), cache, Display())


@pytest.mark.parametrize(
    ("stem", "token", "expected"),
    [
        ("C1_7", "C1", True),
        ("C10_7", "C1", False),
        ("AC1", "C1", False),
        ("x-C1", "C1", True),
        ("Mel_0001", "Mel", True),
        ("Mel12", "Mel", True),
        ("Melanoma", "Mel", False),
        ("mel_1", "Mel", False),
        ("scan.Nev", "Nev", True),
        ("a b c", "a b", True),
    ],
)
def test_a_class_is_a_whole_token_of_a_file_name(stem: str, token: str, expected: bool) -> None:
    assert has_token(stem, token) is expected


COUNTS = st.one_of(st.none(), st.integers(0, 120), st.integers(0, 100).map(lambda percent: Percent(percent / 100)))


@given(COUNTS, COUNTS, COUNTS, st.integers(1, 120))
def test_part_sizes_fit_or_are_refused(train: int, validation: int, test: int, images: int) -> None:
    split = Split(train=train, validation=validation, test=test, stratify=False)
    try:
        sizes = part_sizes(split, images, 2)
    except SplitError:
        return
    assert list(sizes) == ["train", "validation", "test"]
    assert sizes["train"] >= 1
    assert sizes["validation"] >= 1
    assert sizes["test"] >= 0
    assert sum(sizes.values()) <= images
    for name, asked in (("train", train), ("validation", validation), ("test", test)):
        if isinstance(asked, Percent):
            assert abs(sizes[name] - asked * images) < 1
        elif asked is not None:
            assert sizes[name] == asked


@given(st.integers(1, 98), st.integers(1, 98), st.integers(20, 3000))
def test_shares_of_the_whole_use_each_image_and_are_never_refused(train: int, validation: int, images: int) -> None:
    assume(train + validation < 100)
    shares = {"train": train, "validation": validation, "test": 100 - train - validation}
    split = Split(**{part: Percent(share / 100) for part, share in shares.items()}, stratify=False)
    assume(min(train, validation) * images >= 100)
    sizes = part_sizes(split, images, 2)
    assert sum(sizes.values()) == images
    assert all(abs(100 * sizes[part] - share * images) < 100 for part, share in shares.items())


def test_what_a_split_leaves_out() -> None:
    small = Split(train=Percent(0.9), validation=Percent(0.05), test=Percent(0.05))
    assert part_sizes(small, 71, 2) == {"train": 64, "validation": 4, "test": 3}
    assert part_sizes(Split(), 100, 2) == {"train": 80, "validation": 20, "test": 0}
    assert part_sizes(Split(train=70), 100, 2) == {"train": 70, "validation": 30, "test": 0}
    assert part_sizes(Split(test=Percent(0.1)), 100, 2) == {"train": 70, "validation": 20, "test": 10}
    assert part_sizes(Split(validation=30, test=20), 100, 2) == {"train": 50, "validation": 30, "test": 20}


@given(st.lists(st.integers(0, 3), min_size=20, max_size=200), st.integers(0, 9), st.booleans())
def test_parts_are_disjoint_seeded_and_stratified(labels: list[int], seed: int, stratify: bool) -> None:
    assume(len(set(labels)) == 4)
    split = Split(validation=Percent(0.3), test=Percent(0.2), seed=seed, stratify=stratify)
    data = labc.load(EXAMPLE).experiment.data
    assert data
    data = data.model_copy(update={"split": split, "classes": list("abcd")})
    parts = split_images(data, labels)
    assert parts == split_images(data, labels)
    every = [index for part in parts.values() for index in part]
    assert sorted(every) == list(range(len(labels)))
    assert len(parts["validation"]) == round(0.3 * len(labels))
    if stratify:
        for part in parts.values():
            for label in set(labels):
                share = labels.count(label) * len(part) / len(labels)
                assert abs(sum(labels[index] == label for index in part) - share) < 1


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """The sums of the rows of a table and of its four columns."""
    rows = draw(st.lists(st.integers(1, 9), min_size=1, max_size=40))
    ends = sorted(draw(st.lists(st.integers(0, sum(rows)), min_size=3, max_size=3)))
    return rows, [end - start for start, end in zip([0, *ends], [*ends, sum(rows)], strict=True)]


@given(tables())
@example(([4, 3, 5, 9, 2, 9, 3, 7], [9, 8, 14, 11]))  # a cell that was rounded up must be rounded down again
def test_a_rounded_table_keeps_its_sums_and_moves_no_cell_by_one(sums: tuple[list[int], list[int]]) -> None:
    rows, columns = sums
    table = round_table(rows, columns)
    assert [sum(row) for row in table] == rows
    assert [sum(column) for column in zip(*table, strict=True)] == columns
    for row, cells in zip(rows, table, strict=True):
        for column, cell in zip(columns, cells, strict=True):
            assert abs(cell * sum(rows) - row * column) < sum(rows)


EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "alexnet_bn.lab"


def test_images_become_grey_or_colour_bytes_of_the_asked_size() -> None:
    generator = np.random.default_rng(0)
    colour = generator.integers(0, 256, (20, 30, 3), np.uint8)
    assert prepare(colour, (10, 15, 3), "stretch").shape == (10, 15, 3)
    assert prepare(colour, (40, 70, 1), "stretch").shape == (40, 70, 1)
    grey = colour[:, :, 0]
    assert (prepare(grey, (20, 30, 3), "stretch") == grey[:, :, None]).all()
    assert (prepare(colour, (20, 30, 3), "stretch") == colour).all()
    for shape, reason in (((2, 3, 4, 5), "2x3x4x5"), ((20, 30, 4), "4 channels"), ((20, 30, 2), "2 channels")):
        with pytest.raises(ValueError, match=reason):
            prepare(np.zeros(shape, np.uint8), (8, 8, 1), "stretch")


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.int8, np.int16, np.int32, np.uint32, np.float32, np.float64])
def test_values_are_kept_as_they_are_stored(dtype: type[np.generic]) -> None:
    generator = np.random.default_rng(0)
    low, high = (0, 255) if dtype == np.uint8 else (-100, 100) if dtype == np.int8 else (0, 40_000)
    colour = generator.integers(low, high, (20, 30, 3)).astype(dtype)
    kept = dtype if dtype in (np.uint8, np.uint16) else np.float32
    same = prepare(colour, (20, 30, 3), "stretch")
    assert same.dtype == kept
    assert (same == colour).all()
    grey = prepare(colour, (20, 30, 1), "stretch")[:, :, 0]
    assert grey.dtype == kept
    luminance = colour.astype(np.float64) @ [0.2125, 0.7154, 0.0721]  # ITU-R BT.709, as scikit-image documents it
    assert np.abs(grey - luminance).max() <= 0.51 * max(1, high / 40_000)
    shrunk = prepare(colour[..., :1], (10, 15, 1), "stretch")
    means = colour[..., 0].astype(np.float64).reshape(10, 2, 15, 2).mean(axis=(1, 3))
    assert np.abs(shrunk[..., 0] - means).max() <= 0.51


def test_margins_have_the_value_that_is_black() -> None:
    padded = prepare(np.full((10, 30), 7, np.int16), (20, 20, 1), "pad", margin=-1000)[:, :, 0]
    assert set(np.unique(np.rint(padded))) == {-1000, 7}


def test_shrinking_takes_the_mean_over_areas() -> None:
    image = np.random.default_rng(1).integers(0, 256, (24, 36), np.uint8)
    means = image.reshape(8, 3, 12, 3).mean(axis=(1, 3))
    assert np.abs(prepare(image, (8, 12, 1), "stretch")[:, :, 0] - means).max() <= 0.5
    linear = resize(image, (48, 72), order=1, preserve_range=True)
    assert np.abs(prepare(image, (48, 72, 1), "stretch")[:, :, 0] - linear).max() <= 0.5


@given(st.integers(1, 40), st.integers(1, 40), st.sampled_from(["pad", "crop", "stretch"]))
def test_every_fit_gives_the_size_and_keeps_a_plain_image_plain(height: int, width: int, fit: str) -> None:
    fitted = prepare(np.full((height, width), 200, np.uint8), (12, 20, 1), fit)
    assert fitted.shape == (12, 20, 1)
    values = set(np.unique(fitted))
    assert values <= ({0, 200} if fit == "pad" else {200})
    assert 200 in values


def test_padding_is_centred_and_keeps_the_ratio() -> None:
    padded = prepare(np.full((10, 30), 255, np.uint8), (20, 20, 1), "pad")[:, :, 0]
    rows = np.flatnonzero(padded.any(axis=1))
    assert (rows[0], rows[-1]) == (6, 12)
    assert padded[6:13].all()


def test_a_second_load_reads_the_cache_and_a_changed_file_does_not(tmp_path: Path) -> None:
    names = [f"{label}/{index}.png" for label in ("Mel", "Nev") for index in range(20)]
    write_images(tmp_path / "images", names)
    path = write_tiny(tmp_path, {"phantom(skin, images = 40)": 'folder("images")', "filename": "folder"})
    first = load(path, tmp_path / "cache")
    (cached,) = (tmp_path / "cache").iterdir()
    number = cached.stat().st_ino
    second = load(path, tmp_path / "cache")
    assert cached.stat().st_ino == number
    for name, part in first.parts.items():
        assert (part.images == second.parts[name].images).all()
        assert part.files == second.parts[name].files
        assert [f.split("/")[0] for f in part.files] == [first.classes[label] for label in part.targets]
    write_images(tmp_path / "images", [first.parts["train"].files[0]], seed=1)
    load(path, tmp_path / "cache")
    assert len(list((tmp_path / "cache").iterdir())) == 2


def test_the_cache_holds_what_reading_gives(tmp_path: Path) -> None:
    write_images(tmp_path / "images", [f"{label}_{index}.png" for label in ("Mel", "Nev") for index in range(20)])
    imsave(tmp_path / "images" / "Mel_0.png", np.full((9, 9), 77, np.uint8), check_contrast=False)
    path = write_tiny(tmp_path, {"phantom(skin, images = 40)": 'folder("images")'})
    for _ in range(2):
        dataset = load(path, tmp_path / "cache")
        images = {f: image for part in dataset.parts.values() for f, image in zip(part.files, part.images, strict=True)}
        assert (images["Mel_0.png"] == 77).all()
        assert len(images) == 40


def test_hidden_and_other_files_are_no_images(tmp_path: Path) -> None:
    write_images(tmp_path / "images", [f"{label}_{index}.png" for label in ("Mel", "Nev") for index in range(20)])
    (tmp_path / "images" / "._Mel_0.png").write_bytes(b"macOS")
    (tmp_path / "images" / "labels.csv").write_text("a,b\n")
    path = write_tiny(tmp_path, {"phantom(skin, images = 40)": 'folder("images")'})
    assert sum(len(part.files) for part in load(path, tmp_path / "cache").parts.values()) == 40


def test_phantoms_are_the_same_however_many_are_drawn(tmp_path: Path) -> None:
    few = load(write_tiny(tmp_path), tmp_path / "cache")
    many = load(write_tiny(tmp_path, {"images = 40": "images = 60"}), tmp_path / "cache")
    images = {f: image for part in many.parts.values() for f, image in zip(part.files, part.images, strict=True)}
    common = [(f, i) for p in few.parts.values() for f, i in zip(p.files, p.images, strict=True) if f in images]
    assert common
    assert all((images[file] == image).all() for file, image in common)


def test_channel_statistics_are_numpys() -> None:
    images = np.random.default_rng(0).integers(0, 256, (300, 5, 4, 3), np.uint8)
    images[..., 2] = 9
    found = channel_statistics(images, PixelRange())
    assert np.allclose(found.mean, images.mean(axis=(0, 1, 2)))
    assert np.allclose(found.deviation[:2], images.std(axis=(0, 1, 2))[:2])
    assert found.deviation[2] == 1


def test_data_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    path = write_tiny(tmp_path, {"phantom(skin, images = 40)": 'folder("nowhere")'})
    with pytest.raises(LabError):
        labc.run(path, tmp_path / "runs")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["tiny.lab"]
