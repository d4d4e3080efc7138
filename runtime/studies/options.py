"""The options of a run."""

import os
from dataclasses import dataclass
from pathlib import Path

from ...compiler.frameworks import FRAMEWORKS
from ..training import DEVICES

VARIABLE = "LABC_CACHE"


def default_cache(runs: Path) -> Path:
    """Return the folder that `LABC_CACHE` names, or else the folder `.cache` in the folder of the runs."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else runs / ".cache"


@dataclass(frozen=True)
class Options:
    """The options of a run, which are not part of the `.lab` file."""

    runs: Path = Path("runs")
    quick: bool = False
    again: bool = False
    backend: str = FRAMEWORKS[0]
    device: str = "auto"
    cache: Path | None = None
    """The folder for prepared images; None for the default."""
    command: str = ""
    """The command that `run.json` records; if empty, the command line of the process."""

    @property
    def cache_folder(self) -> Path:
        """The folder for prepared images."""
        return self.cache or default_cache(self.runs)

    def __post_init__(self) -> None:
        """Raise ValueError for an unknown backend or device."""
        for word, known in ((self.backend, FRAMEWORKS), (self.device, DEVICES)):
            if word not in known:
                raise ValueError(f"must be one of {', '.join(known)}, but is `{word}`")
