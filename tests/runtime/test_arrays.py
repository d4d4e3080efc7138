"""Arrays in the layout of MedMNIST."""

import shutil
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from labc.grammar.diagnostics.codes import Code
from labc.grammar.diagnostics.lab_error import LabError
from labc.runtime.data.dataset import load_dataset
from labc.runtime.data.sources import large_arrays
from labc.runtime.studies.display import Display

from .selecting import parts_of, refusal, select

NPZ = 'source = npz("set.npz")'
BREAST = Path(__file__).parents[3] / "shared" / "data" / "breast" / "BreastMNIST.npz"


def small(images: int = 6, shape: tuple[int, ...] = (8, 8), **other: Any) -> dict[str, Any]:
    """The six arrays, some of them replaced, or left out if None."""
    random = np.random.default_rng(0)
    made: dict[str, Any] = {}
    for part in ("train", "val", "test"):
        made[f"{part}_images"] = random.integers(0, 256, (images, *shape), np.uint8)
        made[f"{part}_labels"] = (np.arange(images) % 2).astype(np.uint8)
    return {name: value for name, value in (made | other).items() if value is not None}


def save(folder: Path, arrays: dict[str, Any]) -> None:
    np.savez(folder / "set.npz", **arrays)


@given(st.integers(2, 9), st.sampled_from([(5, 4), (5, 4, 1), (5, 4, 3)]), st.booleans(), st.data())
def test_images_labels_and_parts_are_those_of_the_arrays(
    tmp_path_factory: pytest.TempPathFactory, count: int, shape: tuple[int, ...], flat: bool, data: st.DataObject
) -> None:
    folder = tmp_path_factory.getbasetemp()
    arrays = small(count, shape)
    labels = data.draw(arrays_of.arrays(np.int64, count - 2, elements=st.integers(0, 1)))
    arrays["train_labels"] = np.concatenate([[0, 1], labels])
    save(
        folder, arrays | ({} if flat else {name: value[:, None] for name, value in arrays.items() if "labels" in name})
    )
    selection = select(folder, NPZ)
    for part, start in (("train", "train"), ("validation", "val"), ("test", "test")):
        indices = selection.parts[part]
        assert [selection.targets.strata[index] for index in indices] == arrays[f"{start}_labels"].tolist()
        for position, index in enumerate(indices):
            assert (np.asarray(selection.source.read(index).pixels) == arrays[f"{start}_images"][position]).all()
            assert selection.source.names[index].startswith(f"{part}/")
    assert len(set(selection.source.names)) == 3 * count


def test_a_digest_depends_on_the_pixels_only(tmp_path: Path) -> None:
    save(tmp_path, small())
    first = select(tmp_path, NPZ)
    save(tmp_path, small(test_labels=np.ones(6, np.int32)))
    second = select(tmp_path, NPZ)
    assert first.cache_key == second.cache_key
    assert first.images_key != second.images_key
    changed = small()
    changed["val_images"][3, 2, 1] ^= 1
    save(tmp_path, changed)
    assert select(tmp_path, NPZ).cache_key != first.cache_key


