"""`run.json`: how and where a run was made, and how it ended."""

from typing import Literal

from pydantic import Field, NonNegativeInt, PositiveInt

from ...compiler.json_document import JsonDocument, JsonObject

Status = Literal["running", "finished", "failed", "interrupted"]


class DeviceInfo(JsonObject):
    """What computed: the kind is cpu or gpu, the name that of the framework."""

    kind: str
    name: str


class MachineInfo(JsonObject):
    """The machine."""

    system: str
    processor: str
    cpus: int | None
    """Logical processors."""
    memory_gib: float | None


class DataInfo(JsonObject):
    """The images: their source as it is written, and the number of images of each class in each part."""

    source: str
    parts: dict[str, dict[str, NonNegativeInt]]


class RunInfo(JsonDocument):
    """The content of `run.json`, written when a run starts and again when it ends."""

    status: Status
    fingerprint: str
    experiment: str
    """The title."""
    file: str
    """The name of the `.lab` file."""
    created: str
    """When the run started, in UTC."""
    command: str
    quick: bool
    seed: int
    backend: str
    device: DeviceInfo
    versions: dict[str, str]
    machine: MachineInfo
    classes: tuple[str, ...]
    loss: str
    monitor: str
    """The monitored figure as it is written: `min(val_loss)`."""
    epochs: PositiveInt
    """Epochs asked for."""
    lets: dict[str, str]
    """Each `let` with its value as source text."""
    scores: Literal["probability", "score"]
    """What `predictions.csv` holds for each class."""
    data: DataInfo
    seconds: dict[str, float] = Field(default={})
    """Time by phase, once the run has ended."""
    error: str | None = None
    """Why it failed."""
