"""The options of a run."""

from dataclasses import dataclass
from pathlib import Path

from ...compiler.frameworks import FRAMEWORKS
from ..training import DEVICES


@dataclass(frozen=True)
class Options:
    """How to run an experiment; these options are not part of the `.lab` file."""

    runs: Path = Path("runs")
    quick: bool = False
    again: bool = False
    backend: str = FRAMEWORKS[0]
    device: str = "auto"
    command: str = ""
    """How the run was started, for `run.json`; the command line of the process if empty."""

    def __post_init__(self) -> None:
        """Raise ValueError for an unknown backend or device."""
        for word, known in ((self.backend, FRAMEWORKS), (self.device, DEVICES)):
            if word not in known:
                raise ValueError(f"`{word}` is none of {', '.join(known)}")
