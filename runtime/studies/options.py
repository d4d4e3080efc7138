"""How to run an experiment, apart from what its file says."""

from dataclasses import dataclass
from pathlib import Path

from ...compiler.frameworks import FRAMEWORKS
from ..training import DEVICES


@dataclass(frozen=True)
class Options:
    """The options of `labc run`."""

    runs: Path = Path("runs")
    quick: bool = False
    again: bool = False
    backend: str = FRAMEWORKS[0]
    device: str = "auto"
    command: str = ""

    def __post_init__(self) -> None:
        """Raise ValueError for a backend or a device that does not exist."""
        for word, known in ((self.backend, FRAMEWORKS), (self.device, DEVICES)):
            if word not in known:
                raise ValueError(f"`{word}` is none of {', '.join(known)}")
