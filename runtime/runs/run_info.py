"""`run.json`: how and where a run was made, and how it ended."""

from typing import Annotated, Literal

from pydantic import Field, NonNegativeInt, PositiveInt

from ...compiler.json_document import JsonDocument, JsonObject
from ...compiler.schema.task_kind import TaskKind

ImageCount = Annotated[NonNegativeInt, Field(lt=2**53)]
Status = Literal["running", "finished", "failed", "interrupted"]


class DeviceInfo(JsonObject):
    """The device of a run: `kind` is `cpu` or `gpu`, and `name` is the framework's name for the device."""

    kind: str
    name: str


class MachineInfo(JsonObject):
    """The machine on which a run was made."""

    system: str
    processor: str
    cpus: int | None
    """The number of logical processors; None if it is unknown."""
    memory_gib: float | None


class DataInfo(JsonObject):
    """The images: their source as in the `.lab` file, and their numbers."""

    source: str
    parts: dict[str, dict[str, ImageCount]]
    """The number of images of each class in each part; for a task without classes, the inner dictionaries are empty."""
    images: dict[str, ImageCount] = Field(default={})
    """The number of images in each part. Runs of labc 0.1 have only `parts`."""

    augmented: bool = False
    """Whether `augment` changed the training images."""
    balance: str = "none"
    """The setting `balance`."""
    weights: dict[str, float] = Field(default={})
    """With `class_weight`, the weight of an image of each class in the training loss."""

    def count(self, part: str) -> int:
        """Return the number of images in a part; 0 if there is no such part."""
        return self.images.get(part, sum(self.parts.get(part, {}).values()))


class FoldInfo(JsonObject):
    """The fold of cross-validation that a run is validated on: its number, from 1, and the number of folds."""

    number: PositiveInt
    count: PositiveInt

    def __str__(self) -> str:
        return f"fold {self.number} of {self.count}"


class FileDigest(JsonObject):
    """The size of a file in bytes, and the SHA-256 hash of its content in hexadecimal digits."""

    bytes: NonNegativeInt
    sha256: str


class RunInfo(JsonDocument):
    """The content of `run.json`, written when a run starts and again when it ends."""

    status: Status
    fingerprint: str
    experiment: str
    """The title of the experiment."""
    file: str
    """The name of the `.lab` file."""
    created: str
    """The time in UTC when the run started."""
    command: str
    quick: bool
    seed: int
    backend: str
    device: DeviceInfo
    versions: dict[str, str]
    machine: MachineInfo
    task: TaskKind = TaskKind.CLASSIFICATION
    """What the model learns from each image. Runs of labc 0.1 have no `task`: they are classifications."""
    classes: tuple[str, ...]
    """The names of the classes or labels; empty for regression."""
    unit: str = ""
    """The unit of the numbers of a regression."""
    loss: str
    monitor: str
    """The monitored value, written as in the `.lab` file, for example `min(val_loss)`."""
    epochs: PositiveInt
    """The number of planned epochs."""
    lets: dict[str, str]
    """The value of each `let` as source text, by name."""
    scores: Literal["probability", "score"]
    """The kind of number in `predictions.csv` for each class."""
    data: DataInfo
    fold: FoldInfo | None = None
    """None without cross-validation."""
    seconds: dict[str, float] = Field(default={})
    """The time of each phase; an empty dictionary before the run has ended."""
    error: str | None = None
    """The reason why the run failed; None if it did not fail."""
    files: dict[str, FileDigest] | None = None
    """The other files of a finished run by name. None before the run has finished, and in runs of labc 0.1."""
