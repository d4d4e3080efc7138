"""Iterative stratification: exact sizes, and proportions of the labels nearer to the whole's than a random split's."""

import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.model_selection import StratifiedKFold

import labc
from labc.compiler.sections import Data, Split
from labc.runtime.data.splitting.fold_partition import fold_images
from labc.runtime.data.splitting.groups import assign_groups
from labc.runtime.data.splitting.label_strata import alternate_labels, rarest_labels, stratify_labels
from labc.runtime.data.splitting.partition import first_of_each, split_images

EXAMPLE = Path(__file__).parents[2] / "examples" / "alexnet_bn.lab"
LABELS = st.tuples(st.integers(1, 60), st.integers(1, 5)).flatmap(
    lambda shape: arrays(np.int64, shape, elements=st.integers(0, 1))
)


def data_with(split: Split, labels: int, **other: Any) -> Data:
    data = labc.load(EXAMPLE).experiment.data
    assert data
    return data.model_copy(
        update={"split": split, "classes": [], "labels": [f"l{number}" for number in range(labels)], **other}
    )


def chest(seed: int, images: int = 400) -> np.ndarray:
    """Labels (image, 8) that occur together, some of them rare, and images without a label, as in chest X-rays."""
    random = np.random.default_rng(seed)
    ill = random.random(images) < 0.5
    shares = np.array([0.4, 0.3, 0.25, 0.15, 0.1, 0.06, 0.04, 0.03])
    return ((random.random((images, 8)) < shares) & ill[:, None]).astype(np.int64)


def distance(labels: np.ndarray, parts: list[np.ndarray]) -> float:
    """The label distribution of Sechidis et al. (2011), eq. 1: the mean difference of the odds of a label."""

    def odds(chosen: np.ndarray) -> np.ndarray:
        share = chosen.mean(axis=0)
        return np.asarray(share / (1 - share))

    return float(np.mean([np.abs(odds(labels[part]) - odds(labels)).mean() for part in parts]))


def of_parts(part_of: np.ndarray, count: int) -> list[np.ndarray]:
    return [np.flatnonzero(part_of == part) for part in range(count)]


@given(LABELS, st.integers(0, 9), st.data())
def test_each_image_is_in_one_part_and_sizes_are_exact(labels: np.ndarray, seed: int, data: st.DataObject) -> None:
    count = len(labels)
    ends = sorted(data.draw(st.lists(st.integers(0, count), min_size=3, max_size=3)))
    sizes = [end - start for start, end in zip([0, *ends], [*ends, count], strict=True)]
    shuffled = np.random.default_rng(seed).permutation(count)
    part_of = stratify_labels(shuffled, labels, sizes)
    assert np.bincount(part_of, minlength=4).tolist() == sizes
    assert (part_of == stratify_labels(shuffled, labels, sizes)).all()


