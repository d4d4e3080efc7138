"""A checked experiment: everything that a run needs to know, with no framework loaded."""

from dataclasses import dataclass
from pathlib import Path

from ..grammar.formatting.file import format_file
from ..grammar.syntax import File
from .analysis.relocate import relocate, written_paths
from .expectations.claim import Claim
from .expressions.values import Value
from .model.graph import Graph
from .sections import Data, Train


@dataclass(frozen=True, repr=False)
class Experiment:
    """One experiment of a study, checked and whole.

    `data` and `train` are None where the file has no such section: then it can be planned and built, not run.
    """

    path: Path
    title: str
    label: str
    """What distinguishes it from the other experiments of its study, such as `base = 16`; "" for a single one."""
    file: File
    """Its own text: the values of its point in place, and no comparison."""
    lets: dict[str, Value]
    data: Data | None
    train: Train | None
    graph: Graph
    claims: tuple[Claim, ...]

    @property
    def name(self) -> str:
        """The file's stem, the name of the folder its runs are in."""
        return self.path.stem

    @property
    def text(self) -> str:
        """The experiment in the canonical layout, overrides applied."""
        return format_file(self.file)

    def text_in(self, directory: Path) -> str:
        """The text for a file in another directory: its relative paths name the same files from there."""
        return format_file(relocate(self.file, written_paths(self.data, self.graph), directory))

    def __repr__(self) -> str:
        label = f" ({self.label})" if self.label else ""
        layers = f"{len(self.graph.nodes)} layers, {self.graph.parameters:,} parameters"
        return f"<Experiment {self.title!r}{label}: {layers}>"
