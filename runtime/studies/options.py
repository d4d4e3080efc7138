"""The options of a run."""

from dataclasses import dataclass
from pathlib import Path

from ...compiler.frameworks import FRAMEWORKS
from ..training import DEVICES


@dataclass(frozen=True)
class Options:
    """The options of a run, which are not part of the `.lab` file."""

    runs: Path = Path("runs")
    quick: bool = False
    again: bool = False
    backend: str = FRAMEWORKS[0]
    device: str = "auto"
    command: str = ""
    """The command that `run.json` records; if empty, the command line of the process."""

    def __post_init__(self) -> None:
        """Raise ValueError for an unknown backend or device."""
        for word, known in ((self.backend, FRAMEWORKS), (self.device, DEVICES)):
            if word not in known:
                raise ValueError(f"must be one of {', '.join(known)}, but is `{word}`")