@given(LABELS, st.integers(0, 9))
def test_names_of_labels_in_another_order_are_the_same_images(labels: np.ndarray, seed: int) -> None:
    """Only a tie between labels, which the first wins, may depend on the order of the labels."""
    totals = labels.sum(axis=0)
    assume(labels.shape[1] == 1 or (len(set(totals)) == len(totals) and labels.sum(axis=1).max() <= 1))
    sizes = [len(labels) // 2, len(labels) - len(labels) // 2]
    shuffled = np.random.default_rng(seed).permutation(len(labels))
    assert (stratify_labels(shuffled, labels, sizes) == stratify_labels(shuffled, labels[:, ::-1], sizes)).all()


def test_shares_are_nearer_to_those_of_all_images_than_in_a_random_split() -> None:
    ratios = []
    for seed in range(100):
        labels, sizes = chest(seed), [280, 60, 60]
        shuffled = np.random.default_rng(seed).permutation(len(labels))
        stratified = distance(labels, of_parts(stratify_labels(shuffled, labels, sizes), 3))
        ratios.append(stratified / distance(labels, np.split(shuffled, np.cumsum(sizes)[:-1])))
    assert max(ratios) < 0.7
    assert np.mean(ratios) < 0.25


def test_shares_are_nearer_than_those_of_scikit_learn_with_each_set_of_labels_as_a_class() -> None:
    ours, theirs = [], []
    for seed in range(20):
        labels = chest(seed)[:, :4]
        shuffled = np.random.default_rng(seed).permutation(len(labels))
        ours.append(distance(labels, of_parts(stratify_labels(shuffled, labels, [80] * 5), 5)))
        as_classes = labels @ (2 ** np.arange(4))
        with warnings.catch_warnings(action="ignore"):  # some sets are rarer than the folds
            folds = [fold for _, fold in StratifiedKFold(5, shuffle=True, random_state=seed).split(labels, as_classes)]
        theirs.append(distance(labels, folds))
    assert np.mean(ours) < np.mean(theirs)


@given(st.integers(0, 1000))
def test_one_label_for_each_image_is_spread_like_classes(seed: int) -> None:
    numbers = np.random.default_rng(seed).integers(0, 3, 90)
    split = Split(train=60, validation=15, test=15, seed=seed)
    parts = split_images(data_with(split, 3), np.eye(3, dtype=np.int64)[numbers])
    for part in parts.values():
        exact = np.bincount(numbers, minlength=3) * len(part) / 90
        assert (np.abs(np.bincount(numbers[part], minlength=3) - exact) < 1.5).all()


@given(st.integers(0, 1000), st.integers(2, 6), st.sampled_from([0, 40]))
def test_folds_have_equal_sizes_and_nearly_equal_numbers_of_each_label(seed: int, folds: int, test: int) -> None:
    labels = chest(seed)
    parts = fold_images(data_with(Split(test=test, seed=seed), 8, folds=folds), labels)
    assert sorted(index for part in parts.values() for index in part) == list(range(400))
    assert len(parts.get("test", ())) == test
    members = [part for name, part in parts.items() if name != "test"]
    assert max(map(len, members)) - min(map(len, members)) <= 1
    counts = np.array([labels[part].sum(axis=0) for part in members])
    assert (counts.max(axis=0) - counts.min(axis=0)).mean() <= 1.5


def test_a_split_without_strata_ignores_the_labels() -> None:
    split = Split(validation=80, stratify=False)
    assert split_images(data_with(split, 8), chest(0)) == split_images(data_with(split, 8), chest(1))
    stratified = Split(validation=80)
    assert split_images(data_with(stratified, 8), chest(0)) != split_images(data_with(stratified, 8), chest(1))


@given(st.integers(0, 1000), st.booleans())
def test_no_group_is_in_two_parts_and_sizes_are_near(seed: int, stratify: bool) -> None:
    labels, random = chest(seed), np.random.default_rng(seed)
    groups = [f"p{number}" for number in random.integers(0, 120, 400)]
    part_of = assign_groups(random.permutation(400), labels, groups, [280, 60, 60, 0], stratify)
    assert len(set(zip(groups, part_of, strict=True))) == len(set(groups))
    largest = max(Counter(groups).values())
    assert (np.bincount(part_of, minlength=4)[:3] - [280, 60, 60]).max() < largest


def test_groups_are_chosen_by_their_labels() -> None:
    distances: dict[bool, list[float]] = {True: [], False: []}
    for seed in range(20):
        labels, random = chest(seed), np.random.default_rng(seed)
        groups, shuffled = [f"p{number}" for number in random.integers(0, 150, 400)], random.permutation(400)
        for stratify, found in distances.items():
            part_of = np.array(assign_groups(shuffled, labels, groups, [280, 60, 60, 0], stratify))
            found.append(distance(labels, of_parts(part_of, 3)))
    assert np.mean(distances[True]) < np.mean(distances[False]) / 2


def test_a_few_images_show_each_label() -> None:
    labels = chest(3)
    parts = {"train": list(range(300)), "validation": list(range(300, 400))}
    few = first_of_each(parts, labels, 64)
    for name, part in few.items():
        assert len(set(part)) == 64 and set(part) <= set(parts[name])
        assert labels[part].any(axis=0).tolist() == labels[parts[name]].any(axis=0).tolist()
        assert not labels[part].any(axis=1).all()


def test_labels_alternate() -> None:
    labels = np.array([[1, 0], [1, 0], [1, 1], [0, 0], [1, 0], [0, 0]])
    assert rarest_labels(labels).tolist() == [0, 0, 1, 2, 0, 2]
    assert alternate_labels(np.arange(6), labels).tolist() == [0, 2, 3, 1, 5, 4]


@pytest.mark.parametrize("sizes", [[3, 0, 1], [0, 0, 4], [4, 0, 0]])
def test_parts_without_images(sizes: list[int]) -> None:
    labels = np.array([[1], [1], [0], [1]])
    assert np.bincount(stratify_labels(np.arange(4), labels, sizes), minlength=3).tolist() == sizes
