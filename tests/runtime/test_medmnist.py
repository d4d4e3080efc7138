"""Files in the layout of MedMNIST, one for each of its kinds of tasks (Yang et al. 2023, Table 1), are trained."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

import labc
from labc.compiler.schema.task_kind import TaskKind


@dataclass(frozen=True)
class Kind:
    """A kind of file: the shape of an image, its labels, and the experiment that learns them."""

    shape: tuple[int, ...]
    labels: str
    """The setting of the labels."""
    values: int
    """The number of the classes, or of the labels of an image."""
    image: str
    model: str
    loss: str
    task: TaskKind = TaskKind.CLASSIFICATION


def names(count: int) -> str:
    return ", ".join(f'"n{number}"' for number in range(count))


FLAT, DEEP = "conv(4, 3x3, relu) -> global_avgpool", "conv(4, 3, relu) -> global_avgpool"
KINDS = {
    "binary, BreastMNIST": Kind(
        (28, 28), f"classes = [{names(2)}]", 2, "28x28x1", f"{FLAT} -> dense(1, sigmoid)", "binary_crossentropy"
    ),
    "several classes, colour, BloodMNIST": Kind(
        (28, 28, 3), f"classes = [{names(8)}]", 8, "28x28x3", f"{FLAT} -> classifier", "categorical_crossentropy"
    ),
    "several labels, ChestMNIST": Kind(
        (28, 28), f"labels = [{names(14)}]", 14, "28x28x1", f"{FLAT} -> classifier", "binary_crossentropy",
        TaskKind.MULTI_LABEL,
    ),
    "ordered grades, RetinaMNIST": Kind(
        (28, 28, 3), f"classes = [{names(5)}]", 5, "28x28x3", f"{FLAT} -> classifier", "categorical_crossentropy"
    ),
    "volumes, OrganMNIST3D": Kind(
        (28, 28, 28), f"classes = [{names(11)}]", 11, "28x28x28x1", f"{DEEP} -> classifier",
        "categorical_crossentropy",
    ),
}  # fmt: skip


def write_npz(path: Path, kind: Kind) -> None:
    random = np.random.default_rng(0)
    arrays = {}
    for part, count in (("train", 30), ("val", 20), ("test", 20)):
        arrays[f"{part}_images"] = random.integers(0, 256, (count, *kind.shape), np.uint8)
        if kind.task is TaskKind.MULTI_LABEL:
            labels = random.integers(0, 2, (count, kind.values))
        else:
            labels = np.arange(count)[:, None] % kind.values
        arrays[f"{part}_labels"] = labels.astype(np.uint8)
    np.savez(path, allow_pickle=False, **arrays)


@pytest.mark.parametrize("name", KINDS)
def test_a_file_of_each_kind_is_trained(name: str, tmp_path: Path) -> None:
    kind = KINDS[name]
    write_npz(tmp_path / "made.npz", kind)
    (tmp_path / "made.lab").write_text(
        f"""data {{ source = npz("made.npz")  {kind.labels}  image = {kind.image} }}
model {{ {kind.model} }}
train {{ loss = {kind.loss}  epochs = 1 }}
""",
        encoding="utf-8",
    )
    run = labc.run(tmp_path / "made.lab", tmp_path / "runs")
    assert run.record.info.task is kind.task
    assert run.record.info.data.images == {"train": 30, "validation": 20, "test": 20}
    assert len(run.record.info.classes) == kind.values
    assert run.metrics["test"]["loss"] > 0