@pytest.mark.parametrize("write", [np.savez, np.savez_compressed])
@pytest.mark.parametrize("dtype", ["u1", "<f4", ">i2", "?"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_large_arrays_are_those_of_numpy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[..., None], dtype: str, order: Any
) -> None:
    arrays = {name: np.asarray(value, dtype, order) if "images" in name else value for name, value in small().items()}
    write(tmp_path / "set.npz", **arrays)
    expected = select(tmp_path, NPZ)
    monkeypatch.setattr(large_arrays, "LARGE", 1)
    found = select(tmp_path, NPZ)
    assert (found.targets, found.images_key) == (expected.targets, expected.images_key)
    for index in found.indices:
        image, other = (np.asarray(one.source.read(index).pixels) for one in (found, expected))
        assert not image.flags.writeable
        assert image.dtype == other.dtype
        np.testing.assert_array_equal(image, other)


def test_a_large_array_needs_no_memory(tmp_path: Path) -> None:
    pixels = np.zeros((300, 512, 512), np.uint8)  # 75 MiB
    labels = np.arange(len(pixels)) % 2
    for write in (np.savez, np.savez_compressed):
        write(tmp_path / "set.npz", **small(train_images=pixels, train_labels=labels))
        tracemalloc.start()
        select(tmp_path, NPZ)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < pixels.nbytes / 3


@given(st.integers(0, 32000), st.integers(1, 255), st.booleans())
def test_damage_of_a_large_array_is_found_or_harmless(
    tmp_path_factory: pytest.TempPathFactory, place: int, bits: int, packed: bool
) -> None:
    folder = tmp_path_factory.mktemp("damage")
    (np.savez_compressed if packed else np.savez)(folder / "set.npz", **small(shape=(40, 40)))
    expected = select(folder, NPZ)
    content = bytearray((folder / "set.npz").read_bytes())
    content[place % len(content)] ^= bits
    (folder / "set.npz").write_bytes(content)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(large_arrays, "LARGE", 1)
        try:
            found = select(folder, NPZ)
        except LabError as error:
            codes = [diagnostic.code for diagnostic in error.diagnostics]
        else:
            codes = [Code.BAD_ARRAYS]
            assert (found.targets, found.images_key) == (expected.targets, expected.images_key)
    assert codes == [Code.BAD_ARRAYS]


LABELS, IMAGES = np.zeros(6, np.uint8), np.zeros((6, 8, 8), np.uint8)
BROKEN: dict[str, tuple[dict[str, Any], str, str]] = {
    "missing": (small(val_images=None), "has no `val_images`", "its arrays are `train_images`"),
    "unknown": (small(extra=LABELS), "has arrays that labc does not know: `extra`", "it must have the arrays"),
    "class": (
        small(train_labels=LABELS + 7),
        "has labels in `train_labels` that are the number of no class (0 to 1): 7",
        "for each number from 0 to 7",
    ),
    "negative": (
        small(test_labels=LABELS.astype(int) - 1),
        "has labels in `test_labels` that are the number of no class (0 to 1): -1",
        "",
    ),
    "decimal": (
        small(val_labels=LABELS + 0.5),
        "must have integers in `val_labels`, but has values of type float64",
        "",
    ),
    "text": (small(val_images=IMAGES.astype(str)), "must have numbers in `val_images`, but has values of type <U", ""),
    "several": (
        small(val_labels=np.zeros((6, 14), np.uint8)),
        "must have one label for each image in `val_labels`",
        "list their names in `labels` instead of `classes`",
    ),
    "scalar": (small(val_labels=np.uint8(1)), "must have the axes image, or image x 1, in `val_labels`", ""),
    "number": (
        small(val_labels=LABELS[:5]),
        "must have a label for each image, but has 6 in `val_images` and 5 in `val_labels`",
        "",
    ),
    "depth": (
        small(shape=(8, 8, 8)),
        "must have the axes image x height x width",
        "for volumes, `image` in `data` has a depth: `image = 8x8x8x1`",
    ),
    "flat": (small(val_images=IMAGES[0]), "must have the axes image x height x width", ""),
    "empty": (
        small(test_images=IMAGES[:0], test_labels=LABELS[:0]),
        "has no images in `test_images`: its axes are 0x8x8",
        "",
    ),
    "objects": (
        small(test_labels=np.array([1, "a", None], object)),
        "cannot be read: it contains Python objects, which are never loaded",
        "",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_arrays_that_cannot_be_used(tmp_path: Path, case: str) -> None:
    arrays, reason, more = BROKEN[case]
    save(tmp_path, arrays)
    code, message, rest = refusal(tmp_path, NPZ)
    assert code == "E0508"
    assert message.startswith(f'the file "set.npz" {reason}')
    assert more in rest


def test_a_class_without_training_images(tmp_path: Path) -> None:
    save(tmp_path, small(train_labels=LABELS))
    assert refusal(tmp_path, NPZ)[:2] == ("E0505", "class without images in the training part: `Nev`")


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "the file is empty"), (b"PK\x03\x04 no zip", ""), (b"text", ""), (None, "does not exist")],
)
def test_a_file_without_arrays(tmp_path: Path, content: bytes | None, reason: str) -> None:
    if content is not None:
        (tmp_path / "set.npz").write_bytes(content)
    code, message, _ = refusal(tmp_path, NPZ)
    assert code == "E0508"
    assert reason in message


def test_a_file_of_one_array_and_a_damaged_one(tmp_path: Path) -> None:
    np.save(tmp_path / "one.npy", IMAGES)
    shutil.move(tmp_path / "one.npy", tmp_path / "set.npz")
    assert "has one array" in refusal(tmp_path, NPZ)[1]
    save(tmp_path, small())
    whole = (tmp_path / "set.npz").read_bytes()
    (tmp_path / "set.npz").write_bytes(whole[:300] + b"damage" + whole[306:])
    assert refusal(tmp_path, NPZ)[0] == "E0508"


def test_breast_mnist(tmp_path: Path) -> None:
    if not BREAST.exists():
        pytest.skip("the images of shared/data are not here")
    classes = ("malignant", "normal")
    shutil.copy(BREAST, tmp_path / "set.npz")
    selection = select(tmp_path, NPZ, classes=classes)
    assert {part: len(indices) for part, indices in selection.parts.items()} == {
        "train": 546, "validation": 78, "test": 156,
    }  # fmt: skip
    with np.load(BREAST) as stored:
        save(tmp_path, {name: stored[name][:, None] if "labels" in name else stored[name] for name in stored.files})
    other = select(tmp_path, NPZ, classes=classes)
    assert (other.targets, parts_of(other), other.images_key) == (
        selection.targets, parts_of(selection), selection.images_key,
    )  # fmt: skip
    dataset = load_dataset(selection, tmp_path / "cache", Display())
    assert dataset.counts["train"] == {"malignant": 147, "normal": 399}
